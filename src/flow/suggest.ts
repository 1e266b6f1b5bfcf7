import { alike } from '../classify/likeness.ts'
import { partsOf } from '../classify/words.ts'
import { canonicalAddress, looseAddress, mayBeAnswered } from '../domain/address.ts'
import { type Person, type Reach, reachOf } from '../domain/person.ts'
import type { JoinReason } from '../domain/sender-join.ts'
import { daysAfter } from '../domain/time.ts'
import { meets } from '../store/placing.ts'
import type { Member } from '../store/profiles.ts'
import type { House } from './house.ts'

/** A sender who may be the same person, and why we think so; nothing follows by itself. */
export type Suggestion = { readonly member: Member; readonly reasons: readonly JoinReason[] }

type Found = { readonly id: string; readonly why: JoinReason }

const suggestionsMax = 12

/** Mails older than this say nothing of who writes to us now. */
const similarDays = 30

/**
 * Senders who may be the same person, as far as their mailboxes are in reach: by their address, by
 * name and signature, by a thread that both wrote in, by words. What people declined or separated
 * once does not come back.
 */
export async function suggestJoins(
  house: House,
  senderId: string,
  who: Person,
): Promise<Suggestion[]> {
  const { store } = house
  const ids = (await store.joins.members([senderId]))(senderId)
  const reach = reachOf(who, 'join_senders')
  const mine = await store.suggesting.members(ids)
  const texts = (await Promise.all(ids.map((id) => store.suggesting.said(id, reach)))).flat()
  const own = texts.map(({ text }) => text)
  const found = [
    ...(await sameAddress(house, mine)),
    ...(await sameSignature(house, mine, own, reach)),
    ...(await store.suggesting.byThreads(ids)).map((id) => ({ id, why: 'same_thread' as const })),
    ...(await similarText(house, own, reach)),
  ]
  const wanted = await admitted(house, ids, [...new Set(found.map(({ id }) => id))], reach)
  const suggestions = wanted.map((member) => ({
    member,
    reasons: [...new Set(found.filter(({ id }) => id === member.id).map(({ why }) => why))],
  }))
  return suggestions
    .toSorted((a, b) => b.reasons.length - a.reasons.length)
    .slice(0, suggestionsMax)
}

/** Without oneself, ourselves, machines, what lies elsewhere, and what people have spoken of. */
async function admitted(
  { store }: House,
  ids: readonly string[],
  candidates: readonly string[],
  reach: Reach,
): Promise<Member[]> {
  const records = await store.joins.about(ids)
  const spokenOf = new Set(records.flatMap(({ first, second }) => [first, second]))
  const together = await store.joins.members(candidates)
  const placesOf = await store.places.ofSenders(candidates)
  const boxes = await store.mailboxes.list()
  const ours = new Set(boxes.map(({ address }) => canonicalAddress(address)))
  const members = await store.suggesting.members(candidates)
  return members.filter(
    ({ id, addresses }) =>
      !ids.includes(id) &&
      !together(id).some((one) => spokenOf.has(one)) &&
      meets(reach, placesOf(id)) &&
      addresses.every((address) => mayBeAnswered(address) && !ours.has(address)),
  )
}

async function sameAddress({ store }: House, mine: readonly Member[]): Promise<Found[]> {
  const found: Found[] = []
  for (const address of mine.flatMap(({ addresses }) => addresses)) {
    const loose = looseAddress(address)
    if (loose === null) continue
    const domain = address.slice(address.lastIndexOf('@') + 1)
    const near = await store.suggesting.byAddress(address.slice(0, 1), domain)
    const same = near.filter((one) => looseAddress(one.address) === loose)
    found.push(...same.map(({ senderId: id }) => ({ id, why: 'same_address' as const })))
  }
  return found
}

async function sameSignature(
  { store }: House,
  mine: readonly Member[],
  own: readonly string[],
  reach: Reach,
): Promise<Found[]> {
  const signatures = new Set(own.map(signatureOf).filter((one) => one !== ''))
  if (signatures.size === 0) return []
  const names = new Set(mine.map(({ name }) => name).filter((name) => name !== ''))
  const found: Found[] = []
  for (const name of names) {
    for (const id of await store.suggesting.byName(name)) {
      const theirs = await store.suggesting.said(id, reach)
      if (theirs.some(({ text }) => signatures.has(signatureOf(text)))) {
        found.push({ id, why: 'same_signature' })
      }
    }
  }
  return found
}

async function similarText(
  { store, now }: House,
  own: readonly string[],
  reach: Reach,
): Promise<Found[]> {
  const mine = own.map(threesOf).filter(({ size }) => size >= threesMin)
  if (mine.length === 0) return []
  const others = await store.suggesting.lately(daysAfter(now(), -similarDays), reach)
  return others.flatMap(({ senderId: id, text }) => {
    const theirs = threesOf(text)
    const same = theirs.size >= threesMin && mine.some((one) => alike(one, theirs))
    return same ? [{ id, why: 'similar_text' as const }] : []
  })
}

/** A few words alike prove nothing. */
const threesMin = 40
const lettersMax = 1_500

/** Runs of three letters of what the writer wrote anew. */
function threesOf(body: string): ReadonlySet<string> {
  const text = wordsOf(body, 'own').slice(0, lettersMax)
  return new Set(
    Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)),
  )
}

/** A signature that says who somebody is; that a telephone sent it says nothing. */
function signatureOf(body: string): string {
  const text = wordsOf(body, 'signature')
  return /\d{2,5}-?\d{2,4}|@|株式会社|有限会社|〒/.test(text) ? text : ''
}

function wordsOf(body: string, kind: 'own' | 'signature'): string {
  return partsOf(body)
    .filter((part) => part.kind === kind)
    .map(({ start, end }) => body.slice(start, end))
    .join('')
    .toLowerCase()
    .replace(/[\s\-_=*]+/g, '')
}
