import type { Span } from '../domain/assessment.ts'
import type { Category, Severity } from '../domain/category.ts'
import { partsOf } from './words.ts'
export type ShieldedSpan = Span & { readonly category: Category; readonly severity: Severity }
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
export function segmentsOf(body: string, spans: readonly ShieldedSpan[]): Segment[] {
  const out: Segment[] = []
  for (const part of partsOf(body)) {
    if (part.kind !== 'own') {
      out.push({
        kind: part.kind === 'signature' ? 'signature' : 'quoted',
        start: part.start,
        end: part.end,
      })
      continue
    }
    let at = part.start
    const re = /[^。！？!?\n]*[。！？!?\n]+|[^。！？!?\n]+/g
    const text = body.slice(part.start, part.end)
    for (const m of text.matchAll(re)) {
      const start = part.start + m.index,
        end = start + m[0].length
      const hits = spans.filter((s) => s.start < end && s.end > start)
      const last = out.at(-1)
      if (hits.length > 0) {
        const categories = [...new Set(hits.map((h) => h.category))]
        const severity = Math.max(...hits.map((h) => h.severity)) as Severity
        if (last?.kind === 'shielded' && last.end === start)
          out[out.length - 1] = {
            ...last,
            end,
            sentences: last.sentences + 1,
            categories: [...new Set([...last.categories, ...categories])],
            severity: Math.max(severity, last.severity) as Severity,
          }
        else out.push({ kind: 'shielded', start, end, sentences: 1, categories, severity })
      } else if (last?.kind === 'plain' && last.end === start)
        out[out.length - 1] = { ...last, end }
      else out.push({ kind: 'plain', start, end })
      at = end
    }
    if (at < part.end) out.push({ kind: 'plain', start: at, end: part.end })
  }
  return out
}
