import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Event } from '../domain/event.ts'
import type { Language, Person, Within } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { FactorAct, Swap } from './factors.ts'
import { personOf } from './rows.ts'
import { endedEvents, endings, insertion, openedEvent } from './sessions.ts'
import { people } from './tables.ts'

/** A person as sign-in needs them: with the hash of their password, which nothing else reads. */
export type Account = { readonly person: Person; readonly passwordHash: string }

export type NewPerson = Omit<Person, 'disabledAt' | 'within'> & {
  readonly within?: Within
  readonly passwordHash: string
}

export type People = {
  list(): Promise<Person[]>
  find(id: string): Promise<Person | null>
  account(email: string): Promise<Account | null>
  /** Names by id, for records of what people did. */
  names(): Promise<ReadonlyMap<string, string>>
  /** Ids of people who have not set a password yet. */
  withoutPassword(): Promise<string[]>
  add(person: NewPerson, at: Instant, by: string | null): Promise<void>
  disable(id: string, at: Instant, by: string | null): Promise<void>
  setLanguage(id: string, language: Language): Promise<void>
  /** Throws `StaleWrite` where the password was changed meanwhile. */
  changePassword(account: Account, hash: string, swap: Swap, act: FactorAct): Promise<void>
}

export function peopleIn(core: Core): People {
  const { db } = core
  return {
    async list() {
      return (await db.select().from(people).orderBy(asc(people.id))).map(personOf)
    },
    async find(id) {
      const [row] = await db.select().from(people).where(eq(people.id, id))
      return row ? personOf(row) : null
    },
    async account(email) {
      const [row] = await db.select().from(people).where(eq(people.email, email.toLowerCase()))
      return row ? { person: personOf(row), passwordHash: row.passwordHash } : null
    },
    async names() {
      const rows = await db.select({ id: people.id, name: people.name }).from(people)
      return new Map(rows.map(({ id, name }) => [id, name]))
    },
    async withoutPassword() {
      const none = eq(people.passwordHash, '')
      const rows = await db.select({ id: people.id }).from(people).where(none)
      return rows.map(({ id }) => id)
    },
    add: (person, at, by) => add(core, person, at, by),
    disable(id, at, by) {
      const event: Event = { kind: 'person_disabled', at, by, personId: id }
      return core.commit([event], (tx) => [
        tx
          .update(people)
          .set({ disabledAt: at })
          .where(and(eq(people.id, id), isNull(people.disabledAt)))
          .returning({ id: people.id }),
      ])
    },
    changePassword: (account, hash, swap, act) => changePassword(core, account, hash, swap, act),
    setLanguage(id, language) {
      return core.write((tx) => [
        tx.update(people).set({ language }).where(eq(people.id, id)).returning({ id: people.id }),
      ])
    },
  }
}

function add(core: Core, person: NewPerson, at: Instant, by: string | null): Promise<void> {
  const { id: personId, name, email, roles, within = {}, language, passwordHash } = person
  const row = { id: personId, name, email: email.toLowerCase(), within, language, passwordHash }
  const added = { kind: 'person_added', at, by, personId, name, email: row.email, roles } as const
  const event: Event = Object.keys(within).length === 0 ? added : { ...added, within }
  return core.commit([event], (tx) => [
    tx
      .insert(people)
      .values({ ...row, roles: [...roles] })
      .returning({ id: people.id }),
  ])
}

function changePassword(
  core: Core,
  { person, passwordHash: before }: Account,
  passwordHash: string,
  { old, next }: Swap,
  { at, by, ends }: FactorAct,
): Promise<void> {
  const { id: personId } = person
  const changed: Event = { kind: 'password_changed', at, by, personId, how: 'own' }
  const events = [changed, openedEvent(next), ...endedEvents(ends, 'password_changed', at, by)]
  return core.commit(events, (tx) => [
    tx
      .update(people)
      .set({ passwordHash })
      .where(and(eq(people.id, personId), eq(people.passwordHash, before)))
      .returning({ id: people.id }),
    ...endings(tx, [old, ...ends]),
    insertion(tx, next),
  ])
}
