import { canonicalAddress } from '../domain/address.ts'
import type { Address } from '../domain/mail.ts'
import { EvidenceError } from '../evidence/error.ts'
import type { Somebody } from '../evidence/mask.ts'
import type { Scope } from '../evidence/scope.ts'
import type { Store } from '../store/store.ts'

/** Who is hidden in a package: nobody where nothing is asked for. */
export type Hide = {
  /** Everybody whom the mails name as writer or recipient, but the sender and our own. */
  readonly others: boolean
  /** Further names, addresses and words. */
  readonly words: readonly string[]
}

export const hideNobody: Hide = { others: false, words: [] }

const lengthMin = 2
const lengthMax = 200
const wordsMax = 200

/** Messages whose recipients are read at a time. */
const pageSize = 100

/** One sign would be everywhere, and nobody's name is as long as a page. */
function cannotHide(word: string): boolean {
  return [...word].length < lengthMin || word.length > lengthMax
}

/** Words as somebody types them, a line each; null where one of them cannot be hidden. */
export function wordsToHide(typed: string): string[] | null {
  const words = typed.split(/[\r\n]+/).map((word) => word.trim())
  const some = words.filter(Boolean)
  return some.length > wordsMax || some.some(cannotHide) ? null : some
}

/** The people to hide; throws `EvidenceError` where a word cannot be hidden. */
export async function hiddenPeople(store: Store, scope: Scope, hide: Hide): Promise<Somebody[]> {
  const words = [...new Set(hide.words.map((word) => word.trim()))].filter(Boolean)
  if (words.length > wordsMax) throw new EvidenceError(`more than ${wordsMax} words to hide`)
  const wrong = words.find(cannotHide)
  if (wrong !== undefined) {
    throw new EvidenceError(
      `"${wrong.slice(0, lengthMax)}" cannot be hidden: ${lengthMin} to ${lengthMax} characters can`,
    )
  }
  return [...(hide.others ? await namedOthers(store, scope) : []), ...words.map((word) => [word])]
}

/** By their addresses, in order, so that the same case gives the same numbers. */
async function namedOthers(store: Store, scope: Scope): Promise<Somebody[]> {
  const own = await ownAddresses(store, scope)
  const names = await namesOf(store, scope)
  const others = new Map<string, Set<string>>()
  for await (const { name, address } of namedIn(store, scope)) {
    const canonical = canonicalAddress(address)
    if (!canonical.includes('@') || own.has(canonical)) continue
    const known = others.get(canonical) ?? new Set([canonical, address.trim()])
    others.set(canonical, known)
    if ([...name].length >= lengthMin && !names.has(name)) known.add(name)
  }
  return [...others].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => [...known])
}

/** Writers and recipients of the case's mails. */
async function* namedIn({ kept }: Store, { mails }: Scope): AsyncIterable<Address> {
  for (let from = 0; from < mails.length; from += pageSize) {
    const ids = mails.slice(from, from + pageSize).map(({ id }) => id)
    for (const { fromName, fromAddress, to, cc } of await kept.of('messages', 'id', ids)) {
      for (const { name, address } of [{ name: fromName, address: fromAddress }, ...to, ...cc]) {
        yield { name: name.trim(), address }
      }
    }
  }
}

/** Of the sender, our mailboxes and our staff: they have a part in it. */
async function ownAddresses({ kept, mailboxes, people }: Store, { members }: Scope) {
  const senders = await kept.of('senderAddresses', 'senderId', members)
  const all = [
    ...senders.map(({ address }) => address),
    ...(await mailboxes.list()).map(({ address }) => address),
    ...(await people.list()).map(({ email }) => email),
  ]
  return new Set(all.map(canonicalAddress))
}

/** The sender's own names: whoever shares one is not hidden by it. */
async function namesOf({ kept }: Store, { members }: Scope): Promise<ReadonlySet<string>> {
  const senders = await kept.of('senders', 'id', members)
  return new Set(senders.map(({ name }) => name.trim()))
}
