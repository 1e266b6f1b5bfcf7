/** One made-up customer, as the document and its page show every shape. */
const [threadId, senderId] = [
  '019abf52-6d14-7c1e-9a0b-3f1f0c2d7a10',
  '019abf52-6d13-7b3d-8f4e-5c2a1b0e9d21',
]
const [reviewer, second] = [
  '019aa001-0000-7000-8000-00000000000a',
  '019aa001-0000-7000-8000-00000000000b',
]
const decisionId = '019abf60-91c2-7aa1-b7c4-0d5e2f3a4b43'
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

export const mailbox = {
  id: '019aa000-1b2c-7d3e-8f40-5a6b7c8d9e0f',
  name: 'support',
  department: { ja: 'お客様相談室', en: 'Customer Care' },
  address: 'support@hinata-kurashi.example',
}

export const thread = {
  id: threadId,
  mailboxId: mailbox.id,
  senderId,
  subject: '修理代の件',
  state: 'to_act',
  revision: 2,
  severity: 2,
  categories: ['verbal_abuse'],
  flags: [],
  urgent: false,
  messageCount: 2,
  waitingSince: '2026-11-20T02:14:09.000Z',
  lastAt: '2026-11-20T02:14:09.000Z',
  joinedInto: null,
} as const

export const message = {
  id: '019abf52-6d15-7e2f-8a1b-4c3d2e1f0a32',
  direction: 'in',
  from: { name: '黒岩', address: 'kuroiwa@gouriki.example' },
  to: [{ name: '', address: mailbox.address }],
  cc: [],
  subject: '修理代の件',
  sentAt: '2026-11-20T02:14:01.000Z',
  receivedAt: '2026-11-20T02:14:09.000Z',
  identity: 'verified',
  nature: 'person',
  muted: false,
  readable: true,
  rawSha256: sha256,
  parts: [
    { kind: 'text', text: '修理代を返してください。' },
    { kind: 'shielded', place: '12-24', categories: ['verbal_abuse'], severity: 2, text: null },
  ],
  attachments: [
    {
      index: 0,
      filename: '領収書.pdf',
      contentType: 'application/pdf',
      size: 48_211,
      sha256,
      inline: false,
    },
  ],
} as const

export const review = {
  id: '019abf5a-2e4f-7d10-9c3b-6a5f4e3d2c54',
  revision: 2,
  place: 1,
  reviewer,
  verdict: {
    kind: 'harassment',
    categories: ['verbal_abuse'],
    severity: 2,
    elements: {
      superiorPosition: true,
      improperConduct: { which: 'conduct', why: '担当者への侮辱が続いている' },
      harmToWorkEnvironment: true,
    },
    statute: { interestedParty: true, beyondAccepted: true, environmentHarmed: true },
  },
  demand: 'partly',
  fairRequest: '修理代の内訳の説明',
  reason: '三度目の侮辱',
  at: '2026-11-20T03:01:00.000Z',
} as const

export const decision = {
  id: decisionId,
  threadId,
  revision: 2,
  how: 'agreed',
  outcome: 'harassment',
  needsReply: false,
  categories: ['verbal_abuse'],
  severity: 2,
  reviewers: [reviewer, second],
  settledBy: null,
  reason: '',
  at: '2026-11-20T03:20:00.000Z',
} as const

export const sender = {
  id: senderId,
  name: '黒岩',
  addresses: ['kuroiwa@gouriki.example'],
  identityProof: null,
  suspendedUntil: '2027-02-20T05:00:00.000Z',
  createdAt: '2026-11-01T00:00:00.000Z',
} as const

export const measure = {
  id: '019abf66-0a1b-7c2d-8e3f-4a5b6c7d8e65',
  kind: 'suspension',
  state: 'in_force',
  senderId,
  threadId,
  decisionId,
  reviewers: [reviewer, second],
  proposer: reviewer,
  confirmer: '019aa001-0000-7000-8000-00000000000c',
  reason: '警告の後も続いた',
  skipWarning: '',
  skipExplanation: '',
  terms: {
    scope: 'mailbox',
    mailboxId: mailbox.id,
    openTopics: ['contract_end', 'own_data', 'accident', 'legal', 'accommodation'],
    openLine: '',
    openAddress: '',
    digest: 'weekly',
    answerDays: null,
  },
  renews: null,
  objections: [],
  proposedAt: '2026-11-20T03:30:00.000Z',
  announcedAt: '2026-11-20T05:00:00.000Z',
  reviewAt: '2027-01-20T05:00:00.000Z',
  endsAt: '2027-02-20T05:00:00.000Z',
} as const

export const letter = {
  id: '019abf67-1c2d-7e3f-9a4b-5c6d7e8f9076',
  kind: 'suspension',
  state: 'sent',
  threadId,
  measureId: measure.id,
  revision: 2,
  author: reviewer,
  approver: measure.confirmer,
  fromAddress: mailbox.address,
  toAddress: 'kuroiwa@gouriki.example',
  subject: '今後のご連絡について',
  messageId: '<019abf67@hinata-kurashi.example>',
  contentSha256: sha256,
  attempts: 1,
  nextAttemptAt: null,
  writtenAt: '2026-11-20T04:40:00.000Z',
  sentAt: '2026-11-20T05:00:00.000Z',
} as const

export const incident = {
  id: '019abf6c-2d3e-7f40-8a5b-6c7d8e9fa087',
  kind: 'phone',
  state: 'decided',
  mailboxId: mailbox.id,
  senderId,
  occurredAt: '2026-11-20T01:30:00.000Z',
  recordedAt: '2026-11-20T02:20:00.000Z',
  minutes: 48,
  decision: {
    id: '019abf6d-3e4f-7051-9b6c-7d8e9fa0b198',
    how: 'agreed',
    outcome: 'harassment',
    categories: ['verbal_abuse', 'time_restraint'],
    severity: 2,
    reviewers: [reviewer, second],
    settledBy: null,
    at: '2026-11-20T03:00:00.000Z',
  },
} as const

export const link = {
  seq: 1,
  previousHash: '',
  hash: '7e1f21f5e1c6f4b8e2b4e5b7a33d8f2d2f1b94d0d6a3e2e0f5b7b0a9c8d7e6f5',
  content: `{"at":"2026-11-20T05:00:00.000Z","by":null,"kind":"mailbox_paused","mailboxId":"${mailbox.id}"}`,
  withheld: null,
} as const

export const health = {
  status: 'ok',
  at: '2026-11-20T05:00:00.000Z',
  log: { seq: 1, hash: link.hash },
  mailboxes: [
    {
      id: mailbox.id,
      name: mailbox.name,
      paused: false,
      folders: [
        { name: 'INBOX', trouble: null, remaining: 0, lastContactAt: '2026-11-20T04:59:58.000Z' },
      ],
    },
  ],
  letters: { awaitingApproval: 1, queued: 0, sending: 0, uncertain: 0 },
} as const
