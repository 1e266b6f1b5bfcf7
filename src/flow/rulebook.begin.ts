import type { PolicySource, RuleContent } from '../domain/rule-change.ts'
import { compilePolicy, type LoadedPolicy, PolicyError, readPolicy } from '../policy.ts'
import { filesIdOf, type Reign } from '../store/rule-sets.ts'
import type { Store } from '../store/store.ts'

/** The rules that this process works by. */
export type InForce = LoadedPolicy & {
  readonly content: RuleContent
  /** Hash of the files on the disk that they were decided over. */
  readonly filesId: string
}

export type Beginning = InForce & {
  /** The files are others than those that were in force. */
  readonly others: boolean
  /** Why people's changes, or the files, are not in force; null where all is. */
  readonly trouble: readonly string[] | null
}

/**
 * What to begin with: the files with people's changes on top, or the last good set where those do
 * not fit together any more. Throws `PolicyError` where a file is broken by itself.
 */
export async function beginning(store: Store, files: readonly PolicySource[]): Promise<Beginning> {
  const reign = await store.ruleSets.current()
  const filesId = filesIdOf(files)
  const plain = { files, overlays: [] }
  if (!reign) return begin(plain, filesId)
  const last = await contentOf(store, reign)
  const wanted = reign.filesId === filesId ? last : { files, overlays: last.overlays }
  try {
    return begin(wanted, filesId, wanted !== last)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    // A file that is broken by itself stops the start here, with its own mistakes.
    const bare = begin(plain, filesId, false)
    return { ...(usable(last, reign) ?? bare), others: false, trouble: error.mistakes }
  }
}

function begin(content: RuleContent, filesId: string, others = true): Beginning {
  return { ...compilePolicy(content), content, filesId, others, trouble: null }
}

/** The rule set of a reign; null where this version of the product cannot use it. */
export async function rulesOf(store: Store, reign: Reign): Promise<InForce | null> {
  return usable(await contentOf(store, reign), reign)
}

async function contentOf(store: Store, { ruleSet }: Reign): Promise<RuleContent> {
  const content = await store.ruleSets.content(ruleSet)
  if (!content) throw new Error(`rule set ${ruleSet} is missing: the database is damaged`)
  return content
}

function usable(content: RuleContent, { filesId }: Reign): InForce | null {
  try {
    return { ...compilePolicy(content), content, filesId }
  } catch (error) {
    // A newer product may refuse what an older one took: then the files alone are in force.
    if (error instanceof PolicyError) return null
    throw error
  }
}

export type FilesRead =
  | { readonly files: PolicySource[] }
  | { readonly mistakes: readonly string[] }

/** The files as they lie there, or why they cannot be read. */
export function filesIn(folder: string): FilesRead {
  try {
    return { files: readPolicy(folder) }
  } catch (error) {
    if (error instanceof PolicyError) return { mistakes: error.mistakes }
    throw error
  }
}
