import type { Evidence, Span } from '../domain/assessment.ts'
import type { Category, Severity } from '../domain/category.ts'
import { partsOf } from './words.ts'

/** A span with what its rule spoke for, as the reader page needs it. */
export type ShieldedSpan = Span & { readonly category: Category; readonly severity: Severity }

/**
 * The spans of a category that a reader should choose to see: what rules saw. A sign is often an
 * ordinary word, and the customer's request stays in view; where no rule saw anything, signs count.
 */
export function hiding(evidence: readonly Evidence[]): Span[] {
  const spans = evidence.filter((one): one is Span => one.kind === 'span')
  const ofRules = spans.filter(({ rule }) => !rule.startsWith('sign.'))
  return ofRules.length > 0 ? ofRules : spans
}

/** A stretch of a body for the reader page; segments tile the body exactly. */
export type Segment =
  | {
      readonly kind: 'plain' | 'quoted' | 'signature'
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'shielded'
      readonly start: number
      readonly end: number
      readonly sentences: number
      readonly categories: readonly Category[]
      readonly severity: Severity
    }

type Stretch = { readonly start: number; readonly end: number }
type Shielded = Extract<Segment, { kind: 'shielded' }>

/**
 * Cuts a body into what may be shown and what is shielded: whole sentences around each span,
 * neighbours merged. Forwarded mail is shown as quoted.
 */
export function segmentsOf(body: string, spans: readonly ShieldedSpan[]): Segment[] {
  const inBody = spans.filter(({ field, start, end }) => field === 'body' && end > start)
  return partsOf(body).flatMap((part): Segment[] => {
    const { kind, start, end } = part
    if (kind === 'own') return ownSegments(body, part, inBody)
    return [{ kind: kind === 'signature' ? 'signature' : 'quoted', start, end }]
  })
}

/** Whether the subject holds something that a reader should choose to see. */
export function subjectShielded(spans: readonly ShieldedSpan[]): boolean {
  return spans.some(({ field }) => field === 'subject')
}

function ownSegments(body: string, part: Stretch, spans: readonly ShieldedSpan[]): Segment[] {
  return sentencesIn(body, part)
    .map((sentence) => segmentFor(sentence, spans))
    .reduce<Segment[]>(joined, [])
}

function segmentFor({ start, end }: Stretch, spans: readonly ShieldedSpan[]): Segment {
  const inside = spans.filter((span) => span.start < end && span.end > start)
  if (inside.length === 0) return { kind: 'plain', start, end }
  const severity = inside.reduce<Severity>(
    (most, one) => (one.severity > most ? one.severity : most),
    0,
  )
  const categories = [...new Set(inside.map(({ category }) => category))]
  return { kind: 'shielded', start, end, sentences: 1, categories, severity }
}

/** Puts a sentence to the segment before it where both are of one kind. */
function joined(segments: Segment[], next: Segment): Segment[] {
  const last = segments.at(-1)
  if (!last || last.kind !== next.kind) return [...segments, next]
  const rest = segments.slice(0, -1)
  if (last.kind === 'shielded' && next.kind === 'shielded') return [...rest, together(last, next)]
  return [...rest, { ...last, end: next.end }]
}

function together(a: Shielded, b: Shielded): Shielded {
  return {
    ...a,
    end: b.end,
    sentences: a.sentences + b.sentences,
    categories: [...new Set([...a.categories, ...b.categories])],
    severity: a.severity > b.severity ? a.severity : b.severity,
  }
}

const sentenceEnd = /[。！？!?\n][」』）)]?/g

function sentencesIn(body: string, { start, end }: Stretch): Stretch[] {
  const found: Stretch[] = []
  let from = start
  for (const match of body.slice(start, end).matchAll(sentenceEnd)) {
    const to = start + match.index + match[0].length
    found.push({ start: from, end: to })
    from = to
  }
  if (from < end) found.push({ start: from, end })
  return found
}
