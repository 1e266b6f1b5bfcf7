import { addressesIn } from './addresses.ts'
import { domainName, domainOf, isRelativeDomain } from './alignment.ts'
import { type AuthenticationResults, readAuthenticationResults } from './authentication-results.ts'
import { type HeaderField, headerFields } from './header.ts'

/** What speaks for believing a server, and what against it. */
export type Pro = 'many_senders' | 'beside_own_received' | 'states_dmarc'
export type Con =
  | 'few_senders'
  | 'not_beside_own_received'
  | 'is_senders_own'
  | 'no_dmarc'
  | 'also_further_down'
  | 'gaps'

/** A server whose Authentication-Results stand topmost in received mail. */
export type ServerSeen = {
  readonly id: string
  readonly proposed: boolean
  readonly mails: number
  /** Different domains that those mails were From. */
  readonly senders: number
  /** The host that wrote the Received beside it, where it is always the same. */
  readonly host: string
  readonly pros: readonly Pro[]
  readonly cons: readonly Con[]
  /** What it said in one of those mails: methods, results and domains, no address. */
  readonly example: readonly Stated[]
}

export type Stated = { readonly method: string; readonly result: string; readonly about: string }

export type Findings = {
  readonly looked: number
  /** Mails without the header on top; a sender who writes it himself is believed there. */
  readonly without: number
  /** Mails whose topmost header names no server, as one large provider writes them. */
  readonly nameless: number
  /** Mails whose topmost header is of none of the proposed servers. */
  readonly gaps: number
  readonly servers: readonly ServerSeen[]
}

/** A header by chance, or by one busy sender, proves nothing: so many different ones do. */
const sendersMin = 3

/** A few mails come in otherwise: from a program on the server itself, or before a move. */
const besideShare = 0.95

type Sighting = {
  readonly results: AuthenticationResults
  readonly sender: string
  /** The host of the Received right above it, or right below where none is above. */
  readonly host: string
  readonly again: boolean
}

/**
 * Finds out from the headers of received mail which server writes the topmost
 * Authentication-Results. It proposes those that stand there in mail from many different senders,
 * always beside a Received of their own organisation: nobody who only sends can arrange that.
 */
export function proposeServers(heads: readonly Buffer[]): Findings {
  const sightings: Sighting[] = []
  let nameless = 0
  for (const head of heads) {
    const found = sightingIn(headerFields(head))
    if (found === 'nameless') nameless += 1
    else if (found) sightings.push(found)
  }
  const byServer = Map.groupBy(sightings, ({ results }) => results.authservId)
  const seen = [...byServer].map(([id, all]) => serverSeen(id, all))
  const covered = seen.filter(({ proposed }) => proposed).reduce((sum, one) => sum + one.mails, 0)
  const gaps = heads.length - covered
  return {
    looked: heads.length,
    without: heads.length - sightings.length - nameless,
    nameless,
    gaps,
    servers: seen
      .map((one) =>
        one.proposed && gaps > 0 ? { ...one, cons: [...one.cons, 'gaps' as const] } : one,
      )
      .toSorted((a, b) => Number(b.proposed) - Number(a.proposed) || b.mails - a.mails),
  }
}

function sightingIn(fields: readonly HeaderField[]): Sighting | 'nameless' | null {
  const at = fields.findIndex(({ name }) => name === 'authentication-results')
  if (at === -1) return null
  const results = readAuthenticationResults(fields[at]?.value ?? '')
  if (!results) return 'nameless'
  const received = (from: number, to: number) =>
    fields.slice(from, to).filter(({ name }) => name === 'received')
  const above = received(0, at).at(-1)
  const below = received(at + 1, fields.length)[0]
  // What stands below words of the mail itself came in with it.
  const cameAlong = fields.slice(0, at).some(({ name }) => written.has(name))
  const furtherDown = fields.slice(at + 1)
  const nextReceived = furtherDown.findIndex(({ name }) => name === 'received')
  return {
    results,
    sender: domainOf(addressesIn(fields, 'from')[0]?.address ?? ''),
    host: cameAlong ? '' : hostOf((above ?? below)?.value ?? ''),
    again:
      nextReceived !== -1 &&
      furtherDown
        .slice(nextReceived)
        .some(
          ({ name, value }) =>
            name === 'authentication-results' &&
            readAuthenticationResults(value)?.authservId === results.authservId,
        ),
  }
}

/** Fields that whoever writes a mail writes. */
const written: ReadonlySet<string> = new Set(['from', 'to', 'subject', 'date', 'mime-version'])

/** RFC 5321 section 4.4: `from … by HOST …`. */
function hostOf(received: string): string {
  return domainName(/(?:^|\s)by\s+([^\s;()]{1,255})/i.exec(received.slice(0, 2_000))?.[1] ?? '')
}

function serverSeen(id: string, all: readonly Sighting[]): ServerSeen {
  const senders = new Set(all.map(({ sender }) => sender).filter((one) => one !== '')).size
  const hosts = new Set(all.map(({ host }) => host))
  const [host = ''] = hosts
  const besides = all.filter((one) => one.host !== '' && isRelativeDomain(one.host, id)).length
  const beside = besides >= all.length * besideShare
  const own = all.filter(({ sender }) => isRelativeDomain(sender, id)).length
  const dmarc = all.some(({ results }) => results.results.some(({ method }) => method === 'dmarc'))
  const isSendersOwn = own > all.length / 2
  return {
    id,
    proposed: senders >= sendersMin && beside && !isSendersOwn && dmarc,
    mails: all.length,
    senders,
    host: hosts.size === 1 ? host : '',
    pros: [
      ...(senders >= sendersMin ? (['many_senders'] as const) : []),
      ...(beside ? (['beside_own_received'] as const) : []),
      ...(dmarc ? (['states_dmarc'] as const) : []),
    ],
    cons: [
      ...(senders < sendersMin ? (['few_senders'] as const) : []),
      ...(beside ? [] : (['not_beside_own_received'] as const)),
      ...(isSendersOwn ? (['is_senders_own'] as const) : []),
      ...(dmarc ? [] : (['no_dmarc'] as const)),
      ...(all.some(({ again }) => again) ? (['also_further_down'] as const) : []),
    ],
    example: exampleOf(all),
  }
}

const exampleMax = 6

function exampleOf(all: readonly Sighting[]): Stated[] {
  const richest = all.toSorted((a, b) => b.results.results.length - a.results.results.length)[0]
  return (richest?.results.results ?? [])
    .slice(0, exampleMax)
    .map(({ method, result, properties }) => {
      const about = ['header.from', 'header.d', 'header.i', 'smtp.mailfrom']
        .flatMap((name) => properties.get(name) ?? [])
        .map(domainOf)
      return { method, result, about: about[0] ?? '' }
    })
}
