import { may, type Person } from '../domain/person.ts'
import { refuse } from '../domain/step.ts'
import { fetchPicture } from '../outside/picture.ts'
import { StaleWrite } from '../store/engine.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'

/**
 * Has pictures that a sender's mail shows from elsewhere loaded, or no more. Loading tells the
 * sender that the mail was opened: so it is a supervisor who weighs that, for one sender at a time.
 */
export async function allowPictures(
  house: House,
  senderId: string,
  allow: boolean,
  who: Person,
): Promise<Outcome> {
  const { store } = house
  if (!may(who, 'allow_pictures')) return refuse('not_allowed')
  if (!(await store.senders.find(senderId))) throw new NotFound('sender', senderId)
  const at = house.now()
  const about = { at, by: who.id, senderId } as const
  try {
    if (allow) {
      const sender = { senderId, allowedBy: who.id, allowedAt: at }
      await store.pictureSenders.allow(sender, { ...about, kind: 'pictures_allowed' })
    } else await store.pictureSenders.stop(senderId, { ...about, kind: 'pictures_stopped' })
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('changed_meanwhile')
    throw error
  }
  return done
}

/** One mail's pictures from elsewhere: more of them, or larger ones, are left out. */
const picturesMax = 30
const atOnce = 6
const bytesMax = 6 * 1024 * 1024

/** Fetches pictures by their addresses; what cannot be had is not among them. */
export async function picturesFrom(
  house: House,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>()
  const waiting = addresses.slice(0, picturesMax)
  let left = bytesMax
  const fetchers = Array.from({ length: atOnce }, async () => {
    for (let next = waiting.shift(); next !== undefined && left > 0; next = waiting.shift()) {
      const answer = await fetchPicture(next, house.outsidePictures)
      if (answer.kind === 'failed') house.log.info({ why: answer.why }, 'a picture was not loaded')
      else if (answer.bytes.length <= left) {
        left -= answer.bytes.length
        found.set(next, answer.bytes)
      }
    }
  })
  await Promise.all(fetchers)
  return found
}
