import { type Accounts, openAccounts } from '../flow/accounts.ts'
import type { House } from '../flow/house.ts'
import type { Parser } from '../flow/parse.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { pause } from './every.ts'
import { whileHeld } from './held.ts'
import { poll } from './poller.ts'

export type Polling = {
  readonly parser: Parser
  /** Those of the process, so that tokens are shared; its own without them. */
  readonly accounts?: Accounts
  /** Called whenever a folder has been read to its end. */
  readonly onCaughtUp?: (mailbox: Mailbox) => void
  /** How long IDLE may be silent before a look by hand; for tests. */
  readonly idleMs?: number
}

/** Changes are heard at once; this look is for those whose news was lost. */
const lookMs = 30_000

type Reading = { readonly stop: AbortController; readonly ended: Promise<void> }

/**
 * Reads every folder of every mailbox, each on a connection and under a lease of its own, for as
 * long as the signal lets it. A mailbox that is added, changed or paused takes effect at once.
 */
export async function pollAll(house: House, polling: Polling, signal: AbortSignal): Promise<void> {
  const readings = new Map<string, Reading>()
  const accounts = polling.accounts ?? openAccounts(house)
  const news = listen(house)
  try {
    while (!signal.aborted) {
      const wanted = await wantedNow(house)
      // What a look that failed would have said is not known: then everything goes on as it is.
      if (wanted) await arrange(wanted)
      await news.next(lookMs, signal)
    }
  } finally {
    news.end()
    await Promise.all([...readings.keys()].map(stop))
  }

  async function arrange(wanted: ReadonlyMap<string, Mailbox>): Promise<void> {
    const over = [...readings.keys()].filter((key) => !wanted.has(key))
    await Promise.all(over.map(stop))
    for (const [key, mailbox] of wanted) if (!readings.has(key)) start(key, mailbox)
  }

  function start(key: string, { id }: Mailbox): void {
    const stopping = new AbortController()
    const folderId = key.slice(key.indexOf(' ') + 1)
    const either = AbortSignal.any([signal, stopping.signal])
    const ended = whileHeld(house, `poll:${folderId}`, either, (held) =>
      poll(house, { mailboxId: id, folderId }, { ...polling, accounts, signal: held }),
    )
    readings.set(key, { stop: stopping, ended })
  }

  async function stop(key: string): Promise<void> {
    const reading = readings.get(key)
    readings.delete(key)
    reading?.stop.abort()
    await reading?.ended
  }
}

/** The folders to read, by a key that changes whenever the settings of their mailbox do. */
async function wantedNow({ store, log }: House): Promise<Map<string, Mailbox> | null> {
  try {
    const mailboxes = await store.mailboxes.list()
    const read = mailboxes.filter(({ pausedAt }) => pausedAt === null)
    return new Map(
      read.flatMap((mailbox) =>
        mailbox.folders
          .filter(({ watched }) => watched)
          .map(({ id }) => [`${mailbox.version} ${id}`, mailbox] as const),
      ),
    )
  } catch (error) {
    log.error({ err: error }, 'the mailboxes cannot be listed; trying again')
    return null
  }
}

/** Wakes whoever waits when a mailbox changes, in this process or another one. */
function listen({ store }: House) {
  let wake: (() => void) | null = null
  let changed = false
  const end = store.onCommit((events) => {
    if (!events.some(({ kind }) => /^mailbox_(?:added|changed|paused|resumed)$/.test(kind))) return
    changed = true
    wake?.()
  })
  return {
    end,
    async next(ms: number, signal: AbortSignal): Promise<void> {
      const stop = new AbortController()
      wake = () => stop.abort()
      if (!changed) await pause(ms, AbortSignal.any([signal, stop.signal]))
      wake = null
      changed = false
    },
  }
}
