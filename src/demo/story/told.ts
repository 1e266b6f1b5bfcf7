import type { Category } from '../../domain/category.ts'

/** What a mail of the story is there to show. */
export type Theme = Category | 'ordinary' | 'legitimate' | 'machine' | 'care' | 'forged'

/** How the writer's mail program puts the mail that is answered below the answer. */
export type Quoting = 'gmail' | 'outlook' | 'phone'

export type Enclosed = {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
}

/** One mail of the story. Everybody in it is made up; every address ends in .example. */
export type Told = {
  readonly key: string
  readonly theme: Theme
  readonly folder?: 'INBOX' | 'Billing' | 'Stores'
  readonly name: string
  readonly address: string
  readonly subject: string
  readonly body: string
  readonly minutesAgo: number
  /** Seconds after the start at which it comes in while one watches. */
  readonly live?: number
  /**
   * Seconds after the first letter that we send to the writer: a mail that makes no sense before.
   * Where it is given it counts, and `live` is for those who do not watch what we send.
   */
  readonly afterLetter?: number
  /** The mail that it answers. */
  readonly answers?: string
  /** The answered mail stands below the words, as the writer's mail program quotes it. */
  readonly quotes?: Quoting
  /** Written by us, found in the mailbox. */
  readonly own?: true
  readonly html?: string
  readonly charset?: 'ISO-2022-JP' | 'Shift_JIS' | 'EUC-JP'
  readonly attachments?: readonly Enclosed[]
  /** What our receiving server says of the sender; it passes unless said otherwise. */
  readonly authentication?: 'none' | 'fail'
  /** A delivery report (RFC 3464) on the mail that it answers, which could not reach its reader. */
  readonly bounced?: true
  readonly headers?: Readonly<Record<string, string>>
}
