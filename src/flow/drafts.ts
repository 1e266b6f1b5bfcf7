import type { Draft } from './desk.ts'
import type { House } from './house.ts'

/** Joined threads followed one into the other: people do not join so often. */
const hopsMax = 20

/** The thread as a draft; of one that was joined into another one, the thread that has its mail. */
export async function loadDraft(
  house: House,
  drafts: Map<string, Draft>,
  threadId: string,
): Promise<Draft | null> {
  let id = threadId
  for (let hop = 0; hop < hopsMax; hop += 1) {
    if (!drafts.has(id)) await loadDrafts(house, drafts, [id])
    const draft = drafts.get(id)
    if (!draft) return null
    const next = draft.matter.thread.joinedInto
    if (next === null) return draft
    id = next
  }
  return null
}

/** Puts threads on the desk as they are kept; many at once cost hardly more than one. */
export async function loadDrafts(
  { store }: House,
  drafts: Map<string, Draft>,
  threadIds: readonly string[],
): Promise<void> {
  const missing = [...new Set(threadIds)].filter((id) => !drafts.has(id))
  const matters = await store.matters.findAll(missing)
  const filed = await store.threads.filed([...matters.keys()])
  for (const [id, thread] of filed) {
    const loaded = matters.get(id)
    if (loaded) drafts.set(id, { ...thread, ...loaded, heard: null, others: false })
  }
}
