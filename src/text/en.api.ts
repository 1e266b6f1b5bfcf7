import type { jaApi } from './ja.api.ts'

export const enApi: typeof jaApi = {
  title: 'For programs (API)',
  lead: 'Other systems read threads, reviews and decisions, senders, warnings and suspensions, the outbox and the record of Mamori here. They read and change nothing: reviews and approvals are people’s.',
  tokens: 'Tokens',
  document: 'The OpenAPI 3.1 document (JSON)',
  begin: 'Begin',
  beginSteps: [
    'An administrator makes a token under Settings → Tokens for programs. It is shown once.',
    'Send it with every call in the Authorization header. No cookie and no token in an address is taken.',
    'Answers are JSON. Instants are UTC (ISO 8601), ids are UUIDv7. What lies in a mailbox out of reach of the token does not exist for it: 404.',
  ],
  paging: 'Pages',
  pagingText:
    'A list gives 200 at most. Where there is more, next (and a Link header) says so: give its value as cursor (for events, as after).',
  limits: 'Limits',
  limitsText: (calls: number) =>
    `${calls} calls a minute for each token. The RateLimit header says what is left; beyond it the answer is 429 with Retry-After.`,
  caching: 'Where nothing changed',
  cachingText:
    'Answers have an ETag. Sent back in If-None-Match it brings 304 where nothing changed. Nothing on the way keeps an answer (no-store).',
  shielded: 'Shielded words',
  shieldedText:
    'Shielded passages and muted messages are told by their place and categories. Their words are for tokens with shielded:read or muted:read, and each time they are given, the record says which token read which passage. A first review is not told before the second one cannot be led by it.',
  chain: 'How to check the record',
  chainText:
    'Each event is tied to the one before by its hash: hash is the SHA-256 of previousHash, a line feed, seq, a line feed and content, in UTF-8. Events that are not for the token are there by seq and both hashes, so that the chain is followed without a gap (content is null, withheld says why). An event that is withheld as open_review has its content once it is decided: read the same seq again.',
  routesTitle: 'Calls',
  needs: 'Scope',
  anyToken: 'any token',
  parametersTitle: 'Parameters',
  answerTitle: 'Example of an answer',
  problemsTitle: 'Where there is no answer',
  problemsText:
    'application/problem+json (RFC 9457). A code never changes. errors says of each parameter what is wrong with it.',
  withheldTitle: 'Values of withheld',
  withheld: {
    mailbox:
      'lies in a mailbox out of reach, or concerns the whole house (for a token of some mailboxes)',
    open_review: 'a review whose second one is not given yet',
    exposure:
      'who opened a shielded passage, to whom a thread was given by load, who is absent: for that person and the supervisors who care for them',
  },
  problems: {
    'token-missing': 'There is no token.',
    'token-invalid': 'The token is wrong, waits for approval, was revoked or has expired.',
    'scope-missing': 'The token lacks the scope.',
    'not-found': 'It does not exist, or lies in a mailbox out of reach.',
    'read-only': 'Nothing can be called here but to read.',
    'request-invalid': 'A parameter is not known, or its value cannot be.',
    'rate-limited': 'Too many calls.',
    unexpected: 'Something unexpected happened. Tell an administrator the number.',
  },
  parameters: {
    id: 'an id from another answer',
    limit: 'how many at once, 200 at most',
    cursor: 'next of the answer before',
    after: 'events after this seq',
    state: 'in this state',
    kind: 'of this kind',
    mailbox: 'id of a mailbox',
    sender: 'id of a sender',
    thread: 'id of a thread',
    severity: 'at least so severe',
    since: 'with mail since that instant',
    happenedSince: 'that happened at that instant or later',
  },
  routes: {
    threads: {
      title: 'Threads',
      lead: 'The newest mail first. Without muted:read, those that are muted are left out.',
    },
    thread: {
      title: 'A thread with its messages',
      lead: 'Messages, what is known of attachments, and where passages are shielded.',
    },
    reviews: {
      title: 'Reviews and decisions of a thread',
      lead: 'Of revisions that two people have reviewed, or that are decided.',
    },
    decisions: { title: 'Decisions', lead: 'The newest first.' },
    senders: { title: 'Senders', lead: 'Who wrote to a mailbox in reach. The newest first.' },
    sender: { title: 'A sender', lead: 'Confirmed addresses, and until when they are suspended.' },
    measures: {
      title: 'Warnings and suspensions',
      lead: 'From proposal to end. The newest first.',
    },
    measure: { title: 'A warning or a suspension', lead: 'Who, when and why.' },
    incidents: {
      title: 'Incidents',
      lead: 'Calls, visits, posts: when, and what was decided, without what was written of them. The newest first.',
    },
    incident: {
      title: 'An incident',
      lead: 'account (what somebody wrote of it) is given with shielded:read only, and put on record.',
    },
    letters: {
      title: 'Outbox',
      lead: 'Replies and notices, without their text. The newest first.',
    },
    letter: {
      title: 'A letter',
      lead: 'Its text, and what the server answered. Words of a draft are left out.',
    },
    events: { title: 'Events', lead: 'What happened, in order, chained by hash.' },
    health: { title: 'Health', lead: 'How mailboxes are read, and what waits to be sent.' },
    mailboxes: { title: 'Mailboxes in reach', lead: 'What this token reads.' },
    document: { title: 'This document', lead: 'OpenAPI 3.1.' },
  },
}
