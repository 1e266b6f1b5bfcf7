import { diffArrays } from 'diff'
import { differenceOf } from '../domain/difference.ts'

/** A stretch of two texts laid side by side. */
export type Stretch = { readonly kind: 'same' | 'gone' | 'added'; readonly text: string }

/** Edits looked for word by word; beyond, the texts have so little in common that lines say more. */
const editsMax = 4_000

/**
 * Words, blanks and signs one by one. The segmenter knows where Japanese words end, and English
 * ones at blanks, in one text as well.
 */
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })

/** What differs between two texts, word by word. */
export function wordDifference(before: string, after: string): Stretch[] {
  const changes = diffArrays(segmentsOf(before), segmentsOf(after), { maxEditLength: editsMax })
  if (!changes) return linesOf(before, after)
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'gone' : 'same',
    text: value.join(''),
  }))
}

function linesOf(before: string, after: string): Stretch[] {
  return differenceOf(before, after).map(({ kind, text }) => ({ kind, text: `${text}\n` }))
}

function segmentsOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}
