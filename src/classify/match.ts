import type { Bilingual, Exchange, ExchangeMessage, Span } from '../domain/assessment.ts'
import type { Finder } from './finder.ts'
import { originalSpan } from './normalise.ts'
import { type OwnWords, ownWordsOf, type ReadMail, readExchange } from './read.ts'
import type { Rule, RuleSet } from './rules.ts'

export type Hit = { readonly start: number; readonly end: number; readonly sentence: number }

type Hits = ReadonlyMap<string, readonly Hit[]>

/** The words of a mail with everything that the parts found in them, in both views. */
export type Heard = OwnWords & { readonly hits: { readonly spoken: Hits; readonly all: Hits } }

/** A mail in its place in the thread, with what the parts found in it. */
export type Scanned = { readonly mail: ReadMail; readonly spoken: Hits; readonly all: Hits }

/** One place where a rule holds. */
export type Occurrence = { readonly mail: ReadMail; readonly hits: readonly Hit[] }

/** Hits kept of one part in one mail: more of the same prove nothing further. */
const hitsMax = 50

/** Finds every part in the mails of an exchange; what was heard before is not worked out again. */
export function scan(exchange: Exchange, { finder, memo }: Pick<RuleSet, 'finder' | 'memo'>) {
  const read = readExchange(exchange, (message, withSubject) => {
    const key = `${withSubject ? message.subject : ''}\n\n${withSubject}\n${message.body}`
    return memo.recall(key, () => hear(message, withSubject, finder))
  })
  return read.map((mail): Scanned => ({ mail, ...mail.hits }))
}

function hear(message: ExchangeMessage, withSubject: boolean, finder: Finder): Heard {
  const words = ownWordsOf(message, withSubject)
  const spoken = hitsIn(words, words.spoken, finder)
  const all = words.all === words.spoken ? spoken : hitsIn(words, words.all, finder)
  return { ...words, hits: { spoken, all } }
}

/** Every place in the scanned mails where the words of a rule stand together. */
export function occurrences(rule: Rule, scanned: readonly Scanned[]): Occurrence[] {
  if (rule.reach === 'thread') return acrossThread(rule, scanned)
  return scanned.flatMap((one) => inMail(rule, one))
}

/** An occurrence as evidence in the original: one stretch where that stays readable, else several. */
export function spansOf(rule: Rule, { mail, hits }: Occurrence): Span[] {
  const sorted = hits.toSorted((a, b) => a.start - b.start)
  const spans: Span[] = []
  for (const hit of sorted) {
    const span = spanOf(rule, mail, hit)
    const last = spans.at(-1)
    if (last && last.field === span.field && span.start - last.end <= joinedGapMax) {
      spans[spans.length - 1] = withText(mail, { ...last, end: Math.max(last.end, span.end) })
    } else spans.push(span)
  }
  return spans
}

/** The first places of a sign, one a mail, as evidence in the original. */
export function spansOfSign(name: string, says: Bilingual, theirs: readonly Scanned[]): Span[] {
  return theirs
    .flatMap(({ mail, spoken }) =>
      (spoken.get(name) ?? []).slice(0, 1).map((hit) => ({ mail, hit })),
    )
    .slice(0, signPlacesMax)
    .map(({ mail, hit }) => spanOf({ id: `sign.${name}`, why: says }, mail, hit))
}

const signPlacesMax = 3

/** Parts this near to each other are shown as one stretch. */
const joinedGapMax = 24

function hitsIn(words: OwnWords, text: string, finder: Finder): Map<string, Hit[]> {
  const found = new Map<string, Hit[]>()
  finder.find(text, (name, start, end) => {
    const hits = found.get(name)
    const hit = { start, end, sentence: sentenceAt(words, end - 1) }
    if (!hits) found.set(name, [hit])
    else if (hits.length < hitsMax) hits.push(hit)
  })
  return found
}

function sentenceAt({ sentences }: OwnWords, place: number): number {
  let low = 0
  let high = sentences.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sentences[middle]?.end ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return low
}

function acrossThread(rule: Rule, scanned: readonly Scanned[]): Occurrence[] {
  const found = rule.when.map((alternatives) =>
    scanned
      .map((one) => ({ mail: one.mail, hits: hitsOf(rule, one, alternatives).slice(0, 1) }))
      .find(({ hits }) => hits.length > 0),
  )
  const cancelled = scanned.some((one) => hitsOf(rule, one, rule.unless).length > 0)
  return cancelled || found.includes(undefined) ? [] : found.filter((one) => one !== undefined)
}

function inMail(rule: Rule, one: Scanned): Occurrence[] {
  const hits = rule.when.map((alternatives) => hitsOf(rule, one, alternatives))
  if (hits.some(({ length }) => length === 0)) return []
  if (hitsOf(rule, one, rule.unlessMail).length > 0) return []
  const cancelling = hitsOf(rule, one, rule.unless)
  if (rule.reach === 'mail') {
    return cancelling.length > 0
      ? []
      : [{ mail: one.mail, hits: hits.flatMap((h) => h.slice(0, 2)) }]
  }
  const width = rule.reach === 'near' ? 1 : 0
  const taken = new Set<string>()
  return (hits[0] ?? []).flatMap((first) => {
    const together = togetherWith(first, hits.slice(1), width)
    if (!together || !isTight(together, rule.within)) return []
    if (cancelling.some(({ sentence }) => isWithin(together, sentence))) return []
    const key = together.map(({ sentence }) => sentence).join()
    if (taken.has(key)) return []
    taken.add(key)
    return [{ mail: one.mail, hits: together }]
  })
}

/** The nearest hit of every other part in reach of the first one, or null. */
function togetherWith(
  first: Hit,
  others: readonly (readonly Hit[])[],
  width: number,
): Hit[] | null {
  const together = [first]
  for (const hits of others) {
    const near = hits
      .filter(({ sentence }) => Math.abs(sentence - first.sentence) <= width)
      .toSorted((a, b) => distance(a, first) - distance(b, first))[0]
    if (!near) return null
    together.push(near)
  }
  return together
}

function isTight(hits: readonly Hit[], within: number): boolean {
  if (within === 0) return true
  const start = Math.min(...hits.map((hit) => hit.start))
  return Math.max(...hits.map((hit) => hit.end)) - start <= within
}

function isWithin(hits: readonly Hit[], sentence: number): boolean {
  return hits.some((hit) => hit.sentence === sentence)
}

function distance(a: Hit, b: Hit): number {
  return Math.abs(a.start - b.start)
}

function hitsOf(rule: Rule, one: Scanned, names: readonly string[]): readonly Hit[] {
  const view = rule.view === 'all' ? one.all : one.spoken
  const [name] = names
  if (names.length === 1 && name !== undefined) return view.get(name) ?? []
  return names.flatMap((each) => view.get(each) ?? [])
}

function spanOf(rule: Pick<Rule, 'id' | 'why'>, mail: ReadMail, hit: Hit): Span {
  const bodyAt = mail.subject.text.length + 1
  const inSubject = hit.start < bodyAt - 1
  const { start, end } = inSubject
    ? originalSpan(mail.subject, hit.start, Math.min(hit.end, bodyAt - 1))
    : originalSpan(mail.body, Math.max(0, hit.start - bodyAt), hit.end - bodyAt)
  const field = inSubject ? 'subject' : 'body'
  return withText(mail, {
    kind: 'span',
    rule: rule.id,
    why: rule.why,
    message: mail.index,
    field,
    start,
    end,
    text: '',
  })
}

function withText({ message }: ReadMail, span: Span): Span {
  return { ...span, text: message[span.field].slice(span.start, span.end) }
}
