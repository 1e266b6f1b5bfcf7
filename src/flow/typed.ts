import { typeOfFile, whyNotAttach } from '../domain/attachment.ts'
import type { Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import { whyNotHandle } from '../domain/target.ts'
import type { DraftKey, DraftKind, SavedDraft } from '../store/drafts.ts'
import { StaleWrite } from '../store/engine.ts'
import { sha256 } from '../store/sealing.ts'
import type { Upload } from '../store/uploads.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'

export type Typed = {
  readonly threadId: string
  readonly kind: DraftKind
  readonly words: Readonly<Record<string, string>>
  /** The version that the words were typed over; 0 over none. */
  readonly over: number
}

export type Saved =
  | { readonly kind: 'saved'; readonly draft: SavedDraft }
  /** Another page saved meanwhile: nothing was changed, and here is what it saved. */
  | { readonly kind: 'older'; readonly draft: SavedDraft }
  /** It was handed in or thrown away meanwhile. */
  | { readonly kind: 'gone' }
  | Refusal

/**
 * Keeps what somebody is typing. It is no state of the thread: in no event, seen by its author
 * only, and asked of nothing but whether they may write there at all.
 */
export async function saveTyped(house: House, typed: Typed, who: Person): Promise<Saved> {
  const { threadId, kind, words, over } = typed
  const refusal = await whyNotType(house, threadId, kind, who)
  if (refusal) return refusal
  const { drafts } = house.store
  const key = { personId: who.id, threadId, kind }
  const there = await drafts.find(key)
  if ((there?.version ?? 0) !== over)
    return there ? { kind: 'older', draft: there } : { kind: 'gone' }
  const draft = {
    ...key,
    id: there?.id ?? house.newId(),
    version: over + 1,
    words,
    savedAt: house.now(),
  }
  try {
    await drafts.save(draft, over)
    return { kind: 'saved', draft }
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    const newer = await drafts.find(key)
    return newer ? { kind: 'older', draft: newer } : { kind: 'gone' }
  }
}

/** Throws away what was typed, and files that were never handed in. */
export async function dropTyped(house: House, key: DraftKey): Promise<void> {
  await house.store.drafts.drop(key)
  if (key.kind !== 'reply') return
  const files = await house.store.uploads.pending(key.threadId, key.personId, null)
  for (const file of files) await house.store.uploads.remove(file)
}

/** A file as a form brings it. */
export type GivenFile = { readonly filename: string; readonly bytes: Buffer }

/** Puts files into a person's reply; one that cannot go refuses all of them. */
export async function attachFiles(
  house: House,
  to: { readonly threadId: string; readonly letterId: string | null },
  files: readonly GivenFile[],
  who: Person,
): Promise<Outcome> {
  const { threadId, letterId } = to
  const { uploads } = house.store
  const refusal = await whyNotType(house, threadId, 'reply', who)
  if (refusal) return refusal
  const there = await uploads.pending(threadId, who.id, await ownLetter(house, letterId, who))
  const added: { size: number }[] = [...there]
  for (const { filename, bytes } of files) {
    const size = bytes.length
    const flaw = whyNotAttach({ filename, size }, added)
    if (flaw) return flaw
    added.push({ size })
  }
  for (const { filename, bytes } of files) {
    const contentType = typeOfFile(filename) ?? 'application/octet-stream'
    const file = { filename, contentType, size: bytes.length, sha256: sha256(bytes) }
    const row = { id: house.newId(), threadId, personId: who.id, letterId: null, ...file }
    await uploads.add(row, bytes, house.now())
  }
  return done
}

/** Takes a file out of one's own reply. */
export async function detachFile(
  house: House,
  threadId: string,
  fileId: string,
  who: Person,
): Promise<Outcome> {
  const refusal = await whyNotType(house, threadId, 'reply', who)
  if (refusal) return refusal
  const file = await house.store.uploads.find(fileId)
  if (!file || file.threadId !== threadId || !(await isOwn(house, file, who))) {
    throw new NotFound('file', fileId)
  }
  await house.store.uploads.remove(file)
  return done
}

/** Before it is handed in a file is its uploader's; after that, the reply's author's once returned. */
async function isOwn(house: House, file: Upload, who: Person): Promise<boolean> {
  if (file.letterId === null) return file.personId === who.id
  return (await ownLetter(house, file.letterId, who)) !== null
}

/** The letter's id where that person is writing on it now. */
async function ownLetter(
  { store }: House,
  letterId: string | null,
  who: Person,
): Promise<string | null> {
  const letter = letterId === null ? null : await store.letters.find(letterId)
  if (!letter || letter.author !== who.id) return null
  return ['draft', 'returned', 'awaiting_approval'].includes(letter.state) ? letter.id : null
}

async function whyNotType(
  { store }: House,
  threadId: string,
  kind: DraftKind,
  who: Person,
): Promise<Refusal | null> {
  const loaded = await store.matters.find(threadId)
  if (!loaded) throw new NotFound('thread', threadId)
  const { thread } = loaded.matter
  if (thread.joinedInto !== null) return refuse('joined_away')
  return whyNotHandle(who, kind === 'reply' ? 'reply' : 'review', thread)
}
