import type { Category } from '../../domain/category.ts'

/** What a mail of the story is there to show. */
export type Theme = Category | 'ordinary' | 'legitimate' | 'machine' | 'care' | 'forged'

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
  /** The mail that it answers. */
  readonly answers?: string
  /** Written by us, found in the mailbox. */
  readonly own?: true
  readonly html?: string
  readonly charset?: 'ISO-2022-JP' | 'Shift_JIS' | 'EUC-JP'
  readonly attachments?: readonly {
    readonly filename: string
    readonly contentType: string
    readonly content: string
  }[]
  /** What our receiving server says of the sender; it passes unless said otherwise. */
  readonly authentication?: 'none' | 'fail'
  readonly headers?: Readonly<Record<string, string>>
}
