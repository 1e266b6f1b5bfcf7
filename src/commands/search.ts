import type { House } from '../flow/house.ts'
import { textFor } from '../text/text.ts'
import type { Excerpt } from '../web/excerpt.ts'
import { type FoundThread, find } from '../web/found.ts'
import { type Io, printJson, readArgs, UsageError } from './command.ts'

/** Threads that are read unless more are asked for, and at most. */
const limitUsual = 50
const limitMax = 10_000

/**
 * `search WORDS --json`: threads with a mail that fulfils the query, newest first, in the syntax of
 * the search page. Like the page it shows no shielded word; muted mail is found without its words.
 */
export async function search(house: House, args: readonly string[], io: Io): Promise<void> {
  const options = { json: { type: 'boolean' }, limit: { type: 'string' } } as const
  const { values, positionals } = readArgs(args, options)
  const typed = positionals.join(' ').trim()
  if (typed === '') throw new UsageError('search needs words to look for')
  const asked = { after: null, limit: limitOf(values.limit), seeMuted: true, reach: 'all' } as const
  const answer = await find(house, typed, 'en', asked)
  if (answer.kind === 'wrong') throw new UsageError(textFor('en').queryFault(answer.fault))
  const rows = answer.threads.map(rowOf)
  if (values.json) return printJson(io, rows)
  for (const { id, date, subject, snippet } of rows) {
    io.stdout.write(`${id}  ${date}  ${subject ?? '(shielded)'}  ${snippet ?? ''}\n`)
  }
}

function limitOf(given: string | undefined): number {
  const limit = Number(given ?? limitUsual)
  if (Number.isInteger(limit) && limit >= 1 && limit <= limitMax) return limit
  throw new UsageError(`--limit ${given}: use a whole number from 1 to ${limitMax}`)
}

function rowOf({ item, mail, messageIds, excerpt }: FoundThread) {
  const { id, subject, state, severity, categories, flags, lastAt } = item
  return {
    id,
    subject,
    from: mail.fromAddress,
    fromName: mail.fromName,
    to: mail.to.map(({ address }) => address),
    date: mail.sentAt,
    lastAt,
    state,
    categories,
    severity,
    flags,
    messages: messageIds,
    ...snippetOf(excerpt),
  }
}

/** The words around the first hit with the places of all hits in them, in UTF-16 units. */
function snippetOf(excerpt: Excerpt) {
  const shielded = excerpt.kind === 'kept_back' || excerpt.kind === 'muted'
  if (excerpt.kind !== 'words') return { snippet: null, marks: [], shielded }
  let snippet = ''
  const marks: [number, number][] = []
  for (const { text, hit } of excerpt.words) {
    if (hit) marks.push([snippet.length, snippet.length + text.length])
    snippet += text
  }
  return { snippet, marks, shielded }
}
