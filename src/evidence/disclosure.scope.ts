import { canonicalAddress } from '../domain/address.ts'
import type { DisclosureRequest } from '../domain/disclosure.ts'
import type { DisclosedPart } from '../domain/disclosure-event.ts'
import type { Event, EventKind } from '../domain/event.ts'
import type { Address } from '../domain/mail.ts'
import type { MailOfSomebody } from '../store/disclosures.ts'
import { eventIn, type KeptLink } from '../store/log.ts'
import type { Store } from '../store/store.ts'
import { isOut, type Scope } from './scope.ts'

/** What a person is told of, by ids: what is their own, and how many mails beside it are others'. */
export type OwnScope = Scope & { readonly others: number }

/** Whether a part is told to the person, by the answer that two people gave. */
export function isTold({ withheld }: Pick<DisclosureRequest, 'withheld'>, part: DisclosedPart) {
  return !withheld.some((one) => one.part === part)
}

/**
 * Of a case, what the person wrote themselves or was sent: mail from their own addresses, wherever
 * it lies, mail of ours to them, and what mail servers said of it. Everything else is others'.
 */
export async function ownScopeOf(
  store: Store,
  all: Scope,
  request: DisclosureRequest,
): Promise<OwnScope> {
  const rows = await store.kept.of('senderAddresses', 'senderId', all.members)
  const addresses = rows.map(({ address }) => address)
  const found = await store.disclosures.mails(all.members, addresses)
  const own = new Set(addresses)
  const mails: { id: string; threadId: string }[] = []
  for (const mail of found) {
    const { id, threadId } = mail
    if (await isTheirs(store, mail, own)) mails.push({ id, threadId })
  }
  const letters = await store.kept.of('letters', 'threadId', [...all.threadIds])
  const sent = letters.filter((letter) => isOut(letter) && isOwn(letter.toAddress, own))
  const told = isTold(request, 'mails') ? mails : []
  return {
    ...all,
    mails: told,
    mailIds: new Set(told.map(({ id }) => id)),
    letterIds: new Set(isTold(request, 'letters') ? sent.map(({ id }) => id) : []),
    others: found.filter((mail) => mail.own).length - mails.filter(inThreadsOf(all)).length,
  }
}

/** Whether an address is one of theirs, in whichever form a mail names it. */
function isOwn(address: string, own: ReadonlySet<string>): boolean {
  return own.has(canonicalAddress(address))
}

function inThreadsOf({ threadIds }: Scope) {
  return ({ threadId }: { readonly threadId: string }) => threadIds.has(threadId)
}

/** A copy of our own mail also names who got it unseen: such a one is not theirs to read. */
async function isTheirs(
  store: Store,
  { own, direction, fromAddress, to, cc, nature, rawSha256 }: MailOfSomebody,
  addresses: ReadonlySet<string>,
): Promise<boolean> {
  if (direction === 'in') {
    const isReport = nature === 'bounce' || nature === 'report'
    return isOwn(fromAddress, addresses) || (own && isReport)
  }
  const isTo = ({ address }: Address) => isOwn(address, addresses)
  if (!own || ![...to, ...cc].some(isTo)) return false
  const raw = await store.raws.find(rawSha256)
  return raw === null || !namesUnseen(raw)
}

function namesUnseen(raw: Buffer): boolean {
  const [header = ''] = raw.toString('latin1').split(/\r?\n\r?\n/, 1)
  return /^bcc:/im.test(header)
}

/**
 * Kinds of events that a person sees in full: that their mail came in and ours went out, and by
 * which bytes. Nobody of the staff is named in these.
 */
const shown: ReadonlySet<EventKind> = new Set<EventKind>([
  'message_received',
  'own_message_recorded',
  'bounce_received',
  'report_received',
  'sending_started',
])

/** The event of a link, where the person sees it. */
export function eventForPerson(link: KeptLink, { mailIds, letterIds }: Scope): Event | null {
  if (!shown.has(link.kind)) return null
  const event = eventIn(link.content)
  if (!event || event.by !== null) return null
  if (event.kind === 'sending_started') return letterIds.has(event.letterId) ? event : null
  return 'messageId' in event && mailIds.has(event.messageId ?? '') ? event : null
}
