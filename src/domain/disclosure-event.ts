/** What is told of a person, part by part: each of them is disclosed or withheld. */
export const disclosedParts = [
  'mails',
  'letters',
  'notes',
  'incidents',
  'pictures',
  'findings',
  'measures',
] as const
export type DisclosedPart = (typeof disclosedParts)[number]

/**
 * Why something is not disclosed: somebody's life, body, property or rights; it would gravely hamper
 * the business; another law (個人情報保護法33条2項各号, until 2022 28条2項); it is kept against
 * repeated undue demands and so no 保有個人データ at all (PPC Q&A 9-9).
 */
export const withholdingGrounds = ['rights', 'hampers', 'other_law', 'repeated'] as const
export type WithholdingGround = (typeof withholdingGrounds)[number]

export type Withheld = { readonly part: DisclosedPart; readonly ground: WithholdingGround }

/** What came of a request once it is answered. */
export type DisclosureOutcome = 'disclosed' | 'partly' | 'refused'

/** A person asks what is kept on them (開示請求). */
export type DisclosureEvent =
  | {
      readonly kind: 'disclosure_requested'
      readonly requestId: string
      readonly senderId: string
      readonly receivedOn: string
      readonly reason: string
      /** By which way it was checked that it is they who ask. */
      readonly identityCheck: string
    }
  | {
      readonly kind: 'disclosure_answered'
      readonly requestId: string
      readonly senderId: string
      readonly outcome: DisclosureOutcome
      readonly withheld: readonly Withheld[]
      readonly answer: string
    }
  | {
      /** A package was made for them; by null where the operator made it at the machine. */
      readonly kind: 'data_disclosed'
      readonly requestId: string
      /** The whole identity's, as it was joined then. */
      readonly senderId: string
      /** Of the package's own list of files and hashes: what names that package and no other one. */
      readonly manifestSha256: string
    }
