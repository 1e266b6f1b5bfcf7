import type { Writable } from 'node:stream'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { Language } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import { type Bag, openBag } from './bag.ts'
import { chainLines, type Named, noteIds, staffIn } from './chain.ts'
import { readContents } from './contents.ts'
import { incidentLines, jsonList, letterLines, type Quotes, threadsJson } from './documents.ts'
import { EvidenceError } from './error.ts'
import { mailLines, type Take, writeMails } from './mails.ts'
import { pdfOf } from './pdf.ts'
import { readme } from './readme.ts'
import { reportOf } from './report.ts'
import type { Scope } from './scope.ts'

/** What a package is made of. */
export type Source = {
  readonly store: Store
  readonly take: Take
  readonly scope: Scope
  /** Covers every event of the case. */
  readonly checkpoint: Checkpoint
  readonly language: Language
  /** When it is exported: stands in `bag-info.txt` and nowhere else. */
  readonly at: string
}

export type Written = { readonly manifestSha256: string; readonly mails: number }

/**
 * Writes the case as a bag (BagIt 1.0) in a zip. Mails go through one by one. The same case gives
 * the same bytes but for the date of export and what lists its hash.
 */
export async function writePackage(source: Source, out: Writable): Promise<Written> {
  const { scope, at } = source
  const bag = openBag(`mamori-case-${scope.senderId}`, out)
  try {
    await fill(source, bag)
    const about = {
      'Bag-Software-Agent': 'Mamori',
      'Bagging-Date': at.slice(0, 10),
      'Mamori-Exported-At': at,
      'External-Identifier': scope.senderId,
    }
    return { manifestSha256: await bag.close(about), mails: scope.mails.length }
  } catch (error) {
    bag.abandon(error instanceof Error ? error : new EvidenceError(String(error)))
    throw error
  }
}

async function fill(source: Source, bag: Bag): Promise<void> {
  const { store, scope, checkpoint, language } = source
  const people = await store.people.list()
  const named: Named = { known: new Set(people.map(({ id }) => id)), found: new Set() }
  const contents = await readContents(store, scope)
  const add = (path: string, items: Parameters<typeof jsonList>[0]) =>
    bag.add(path, heard(jsonList(items), named))

  const absent = await writeMails(source, scope, bag)
  await bag.add('mails.json', jsonList(mailLines(store, scope, absent)))
  const quotes: Quotes = new Map()
  await bag.add('threads.json', heard(threadsJson(store, scope, contents, quotes), named))
  const incidents = incidentLines(contents)
  for (const { incident, file } of incidents) {
    const picture = file && (await store.incidents.picture(incident.id))
    if (file && picture) await bag.add(file, [picture.bytes])
  }
  await bag.add('sender.json', [`${JSON.stringify(contents.sender)}\n`])
  await add('incidents.json', incidents)
  const letters = letterLines(contents)
  for (const { file, rawSha256 } of letters) {
    const raw = file && rawSha256 && (await store.raws.find(rawSha256))
    if (file && raw) await bag.add(file, [raw])
  }
  await add('letters.json', letters)
  await add('measures.json', contents.measures)
  await bag.add('chain.jsonl', chainLines(store, scope, checkpoint, named))
  await bag.add('checkpoint.json', [`${JSON.stringify(checkpoint, null, 2)}\n`])
  await add('people.json', staffIn(named, people))
  const report = await reportOf(store, scope, { contents, quotes, checkpoint, people, language })
  await bag.add('report.html', [report.html])
  await bag.add('report.pdf', [await pdfOf(report.html, { language, at: checkpoint.at })])
  await bag.add('README.txt', [readme])
}

/** Pieces of JSON as they pass, with who of the staff is named in them. */
async function* heard(pieces: AsyncIterable<string>, named: Named): AsyncIterable<string> {
  for await (const piece of pieces) {
    noteIds(piece, named)
    yield piece
  }
}
