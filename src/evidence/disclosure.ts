import type { Writable } from 'node:stream'
import type { DisclosureRequest } from '../domain/disclosure.ts'
import type { Policy } from '../domain/policy.ts'
import { textFor } from '../text/text.ts'
import type { Bag } from './bag.ts'
import { chainLines, type Named } from './chain.ts'
import { readme } from './disclosure.readme.ts'
import { recordOf } from './disclosure.record.ts'
import { reportForPerson } from './disclosure.report.ts'
import { eventForPerson, ownScopeOf } from './disclosure.scope.ts'
import { jsonList, letterFile } from './documents.ts'
import { mailLines, writeMails } from './mails.ts'
import { type Source, type Written, writeBag } from './package.ts'
import { pdfOf } from './pdf.ts'
import { withoutStaff } from './unnamed.ts'

/** What a package for the person themselves is made of, beside what every package is. */
export type DisclosureSource = Source & {
  readonly request: DisclosureRequest
  readonly policy: Pick<Policy, 'company' | 'retention'>
}

/**
 * Writes what is kept on a person, for that person, as a bag (BagIt 1.0) in a zip: what two people
 * answered that they are told. The same record gives the same bytes but for the date.
 */
export function writeDisclosure(source: DisclosureSource, out: Writable): Promise<Written> {
  const name = `mamori-disclosure-${source.scope.senderId}`
  return writeBag(name, source, {}, out, (bag) => fill(source, bag))
}

async function fill(source: DisclosureSource, bag: Bag): Promise<number> {
  const { store, scope: all, checkpoint, language, request, policy } = source
  const people = await store.people.list()
  const own = await ownScopeOf(store, all, request)
  const named = await store.kept.of('senders', 'id', all.members)
  const names = named.map(({ name }) => name)
  const word = `[${textFor(language).disclosure.report.staff}]`
  const staff = withoutStaff(people, names, { language, word })
  const periods = policy.retention
  const record = await recordOf(store, { all, own, request, people, periods, staff })

  const left = await writeMails(source, own, bag)
  await bag.add('mails.json', jsonList(mailLines(source, own, left)))
  const letters = await writeLetters(source, own.letterIds, bag)
  await writePictures(source, record.incidents, bag)
  await bag.add('record.json', [`${JSON.stringify(record, null, 2)}\n`])
  const linked = { store, scope: own, checkpoint, mask: source.mask, eventOf: eventForPerson }
  const nobody: Named = { known: new Set(), found: new Set() }
  await bag.add('chain.jsonl', chainLines(linked, nobody))
  await bag.add('checkpoint.json', [`${JSON.stringify(checkpoint, null, 2)}\n`])
  const lines = mailLines(source, own, left)
  const given = { record, lines, letters, checkpoint, language, company: policy.company }
  const report = await reportForPerson(own, given)
  await bag.add('report.html', [report.html])
  await bag.add('report.pdf', [await pdfOf(report.html, { language, at: checkpoint.at })])
  await bag.add('README.txt', [readme])
  return own.mails.length
}

/** A letter as the person got it. */
export type OwnLetter = Awaited<ReturnType<typeof writeLetters>>[number]

async function writeLetters({ store }: DisclosureSource, ids: ReadonlySet<string>, bag: Bag) {
  const rows = await store.kept.of('letters', 'id', [...ids])
  const made = await store.kept.of('outgoing', 'id', [...ids])
  const hashes = new Map(made.map(({ id, rawSha256 }) => [id, rawSha256]))
  const lines = []
  for (const [at, row] of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).entries()) {
    const { id, kind, state, subject, sentAt } = row
    const sha256 = hashes.get(id)
    const raw = sha256 === undefined ? null : await store.raws.find(sha256)
    const file = raw && letterFile(sha256 ?? '', at)
    if (file && raw) await bag.add(file, [raw])
    lines.push({ id, kind, state, subject, sentAt, file })
  }
  await bag.add('letters.json', jsonList(lines))
  return lines
}

async function writePictures(
  { store }: DisclosureSource,
  incidents: readonly { readonly id: string; readonly picture: string | null }[],
  bag: Bag,
): Promise<void> {
  for (const { id, picture: file } of incidents) {
    const picture = file && (await store.incidents.picture(id))
    if (file && picture) await bag.add(file, [picture.bytes])
  }
}
