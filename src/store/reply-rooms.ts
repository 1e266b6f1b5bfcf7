import type { Core } from './core.ts'
import { type Drafts, draftsIn } from './drafts.ts'
import { type LetterVersions, letterVersionsIn } from './letter-versions.ts'
import { type Uploads, uploadsIn } from './uploads.ts'
import { type Wordings, wordingsIn } from './wordings.ts'

/** What replies are made of. */
export type ReplyRooms = {
  readonly drafts: Drafts
  readonly letterVersions: LetterVersions
  readonly uploads: Uploads
  readonly wordings: Wordings
}

export function replyRoomsIn(core: Core): ReplyRooms {
  return {
    drafts: draftsIn(core),
    letterVersions: letterVersionsIn(core),
    uploads: uploadsIn(core),
    wordings: wordingsIn(core),
  }
}
