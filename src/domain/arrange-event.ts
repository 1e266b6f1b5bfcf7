/** What is left to know of the mails that a thread holds after some came or went by hand. */
export type Composition = {
  readonly mails: number
  readonly unverified: number
  readonly filed: boolean
  readonly muted: boolean
}

/** Mails that a person moved from one thread to another: one event for each of the two. */
export type ArrangeEvent = {
  readonly kind: 'mails_moved_out' | 'mails_moved_in'
  readonly moveId: string
  readonly how: 'split' | 'join' | 'undo'
  /** The move that is taken back, where it is an undo. */
  readonly undoes: string | null
  readonly threadId: string
  readonly senderId: string
  readonly mailboxId: string
  /** The thread that the mails went to, or came from. */
  readonly other: string
  readonly messageIds: readonly string[]
  readonly now: Composition
}
