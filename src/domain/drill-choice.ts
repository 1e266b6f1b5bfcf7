import { type Category, categories } from './category.ts'
import type { CaseRef, Expected, Pack } from './drill.ts'

/** Something that a drill may ask about. */
export type Candidate = Pick<Expected, 'outcome' | 'categories'> & { readonly ref: CaseRef }

/** Cases in one drill at most. */
const casesMax = 10
/** Of them, cases of the pack's own category; in a mixed pack, ordinary ones. */
const ofCategoryMax = 6
const ordinaryInMixed = 4
/** A pack of nothing but one category would tell the answer by its name. */
const othersLeast = 2

/** Names a case wherever it has to be told from others. */
export function keyOf(ref: CaseRef): string {
  return ref.kind === 'own' ? `own:${ref.code}` : `mail:${ref.threadId}:${ref.decisionId}`
}

/**
 * The cases of a new drill out of those not seen yet: the same ones for the same pool. Real cases
 * come before the product's own; their order tells nothing of what was decided.
 */
export function chooseCases(
  pool: readonly Candidate[],
  pack: Pack,
  seen: ReadonlySet<string>,
): CaseRef[] {
  const unseen = pool.filter(({ ref }) => !seen.has(keyOf(ref))).toSorted(inOrder)
  const chosen = pack === 'mixed' ? mixed(unseen) : ofCategory(unseen, pack)
  return chosen.map(({ ref }) => ref).toSorted((a, b) => scattered(a) - scattered(b))
}

/** How many cases of a pack somebody has not seen. */
export function unseenOf(
  pool: readonly Candidate[],
  pack: Pack,
  seen: ReadonlySet<string>,
): number {
  const wanted = pool.filter((one) => pack === 'mixed' || one.categories.includes(pack))
  return wanted.filter(({ ref }) => !seen.has(keyOf(ref))).length
}

function ofCategory(unseen: readonly Candidate[], code: Category): Candidate[] {
  const own = unseen.filter((one) => one.categories.includes(code)).slice(0, ofCategoryMax)
  if (own.length === 0) return []
  const ordinary = unseen.filter(({ outcome }) => outcome === 'ordinary')
  const elsewhere = unseen.filter((one) => !own.includes(one) && !ordinary.includes(one))
  const room = Math.min(casesMax - own.length, Math.max(othersLeast, own.length))
  return [...own, ...[...ordinary, ...elsewhere].slice(0, room)]
}

function mixed(unseen: readonly Candidate[]): Candidate[] {
  const ordinary = unseen.filter(({ outcome }) => outcome === 'ordinary').slice(0, ordinaryInMixed)
  const harassment = inTurns(unseen).slice(0, casesMax - ordinary.length)
  const rest = unseen.filter((one) => !ordinary.includes(one) && !harassment.includes(one))
  return [...ordinary, ...harassment, ...rest].slice(0, casesMax)
}

/** One of each category, then a second one of each: those with the most unseen cases first. */
function inTurns(unseen: readonly Candidate[]): Candidate[] {
  const groups = categories
    .map((code) => unseen.filter((one) => one.categories[0] === code))
    .toSorted((a, b) => b.length - a.length)
  const longest = groups[0]?.length ?? 0
  return Array.from({ length: longest }, (_, n) => groups.flatMap((group) => group[n] ?? [])).flat()
}

function inOrder(a: Candidate, b: Candidate): number {
  const own = Number(a.ref.kind === 'own') - Number(b.ref.kind === 'own')
  return own || scattered(a.ref) - scattered(b.ref)
}

/** A number that follows from the name alone and from nothing that was decided (FNV-1a). */
function scattered(ref: CaseRef): number {
  const start = 2_166_136_261
  return [...keyOf(ref)].reduce(
    (sum, sign) => Math.imul(sum ^ (sign.codePointAt(0) ?? 0), 16_777_619) >>> 0,
    start,
  )
}
