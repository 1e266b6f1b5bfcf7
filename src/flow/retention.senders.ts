import { type KeptOfSender, type SenderDue, senderDueOf } from '../domain/retention.sender.ts'
import { reachesOf } from '../domain/retention.ts'
import type { Instant } from '../domain/time.ts'
import { type House, untilFresh } from './house.ts'

/** Senders looked at in one go. */
const pageSize = 50

/** Of how many identities something is due beside mail, and of how many something stands in its way. */
type SendersDue = { readonly due: number; readonly blocked: number; readonly whole: boolean }

/** Counts them, of so many senders at most. */
export async function sendersDue(
  house: House,
  most = Number.POSITIVE_INFINITY,
): Promise<SendersDue> {
  const count = { due: 0, blocked: 0 }
  let looked = 0
  const goesOn = (more: number) => {
    looked += more
    return looked < most
  }
  for await (const { blocked } of dueSenders(house, goesOn)) {
    count[blocked === null ? 'due' : 'blocked'] += 1
  }
  return { ...count, whole: looked < most }
}

/** Each identity of which something is due, once; goes on after a page while it is told to. */
async function* dueSenders(
  { store, policy, now }: House,
  goesOn: (looked: number) => boolean = () => true,
): AsyncIterable<SenderDue & { readonly senderId: string }> {
  const { confirmed, mail } = reachesOf(policy.retention, now())
  const until = mail !== null && mail > confirmed ? mail : confirmed
  const seen = new Set<string>()
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: string[] = await store.erasing.sendersAfter({ after, limit: pageSize, until })
    for (const senderId of page.filter((one) => !seen.has(one))) {
      const kept = await store.erasing.keptOf(senderId, now())
      for (const member of kept.members) seen.add(member)
      const due = senderDueOf(kept, policy.retention, now())
      if (due) yield { ...due, senderId }
    }
    after = goesOn(page.length) ? page.at(-1) : undefined
  }
}

/** Erases what is due of senders by the periods; of each it is decided anew at that moment. */
export async function eraseSenders(
  house: House,
  periods: string,
): Promise<{ readonly erased: number; readonly blocked: number }> {
  const { policy, now } = house
  const count = { erased: 0, blocked: 0 }
  for await (const { senderId, blocked } of dueSenders(house)) {
    const dueOf = (kept: KeptOfSender) => senderDueOf(kept, policy.retention, now())
    if (blocked !== null) count.blocked += 1
    else if (await eraseOf(house, senderId, periods, dueOf)) count.erased += 1
  }
  return count
}

/** Erases what a rule says of a sender and of everybody who is one with them, unless it is blocked. */
export function eraseOf(
  house: House,
  senderId: string,
  periods: string,
  dueOf: (kept: KeptOfSender) => SenderDue | null,
): Promise<boolean> {
  const { erasing } = house.store
  return untilFresh(async () => {
    const at = house.now()
    const kept = await erasing.keptOf(senderId, at)
    const due = dueOf(kept)
    if (!due || due.blocked !== null) return false
    await erasing.eraseOf(erasuresOf(kept.members, due, { at, periods }))
    return true
  })
}

/** An event a member: each names rows of its own sender. */
function erasuresOf(
  members: readonly string[],
  { rule, texts, named }: SenderDue,
  { at, periods }: { readonly at: Instant; readonly periods: string },
) {
  return members.flatMap((senderId) => {
    const own = texts.filter((one) => one.senderId === senderId)
    const names = named.filter((id) => id === senderId)
    if (own.length === 0 && names.length === 0) return []
    const ids = (what: (typeof own)[number]['what']) =>
      own.filter((one) => one.what === what).map(({ id }) => id)
    const pictures = own.filter(({ picture }) => picture).map(({ id }) => id)
    const lists = {
      incidents: ids('incident'),
      pictures,
      notes: ids('note'),
      answers: ids('answer'),
    }
    const stamp = { at, by: null, kind: 'sender_erased', senderId, rule, periods } as const
    return [{ ...stamp, ...lists, names }]
  })
}
