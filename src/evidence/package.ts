import type { Writable } from 'node:stream'
import type { Checkpoint } from '../domain/checkpoint.ts'
import { type Bag, openBag } from './bag.ts'
import { chainLines, type Named, noteIds, staffIn } from './chain.ts'
import { type Contents, readContents } from './contents.ts'
import { incidentLines, jsonList, letterLines, type Quotes, threadsJson } from './documents.ts'
import { EvidenceError } from './error.ts'
import { mailLines, type Passing, writeMails } from './mails.ts'
import { maskedLetter } from './masked.ts'
import { pdfOf } from './pdf.ts'
import { readme } from './readme.ts'
import { reportOf } from './report.ts'
import type { Scope } from './scope.ts'

/** What a package is made of. */
export type Source = Passing & {
  readonly scope: Scope
  /** Covers every event of the case. */
  readonly checkpoint: Checkpoint
  /** When it is exported: stands in `bag-info.txt` and nowhere else. */
  readonly at: string
}

export type Written = { readonly manifestSha256: string; readonly mails: number }

/**
 * Writes the case as a bag (BagIt 1.0) in a zip. Mails go through one by one. The same case gives
 * the same bytes but for the date of export and what lists its hash.
 */
export function writePackage(source: Source, out: Writable): Promise<Written> {
  const { scope, mask } = source
  const about = mask.people > 0 ? { 'Mamori-Masked': String(mask.people) } : {}
  return writeBag(`mamori-case-${scope.senderId}`, source, about, out, async (bag) => {
    await fill(source, bag)
    return scope.mails.length
  })
}

/** Writes a bag about a sender, under that name; what fills it says how many mails it put in. */
export async function writeBag(
  name: string,
  { scope, at }: Pick<Source, 'scope' | 'at'>,
  more: Readonly<Record<string, string>>,
  out: Writable,
  fillIt: (bag: Bag) => Promise<number>,
): Promise<Written> {
  const bag = openBag(name, out)
  try {
    const mails = await fillIt(bag)
    const about = {
      'Bag-Software-Agent': 'Mamori',
      'Bagging-Date': at.slice(0, 10),
      'Mamori-Exported-At': at,
      'External-Identifier': scope.senderId,
      ...more,
    }
    return { manifestSha256: await bag.close(about), mails }
  } catch (error) {
    bag.abandon(error instanceof Error ? error : new EvidenceError(String(error)))
    throw error
  }
}

async function fill(source: Source, bag: Bag): Promise<void> {
  const { store, scope, checkpoint, language, mask } = source
  const people = await store.people.list()
  const named: Named = { known: new Set(people.map(({ id }) => id)), found: new Set() }
  const whole = await readContents(store, scope)
  // The case is about the sender: nobody else can be found by what it says of them.
  const contents = { ...mask.value(whole), sender: whole.sender }
  const add = (path: string, items: Parameters<typeof jsonList>[0]) =>
    bag.add(path, heard(jsonList(items), named))

  const left = await writeMails(source, scope, bag)
  await bag.add('mails.json', jsonList(mailLines(source, scope, left)))
  const quotes: Quotes = new Map()
  await bag.add('threads.json', heard(threadsJson(source, contents, quotes), named))
  await bag.add('sender.json', [`${JSON.stringify(contents.sender)}\n`])
  await add('incidents.json', mask.value(await writeIncidents(source, whole, bag)))
  await add('letters.json', mask.value(await writeLetters(source, whole, bag)))
  await add('measures.json', contents.measures)
  await bag.add('chain.jsonl', chainLines({ store, scope, checkpoint, mask }, named))
  await bag.add('checkpoint.json', [`${JSON.stringify(checkpoint, null, 2)}\n`])
  await add('people.json', staffIn(named, people))
  const hidden = { people: mask.people, mails: left.masked }
  const of = { contents, quotes, checkpoint, people, language, hidden }
  const report = await reportOf(store, scope, of)
  await bag.add('report.html', [report.html])
  await bag.add('report.pdf', [await pdfOf(report.html, { language, at: checkpoint.at })])
  await bag.add('README.txt', [readme])
}

/** Pictures of incidents; one whose account names somebody hidden stays out, as it may show them. */
async function writeIncidents({ store, mask }: Source, contents: Contents, bag: Bag) {
  const lines: (ReturnType<typeof incidentLines>[number] & { masked: boolean })[] = []
  for (const line of incidentLines(contents)) {
    const masked = mask.holds(JSON.stringify(line))
    const { file } = line
    lines.push({ ...line, file: masked ? null : file, masked })
    const picture = file && !masked && (await store.incidents.picture(line.incident.id))
    if (file && picture) await bag.add(file, [picture.bytes])
  }
  return lines
}

async function writeLetters({ store, mask, language }: Source, contents: Contents, bag: Bag) {
  const lines: (ReturnType<typeof letterLines>[number] & { masked: string | null })[] = []
  for (const letter of letterLines(contents)) {
    const { file, rawSha256 } = letter
    const raw = file && rawSha256 ? await store.raws.find(rawSha256) : null
    const hidden = raw && (mask.holds(JSON.stringify(letter)) || mask.holds(raw.toString('latin1')))
    if (file && hidden) {
      const masked = file.replace(/\.eml$/, '.masked.txt')
      await bag.add(masked, [maskedLetter(letter, raw, mask, language)])
      lines.push({ ...letter, file: null, masked })
      continue
    }
    if (file && raw) await bag.add(file, [raw])
    lines.push({ ...letter, masked: null })
  }
  return lines
}

/** Pieces of JSON as they pass, with who of the staff is named in them. */
async function* heard(pieces: AsyncIterable<string>, named: Named): AsyncIterable<string> {
  for await (const piece of pieces) {
    noteIds(piece, named)
    yield piece
  }
}
