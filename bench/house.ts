import { readConfig } from '../src/config.ts'
import { mailboxes } from '../src/demo/cast.ts'
import { type Person, type Role, roles, type Within } from '../src/domain/person.ts'
import type { House } from '../src/flow/house.ts'
import { openHouse, openLog } from '../src/house.ts'
import { addMailboxes } from '../src/parts.ts'
import { hashPassword } from '../src/password.ts'
import { openEngine } from '../src/store/store.ts'
import { fill } from './fill.ts'

export const password = 'kaede-minato-sora-512'

/** Somebody who may open every page. */
export const everybody = 'ito@mamori.example'

/** Somebody who reads and decides in the first mailbox alone. */
export const ofOneMailbox = 'mori@mamori.example'

/** The settings of a house with the demo's mailboxes. */
export const inbox = { ...readConfig({}), mailboxes }

/** The product on a database, without a word in the log. */
export function houseOn(databaseUrl: string): Promise<House> {
  const settings = { DATABASE_URL: databaseUrl, MAMORI_SECOND_FACTOR: 'nobody' }
  return openHouse(readConfig(settings), openLog('silent'))
}

/** Fills an empty database with people, mailboxes and so many threads. Returns how many mails. */
export async function fillInbox(databaseUrl: string, threads: number): Promise<number> {
  const house = await houseOn(databaseUrl)
  const { newId, store } = house
  const reviewers = await Promise.all([
    hire(house, 'sato@mamori.example', ['reviewer']),
    hire(house, 'suzuki@mamori.example', ['reviewer']),
    hire(house, 'tanaka@mamori.example', ['supervisor']),
    hire(house, everybody, roles),
  ])
  await addMailboxes(house, inbox)
  const boxes = await store.mailboxes.list()
  const box = boxes.slice(0, 1).map(({ id }) => id)
  await hire(house, ofOneMailbox, ['reviewer', 'supervisor'], { reviewer: box, supervisor: box })
  const head = await store.log.head()
  await store.close()
  const engine = await openEngine(databaseUrl, () => undefined)
  try {
    const [first, second] = reviewers
    const filling = {
      engine,
      threads,
      mailboxes: boxes,
      newId,
      reviewers: [first, second],
    } as const
    return await fill(filling, head)
  } finally {
    await engine.close()
  }
}

async function hire(
  { store, newId, now }: House,
  email: string,
  held: readonly Role[],
  within: Within = {},
): Promise<Person> {
  const person = { id: newId(), name: email, email, roles: held, within, language: 'ja' as const }
  const passwordHash = await hashPassword(password)
  await store.people.add({ ...person, passwordHash }, now(), null)
  return { ...person, disabledAt: null }
}
