import type { Readable } from 'node:stream'

/** A file that is whole, without a name on the disk; each look at it begins at its first byte. */
export type MadeFile = {
  readonly filename: string
  readonly bytes: number
  open(): Readable
  /** Lets it go, once whoever reads it has read it. */
  close(): Promise<void>
}

/** A file on its way to one person: how far it is, and then the file itself. */
export type Making = {
  readonly id: string
  /** What it is made of: a sender's id. */
  readonly about: string
  readonly by: string
  readonly mails: number
  readonly of: number
  readonly state: 'making' | 'ready' | 'failed'
  readonly file: MadeFile | null
  /** Resolves when it is made, or has failed; never rejects. */
  readonly ended: Promise<void>
}

export type Makings = {
  /** Begins one; null where so many are under way already. */
  begin(wish: {
    readonly id: string
    readonly about: string
    readonly by: string
    make(progress: (mails: number, of: number) => void): Promise<MadeFile>
    failed(error: unknown): void
  }): Making | null
  /** The person's own one; null once it is over. */
  find(id: string, by: string): Making | null
}

/** Each reads a whole case: more at once would keep everybody else's pages waiting. */
const atOnceMax = 2

/** How long a file waits to be fetched. */
const keptMs = 15 * 60_000

/** Files that are made for people at pages of this process; they go with it. */
export function openMakings(): Makings {
  const all = new Map<string, { -readonly [Key in keyof Making]: Making[Key] }>()

  return {
    begin({ id, about, by, make, failed }) {
      const busy = [...all.values()].filter(({ state }) => state === 'making')
      if (busy.length >= atOnceMax) return null
      const making = {
        ...({ id, about, by, mails: 0, of: 0, state: 'making', file: null } as const),
        ended: Promise.resolve(),
      } as { -readonly [Key in keyof Making]: Making[Key] }
      const progress = (mails: number, of: number) => Object.assign(making, { mails, of })
      making.ended = make(progress).then(
        (file) => void Object.assign(making, { file, state: 'ready' }),
        (error: unknown) => {
          making.state = 'failed'
          failed(error)
        },
      )
      const drop = () => {
        all.delete(id)
        making.file?.close().catch(failed)
      }
      void making.ended.then(() => setTimeout(drop, keptMs).unref())
      all.set(id, making)
      return making
    },
    find(id, by) {
      const found = all.get(id)
      return found?.by === by ? found : null
    },
  }
}
