import { type KeptOfSender, type SenderDue, senderDueOf } from '../domain/retention.sender.ts'
import { reachesOf } from '../domain/retention.ts'
import type { Instant } from '../domain/time.ts'
import { type House, untilFresh } from './house.ts'

/** Senders looked at in one go. */
const pageSize = 200

/** Of how many identities something is due beside mail, and of how many something stands in its way. */
export type SendersDue = { readonly due: number; readonly blocked: number; readonly whole: boolean }

/** Counts them, of so many senders at most, and acts on each where nothing stands in its way. */
export async function sendersDue(
  house: House,
  act: (senderId: string) => Promise<unknown> = async () => undefined,
  most = Number.POSITIVE_INFINITY,
): Promise<SendersDue> {
  const { store, policy, now } = house
  const { confirmed, mail } = reachesOf(policy.retention, now())
  const until = mail !== null && mail > confirmed ? mail : confirmed
  const seen = new Set<string>()
  const count = { due: 0, blocked: 0 }
  for (let after = ''; ; ) {
    const limit = Math.min(pageSize, most)
    const page = await store.erasing.sendersAfter({ after, limit, until })
    for (const id of page.filter((one) => !seen.has(one))) {
      const kept = await store.erasing.keptOf(id, now())
      for (const member of kept.members) seen.add(member)
      const due = senderDueOf(kept, policy.retention, now())
      if (!due) continue
      count[due.blocked === null ? 'due' : 'blocked'] += 1
      if (due.blocked === null) await act(id)
    }
    const last = page.at(-1)
    if (last === undefined) return { ...count, whole: true }
    if (seen.size >= most) return { ...count, whole: false }
    after = last
  }
}

/** Erases what is due of a sender by the periods, decided anew at this moment. */
export function eraseDueOf(house: House, senderId: string, periods: string): Promise<boolean> {
  const { policy, now } = house
  return eraseOf(house, senderId, periods, (kept) => senderDueOf(kept, policy.retention, now()))
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
