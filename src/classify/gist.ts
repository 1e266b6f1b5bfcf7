import type { Assessment, Exchange, GistPart } from '../domain/assessment.ts'
export function gist(exchange: Exchange, assessment: Assessment): GistPart[] {
  return [
    { kind: 'nth_mail', n: exchange.messages.filter((m) => m.dir === 'in').length, days: 0 },
    ...assessment.categories.map(
      (c): GistPart => ({ kind: 'conduct', category: c.code, count: c.evidence.length }),
    ),
  ]
}
