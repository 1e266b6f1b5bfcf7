import type { FC } from 'hono/jsx'
import { hiding } from '../classify/shield.ts'
import type { Span } from '../domain/assessment.ts'
import type { Ctx } from './env.ts'
import { inLanguage } from './parts/chips.tsx'
import { type Judged, type PassageInfo, readWith } from './passages.ts'

/** Words that rules saw, by their place in the passage; neighbours that overlap are one. */
type Marked = { readonly start: number; readonly end: number; readonly numbers: readonly number[] }

/** What the rules saw in an opened passage of a mail's text: spans by their place in that text. */
export function seenIn(record: Judged, { messageId, place }: PassageInfo): readonly Span[] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(place) ?? []
  const assessed = readWith(record, messageId)
  if (from === undefined || to === undefined || !assessed) return []
  const { categories, flags } = assessed.result
  return [...categories, ...flags]
    .flatMap(({ evidence }) => hiding(evidence))
    .filter(({ message, field }) => field === 'body' && assessed.read[message] === messageId)
    .filter(({ start, end }) => start < Number(to) && end > Number(from))
}

/**
 * An opened passage with the words that rules saw, each with a number, and below them each rule in
 * plain words. `from` is where the passage begins in the text that the spans count in.
 */
export const MarkedWords: FC<{ c: Ctx; words: string; from: number; seen: readonly Span[] }> = ({
  c,
  words,
  from,
  seen,
}) => {
  const rules = [...new Map(seen.map((span) => [span.rule, span.why])).entries()]
  const numberOf = new Map(rules.map(([rule], at) => [rule, at + 1]))
  const marked = regions(seen, from, words.length, (rule) => numberOf.get(rule) ?? 0)
  return (
    <>
      <p class='words'>
        {marked.map(({ start, end, numbers }, at) => (
          <>
            {words.slice(marked[at - 1]?.end ?? 0, start)}
            <mark>
              {words.slice(start, end)}
              <sup>{numbers.join(' ')}</sup>
            </mark>
          </>
        ))}
        {words.slice(marked.at(-1)?.end ?? 0)}
      </p>
      {rules.length > 0 && (
        <ol class='seen' aria-label={c.var.text.reasons}>
          {rules.map(([, why]) => (
            <li>{inLanguage(why, c.var.language)}</li>
          ))}
        </ol>
      )}
    </>
  )
}

function regions(
  seen: readonly Span[],
  from: number,
  length: number,
  numberOf: (rule: string) => number,
): Marked[] {
  const placed = seen
    .map(({ start, end, rule }) => ({
      start: Math.max(0, start - from),
      end: Math.min(length, end - from),
      numbers: [numberOf(rule)],
    }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || a.end - b.end)
  const found: Marked[] = []
  for (const next of placed) {
    const last = found.at(-1)
    if (!last || next.start >= last.end) found.push(next)
    else {
      const numbers = [...new Set([...last.numbers, ...next.numbers])]
      found.splice(-1, 1, { ...last, end: Math.max(last.end, next.end), numbers })
    }
  }
  return found
}
