import type { DisclosureText } from './ja.disclosure.ts'
import { plural } from './plural.ts'

/** The same in English. */
export const enDisclosure: DisclosureText = {
  event: {
    disclosure_requested: 'Request for disclosure received',
    disclosure_answered: 'Request for disclosure answered',
    data_disclosed: 'Package for the person made',
  },
  refused: {
    identity_check_missing: 'Say how it was checked that it is they who ask.',
    disclosure_all_withheld:
      'Where nothing at all is disclosed, choose “Do not disclose” and state the reason.',
    disclosure_not_repeated:
      '“Kept against repeated undue demands” holds only where harassment was found at least twice.',
  },
  done: {
    disclosureRequested: 'The request is recorded. Another supervisor answers it.',
    disclosureAnswered: 'The answer is recorded. The package is made on the sender’s page.',
    disclosureRefused: 'The refusal is recorded. Tell the person the reason.',
  },
  title: 'Requests for disclosure',
  lead: 'Record that a person asks what is kept on them (APPI, article 33). Once another supervisor has answered, a package for the person can be made. Names of staff, care records, consultations, drafts and other people’s mail are not in it.',
  none: 'No request so far.',
  receivedOn: 'Day of the request',
  reason: 'What is asked for',
  identityCheck: 'How their identity was checked',
  identityCheckHelp: 'For example: copy of a driving licence, same address as in the contract',
  record: 'Record the request',
  state: {
    open: 'Awaits an answer',
    disclosed: 'Disclosed',
    partly: 'Disclosed in part',
    refused: 'Not disclosed',
  },
  withhold: 'What is not disclosed, if anything',
  give: 'Disclose',
  answer: 'Words to the person (of a refusal, the reason; they stand in the package)',
  answerGive: 'Disclose it so',
  answerRefuse: 'Do not disclose',
  found: (n) => `Harassment found: ${plural(n, 'time')}`,
  language: 'Language of the package',
  languages: { ja: 'Japanese', en: 'English' },
  make: 'Make the package for the person',
  makeHelp:
    'A BagIt zip with a report (HTML and PDF), mails, letters and the record. That it was made goes on record. Look through it before you hand it over.',
  failed:
    'The package could not be made, and nothing of it was left behind. The server’s log says why. Ask an administrator to run doctor and verify.',
  part: {
    mails: 'Mails and attachments',
    letters: 'Letters that we sent',
    notes: 'Notes on the sender',
    incidents: 'Calls, visits and other incidents',
    pictures: 'Pictures of incidents',
    findings: 'Decisions and automatic assessments',
    measures: 'Warnings and suspensions',
  },
  ground: {
    rights:
      'It may harm the life, body, property or other rights of the person or of a third party (APPI article 33(2)(i))',
    hampers: 'It may gravely hamper the proper conduct of business (APPI article 33(2)(ii))',
    other_law: 'It would violate another law (APPI article 33(2)(iii))',
    repeated:
      'It is kept on somebody who repeats undue demands, and is no retained personal data (Cabinet Order, article 5(ii))',
  },
  report: {
    title: (name) => `What is kept on ${name}`,
    lead: (company) =>
      `As you asked, here is what the customer desks of ${company} keep on you.`,
    request: 'Your request and our answer',
    receivedOn: 'Request received on',
    identityCheck: 'How your identity was checked',
    answeredAt: 'Answered on',
    outcome: 'Answer',
    explanation: 'Explanation',
    purposes: 'What it is used for',
    purposeList: [
      'to answer enquiries and requests, and to keep a record of the exchange',
      'to protect our staff and to decide what to do, under our policy on customer harassment',
      'to deal with legal claims and disputes, where needed with the police, lawyers and other outside experts',
    ],
    person: 'Name and addresses',
    name: 'Name',
    addresses: 'Addresses and telephone numbers',
    joined: (n) => `Includes ${plural(n, 'other contact')} confirmed to be the same person’s.`,
    mails: 'Mails',
    mailsLead:
      'They are in data/mails/ byte by byte as they came in. data/mails.json has the whole list.',
    direction: { in: 'from you', out: 'from us' },
    subject: 'Subject',
    file: 'File',
    absent: 'content erased',
    more: (n) => `${plural(n, 'more mail')}: see data/mails.json.`,
    others: (n) =>
      `${plural(n, 'mail')} of other people within your exchange with us ${n === 1 ? 'is' : 'are'} not in here, for their rights.`,
    letters: 'Letters that we sent to you',
    notes: 'Notes on you',
    notesLead: 'Written by staff for their work.',
    incidents: 'Calls, visits and other incidents',
    minutes: (n) => plural(n, 'minute'),
    recorded: 'a recording is kept',
    findings: 'Decisions',
    findingsLead: 'Each was made after more than one member of staff had looked at it.',
    assessments: 'Automatic assessments in force',
    assessmentsLead:
      'A hint for the order in which mail is read; nothing is decided by it alone. What nobody confirms lapses after its period.',
    measures: 'Warnings and suspensions',
    measuresLead: 'The notices as they were sent are in data/letters/.',
    objection: (day) => `Objection (${day})`,
    until: 'Until',
    date: 'Date',
    what: 'What',
    kind: 'Kind',
    severity: 'Severity',
    recipients: 'Given to others',
    recipientsLead:
      'Days on which a copy of the record was exported, to consult outside experts such as the police or lawyers under our policy. Ask our desk to whom it was given.',
    exported: 'Copy of the record exported',
    holds: 'Kept from being erased',
    held: { thread: 'one exchange', sender: 'everything kept on you' },
    holdsLead: 'For a dispute or a claim, these are not erased for now.',
    periods: 'How long it is kept',
    withheld: 'What is not disclosed',
    withheldLead: 'The following is not disclosed, each for the ground that stands beside it.',
    left: 'What is not in this package',
    leftLead:
      'Names of staff (their roles stand instead), what staff wrote as reasons of decisions and as notes within an exchange, opinions of a review that is not over, drafts, care and consultations of staff, and other people’s mail are left out for the rights of third parties or the proper conduct of business (APPI article 33(2)(i) and (ii)).',
    none: 'None.',
    withheldHere: 'Not disclosed: see “What is not disclosed”.',
    staff: 'Staff',
    by: 'Written by',
    check: 'How to check this package',
    checkLead:
      'README.txt says how anyone can check that nothing was changed since it was made. It was signed with this key (public key).',
    signedAt: 'Signed at',
    key: 'Public key',
  },
}
