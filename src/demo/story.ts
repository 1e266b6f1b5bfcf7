import { borderline } from './story/borderline.ts'
import { business } from './story/business.ts'
import { departments } from './story/departments.ts'
import { disguised } from './story/disguised.ts'
import { firm } from './story/firm.ts'
import { harassment } from './story/harassment.ts'
import { households } from './story/households.ts'
import { mainStory } from './story/kuroiwa.ts'
import { legitimate } from './story/legitimate.ts'
import { machines } from './story/machines.ts'
import { ordinary } from './story/ordinary.ts'
import type { Theme, Told } from './story/told.ts'
import { bytesOf, dateOf, type Telling } from './writing.ts'

/** A mail of the story in its bytes, as the receiving server puts it into a folder. */
export type StoryMail = {
  readonly key: string
  readonly theme: Theme
  readonly folder: string
  /** The address of the writer. */
  readonly from: string
  readonly raw: Buffer
  readonly date: Date
  /** Seconds after the start, or null where it is there from the beginning. */
  readonly live: number | null
  /** Seconds after our first letter to the writer, or null where no letter is waited for. */
  readonly afterLetter: number | null
  /** The same mail as if it were sent at another time. */
  readonly sentAt: (date: Date) => Promise<Buffer>
}

/** Everything that is told, in no order. */
export const story: readonly Told[] = [
  ...ordinary,
  ...households,
  ...business,
  ...legitimate,
  ...firm,
  ...machines,
  ...mainStory,
  ...harassment,
  ...departments,
  ...borderline,
  ...disguised,
]

/** The story in bytes, oldest first; what comes in live is last. */
export async function storyMails(telling: Omit<Telling, 'told'>): Promise<StoryMail[]> {
  const whole = { ...telling, told: new Map(story.map((one) => [one.key, one])) }
  const mails = await Promise.all(story.map((one) => storyMail(one, whole)))
  return mails.sort(
    (a, b) => (a.live ?? -1) - (b.live ?? -1) || a.date.getTime() - b.date.getTime(),
  )
}

async function storyMail(one: Told, telling: Telling): Promise<StoryMail> {
  const { key, theme, folder = 'INBOX', address, live = null, afterLetter = null } = one
  const raw = await bytesOf(one, telling)
  const date = dateOf(one, telling)
  const sentAt = (at: Date) => {
    const minutesAgo = (telling.now.getTime() - at.getTime()) / 60_000
    return bytesOf({ ...one, minutesAgo, live: 0 }, telling)
  }
  return { key, theme, folder, from: address, raw, date, live, afterLetter, sentAt }
}
