import { canonicalAddress } from '../domain/address.ts'
import type { Event } from '../domain/event.ts'
import type { RowOf } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import { differences } from './verify.rows.ts'
import type { OfThreads } from './verify.threads.ts'
import { storedViewHash } from './view-hash.ts'

type Received = Extract<Event, { rawSha256: string }>
type ThreadErased = Extract<Event, { kind: 'thread_erased' }>

/** Which address is whose, as far as mail shows it. */
export type Addresses = {
  /** `address sender` of mail that came in, and `address` of mail that we wrote to. */
  readonly seen: Set<string>
}

/** Mails compared at a time: their texts may be long. */
const mailsPerPage = 100

/**
 * What is shown of each mail: by which mailbox it came, whose it was held to be, whether it was
 * muted, and every word and file that was read from its bytes.
 */
export async function flawsOfViews(
  store: Store,
  of: OfThreads,
  addresses: Addresses,
): Promise<string[]> {
  const here = new Set(of.ids)
  const said = mailsSaid(of)
  const ids = [...said.keys()].filter((id) => here.has(of.places.get(id) ?? ''))
  const flaws: string[] = []
  for (let from = 0; from < ids.length; from += mailsPerPage) {
    const some = ids.slice(from, from + mailsPerPage)
    const rows = await store.kept.of('messages', 'id', some)
    const files = Map.groupBy(
      await store.kept.of('attachments', 'messageId', some),
      ({ messageId }) => messageId,
    )
    for (const row of rows) {
      const mail = said.get(row.id)
      if (mail) flaws.push(...flawsOfView(row, files.get(row.id) ?? [], mail))
    }
    flaws.push(...(await flawsOfAddresses(store, rows, said, addresses)))
  }
  return flaws
}

type Mail = {
  readonly received: Received
  readonly identity: string | null
  readonly viewSha256: string | undefined
  /** Its words went by an erasure that names it. */
  readonly erased: boolean
}

function mailsSaid({ around }: OfThreads): Map<string, Mail> {
  const said = new Map<string, Mail>()
  for (const event of around) {
    if ('rawSha256' in event) {
      const identity = event.kind === 'message_received' ? event.identity : null
      const { viewSha256 } = event
      said.set(event.messageId, { received: event, identity, viewSha256, erased: false })
    }
    if (event.kind === 'thread_erased') noteErased(said, event)
    if (event.kind !== 'identity_rechecked' && event.kind !== 'message_reread') continue
    const known = said.get(event.messageId)
    if (known) said.set(event.messageId, { ...known, ...changedBy(event) })
  }
  return said
}

function noteErased(said: Map<string, Mail>, { messages }: ThreadErased): void {
  for (const { id } of messages) {
    const known = said.get(id)
    if (known) said.set(id, { ...known, erased: true })
  }
}

function changedBy(event: Extract<Event, { kind: 'identity_rechecked' | 'message_reread' }>) {
  if (event.kind === 'message_reread') return { viewSha256: event.viewSha256 }
  return { identity: event.identity }
}

function flawsOfView(
  row: RowOf<'messages'>,
  files: readonly RowOf<'attachments'>[],
  { received, identity, viewSha256, erased }: Mail,
): string[] {
  const muted = 'mutedBy' in received ? received.mutedBy : null
  const nature = received.kind === 'message_received' ? received.nature : row.nature
  const said = {
    mailboxId: received.mailboxId,
    direction: received.kind === 'own_message_recorded' ? 'out' : 'in',
    identity: identity ?? row.identity,
    ...{ mutedBy: muted, nature, erased },
  }
  const { id, mailboxId, direction, identity: shown, mutedBy, nature: kind } = row
  const stored = { mailboxId, direction, identity: shown, mutedBy, nature: kind }
  const kept = { ...stored, erased: row.erasedAt !== null }
  const same = differences('message', [[id, kept]], new Map([[id, said]]))
  if (erased) {
    return isEmpty(row, files) ? same : [...same, `message ${id} was erased, and shows words`]
  }
  if (viewSha256 === undefined || storedViewHash(row, files) === viewSha256) return same
  return [...same, `message ${row.id} does not show what was read from its bytes`]
}

/** Words, names and files are gone; addresses and times stay. */
function isEmpty(row: RowOf<'messages'>, files: readonly unknown[]): boolean {
  const { subject, text, fromName, html, header, cc, enclosures, to } = row
  const words = [subject, text, fromName, ...to.map(({ name }) => name)]
  return (
    words.every((one) => one === '') &&
    html === null &&
    header === null &&
    cc.length + enclosures.length + files.length === 0
  )
}

/** An address whose mail is proven is its sender's: a mute follows it. */
async function flawsOfAddresses(
  { kept }: Store,
  rows: readonly RowOf<'messages'>[],
  said: ReadonlyMap<string, Mail>,
  { seen }: Addresses,
): Promise<string[]> {
  const proven = new Map<string, string>()
  for (const { id, direction, fromAddress, to } of rows) {
    if (direction === 'out') seen.add(canonicalAddress(to[0]?.address ?? ''))
    const mail = said.get(id)
    if (mail?.received.kind !== 'message_received') continue
    const address = canonicalAddress(fromAddress)
    seen.add(`${address} ${mail.received.senderId}`)
    if (mail.identity === 'verified') proven.set(address, mail.received.senderId)
  }
  const known = await kept.of('senderAddresses', 'address', [...proven.keys()])
  const owners = new Map(known.map(({ address, senderId }) => [address, senderId]))
  return [...proven]
    .filter(([address, senderId]) => owners.get(address) !== senderId)
    .map(([, senderId]) => `an address of sender ${senderId} is not theirs any more`)
}

/** Addresses that no mail shows to be their sender's. */
export async function flawsOfUnseen({ kept }: Store, { seen }: Addresses): Promise<string[]> {
  const flaws: string[] = []
  for await (const { address, senderId } of kept.rows('senderAddresses')) {
    if (seen.has(`${address} ${senderId}`) || seen.has(address)) continue
    flaws.push(`an address of sender ${senderId} is in no mail of theirs`)
  }
  return flaws
}
