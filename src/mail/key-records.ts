import { Resolver } from 'node:dns/promises'

/** What DNS says of a key's name: its TXT records, that there are none, or nothing at all. */
export type KeyRecord =
  | { readonly kind: 'found'; readonly texts: string[][] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable' }

export type KeyRecords = {
  /** Asks for all names at once. Never rejects, and never takes longer than the limit. */
  fetch(names: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>>
}

/** Asks DNS for the TXT records of a name; rejects with DNS's own error codes. */
export type Lookup = (name: string) => Promise<string[][]>

/** Mail waits no longer than this for keys, however many; what has no answer by then has none. */
const waitMs = 2_000
const lookupsMax = 64

const keptMax = 2_000
const keptMs = { found: 3_600_000, none: 300_000, unreachable: 30_000 } as const

/** So many names in a row without an answer, and DNS itself is taken to be out of reach. */
const silenceMax = 5
const restMs = 30_000

/** A key record has a few hundred characters; a record of this length is none. */
const recordLengthMax = 8_192

/** The system's DNS servers, or the ones named (`192.0.2.1`, `192.0.2.1:53`). */
export function dnsLookup(servers: readonly string[]): Lookup {
  const resolver = new Resolver({ timeout: 700, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  return (name) => resolver.resolveTxt(name)
}

/**
 * Remembers answers for an hour and failures briefly. While DNS is out of reach nobody waits for
 * it: a mailbox of thousands is read at full speed, its mails are just not verified.
 */
export function openKeyRecords(lookup: Lookup): KeyRecords {
  const kept = new Map<string, { readonly record: KeyRecord; readonly until: number }>()
  let silence = 0
  let restUntil = 0

  function note(name: string, record: KeyRecord): void {
    const now = performance.now()
    silence = record.kind === 'unreachable' ? silence + 1 : 0
    if (silence >= silenceMax) {
      silence = 0
      restUntil = now + restMs
    }
    const [oldest] = kept.keys()
    if (kept.size >= keptMax && oldest !== undefined) kept.delete(oldest)
    kept.set(name, { record, until: now + keptMs[record.kind] })
  }

  async function ask(name: string): Promise<void> {
    note(name, await answerOf(lookup, name))
  }

  return {
    async fetch(names) {
      const now = performance.now()
      for (const name of names) if ((kept.get(name)?.until ?? 0) < now) kept.delete(name)
      const missing = [...new Set(names)].filter((name) => !kept.has(name))
      if (restUntil < now) await withinTime(missing.slice(0, lookupsMax).map(ask))
      return new Map(
        names.map((name) => [name, kept.get(name)?.record ?? { kind: 'unreachable' as const }]),
      )
    },
  }
}

async function answerOf(lookup: Lookup, name: string): Promise<KeyRecord> {
  try {
    const texts = await lookup(name)
    const short = texts.filter((parts) => parts.join('').length <= recordLengthMax)
    return short.length > 0 ? { kind: 'found', texts: short } : { kind: 'none' }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    // NXDOMAIN, no TXT record, and a name that no server would be asked for.
    const none = code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME'
    return { kind: none ? 'none' : 'unreachable' }
  }
}

async function withinTime(asked: readonly Promise<void>[]): Promise<void> {
  if (asked.length === 0) return
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs)
  })
  await Promise.race([Promise.all(asked), late])
  clearTimeout(timer)
}
