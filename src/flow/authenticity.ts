import type { Event } from '../domain/event.ts'
import type { Ground, ParsedMail } from '../domain/mail.ts'
import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { daysAfter } from '../domain/time.ts'
import { type Findings, proposeServers } from '../mail/authserv.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Received } from '../store/identities.ts'
import { actOn } from './act.ts'
import { done, type House, type Outcome } from './house.ts'
import type { ParseOptions, Parser } from './parse.ts'

/** Servers believed now: those of the settings, and those that an admin accepted. */
export async function trustedAuthservIds({
  store,
  trustedAuthservIds: set,
}: House): Promise<string[]> {
  const accepted = await store.trustedServers.list()
  return [...new Set([...set, ...accepted.map(({ id }) => id)])]
}

/** How a mail that came in then is to be read now. */
export function parseOptions(
  { dkim }: House,
  trusted: readonly string[],
  receivedAt: Date,
): ParseOptions {
  return {
    trustedAuthservIds: trusted,
    dkim: dkim && { settings: dkim, receivedAt },
  }
}

/** Newest mails looked at: enough to see who stands on top, and quickly read. */
const looked = 100

/** What received mail says about which servers write its Authentication-Results. */
export async function examineServers(house: House, mailbox?: string): Promise<Findings | null> {
  const { store } = house
  const ids = mailbox === undefined ? null : await store.identities.mailboxIds(mailbox)
  if (ids?.length === 0) return null
  const newest = await store.identities.newest(ids, looked)
  const heads = await store.raws.heads(
    newest.map(({ rawSha256 }) => rawSha256),
    headBytes,
  )
  return proposeServers(heads)
}

/** What counts stands at the top. */
const headBytes = 64 * 1024

/**
 * Believes a server from now on, in every process: an admin's act, on record. Only one that received
 * mail speaks for, as who names a sender's server lets that sender be anybody; the settings can
 * name any.
 */
export async function trustServer(house: House, id: string, who: Person): Promise<Outcome> {
  if (!may(who, 'manage_mailboxes')) return refuse('not_allowed')
  const wanted = id.trim().toLowerCase()
  if ((await trustedAuthservIds(house)).includes(wanted)) return done
  const found = await examineServers(house)
  const proposed = found?.servers.some((one) => one.id === wanted && one.proposed)
  if (!proposed) return refuse('server_unknown')
  await house.store.trustedServers.accept(wanted, house.now(), who.id)
  return done
}

/** Believes it no longer. One that the settings name stays: they are changed where they are. */
export async function distrustServer(house: House, id: string, who: Person): Promise<Outcome> {
  if (!may(who, 'manage_mailboxes')) return refuse('not_allowed')
  try {
    await house.store.trustedServers.remove(id, house.now(), who.id)
    return done
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
}

export type Rechecked = {
  readonly looked: number
  readonly changed: number
  /** Mails that are verified now and were not. */
  readonly verified: number
}

/**
 * Looks at the identity of stored mail again, as far back as told: after a server was accepted, or
 * after DNS was out of reach. Only what is said of the author changes, on record; who was muted
 * stays muted, and who was not stays in view.
 */
export async function recheck(house: House, parser: Parser, days: number): Promise<Rechecked> {
  const trusted = await trustedAuthservIds(house)
  const sum = { looked: 0, changed: 0, verified: 0 }
  for await (const page of house.store.identities.since(daysAfter(house.now(), -days))) {
    for (const received of page) {
      const mail = await readAgain(house, parser, trusted, received)
      sum.looked += 1
      if (!mail || isSame(received, mail) || isLoss(received, mail)) continue
      await actOn(house, received.threadId, () => ({
        kind: 'step',
        events: [rechecked(house, received, mail)],
      }))
      sum.changed += 1
      if (mail.identity === 'verified' && received.identity !== 'verified') sum.verified += 1
    }
  }
  return sum
}

async function readAgain(
  house: House,
  parser: Parser,
  trusted: readonly string[],
  { rawSha256, receivedAt }: Received,
): Promise<ParsedMail | null> {
  const raw = await house.store.raws.find(rawSha256)
  if (!raw) return null
  return (await parser.read(raw, parseOptions(house, trusted, new Date(receivedAt)))).mail
}

/** A key that is gone, or cannot be asked for, takes nothing back that it proved in its time. */
function isLoss({ identity }: Received, { ground }: ParsedMail): boolean {
  const gone = ground.code === 'dkim_no_key' || ground.code === 'dns_unreachable'
  return gone && (identity === 'verified' || identity === 'weak')
}

function isSame({ identity, ground }: Received, mail: ParsedMail): boolean {
  const same = (a: Ground | null, b: Ground) => a?.code === b.code && a.by === b.by
  return identity === mail.identity && same(ground, mail.ground)
}

function rechecked(house: House, received: Received, { identity, ground }: ParsedMail): Event {
  const { id: messageId, threadId, identity: was, mutedBy } = received
  const stamp = { at: house.now(), by: null, threadId, messageId }
  return { ...stamp, kind: 'identity_rechecked', was, identity, ground, muted: mutedBy !== null }
}
