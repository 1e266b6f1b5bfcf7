import { and, count, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { FactorKind } from '../domain/account-event.ts'
import type { Event } from '../domain/event.ts'
import type { Factors } from '../domain/session.ts'
import type { Instant } from '../domain/time.ts'
import type { Core } from './core.ts'
import type { Tx, Write } from './engine.ts'
import { endedEvents, endings, insertion, openedEvent, type Session } from './sessions.ts'
import { passkeys, recoveryCodes, totps } from './tables.ts'

/** A secret that an app makes one-time codes from. */
export type Totp = {
  readonly personId: string
  readonly secret: string
  readonly confirmedAt: Instant | null
  readonly lastStep: number
}

/** The session before and after something was proven. */
export type Swap = { readonly old: Session; readonly next: Session }

/** Who does it, and which other sessions end with it. */
export type FactorAct = {
  readonly at: Instant
  readonly by: string | null
  readonly ends: readonly Session[]
}

export type FactorStore = {
  of(personId: string): Promise<Factors & { readonly codesLeft: number }>
  totp(personId: string): Promise<Totp | null>
  /** Keeps a secret that counts for nothing before it is confirmed. */
  beginTotp(personId: string, sealed: string): Promise<void>
  /** From now on codes of this secret are asked for; `codes` are hashes of recovery codes. */
  confirmTotp(
    totp: Totp,
    step: number,
    codes: readonly string[],
    swap: Swap,
    act: FactorAct,
  ): Promise<void>
  /** Throws `StaleWrite` where that code, or a newer one, was used already. */
  useTotp(totp: Totp, step: number, swap: Swap): Promise<void>
  /** Throws `StaleWrite` where there is no such code, or it was used already. */
  useRecoveryCode(hash: string, swap: Swap): Promise<void>
  renewCodes(personId: string, codes: readonly string[], act: FactorAct): Promise<void>
  removeTotp(personId: string, act: FactorAct): Promise<void>
  totps(): Promise<Totp[]>
  /** Keeps the same secret sealed anew, with another key. */
  reseal(totp: Totp, secret: string): Promise<void>
}

export function factorsIn(core: Core): FactorStore {
  return {
    of: (personId) => factorsOf(core, personId),
    totp: (personId) => totpOf(core, personId),
    beginTotp: (personId, sealed) => beginTotp(core, personId, sealed),
    confirmTotp: (totp, step, codes, swap, act) => confirm(core, totp, step, codes, swap, act),
    useTotp(totp, step, { old, next }) {
      return core.commit([openedEvent(next)], (tx) => [
        stepped(tx, totp, step, {}),
        ...endings(tx, [old]),
        insertion(tx, next),
      ])
    },
    useRecoveryCode(hash, { old, next }) {
      const { personId, createdAt: at } = next
      const used: Event = { kind: 'recovery_code_used', at, by: personId, personId }
      return core.commit([used, openedEvent(next)], (tx) => [
        codeUse(tx, hash, personId, at),
        ...endings(tx, [old]),
        insertion(tx, next),
      ])
    },
    async renewCodes(personId, codes, { at, by }) {
      const before = await codesOf(core, personId)
      await core.commit([{ kind: 'recovery_codes_made', at, by, personId }], (tx) =>
        codeWrites(tx, personId, before, codes),
      )
    },
    totps: async () => core.db.select().from(totps),
    reseal: (totp, secret) => reseal(core, totp, secret),
    async removeTotp(personId, act) {
      const before = await codesOf(core, personId)
      await core.commit([removed(personId, 'totp', '', act), ...endedBy(act)], (tx) => [
        tx.delete(totps).where(eq(totps.personId, personId)).returning({ id: totps.personId }),
        ...codeWrites(tx, personId, before, []),
        ...endings(tx, act.ends),
      ])
    },
  }
}

async function factorsOf({ db }: Core, personId: string) {
  const [totp] = await db
    .select({ n: count() })
    .from(totps)
    .where(and(eq(totps.personId, personId), isNotNull(totps.confirmedAt)))
  const [keys] = await db
    .select({ n: count() })
    .from(passkeys)
    .where(eq(passkeys.personId, personId))
  const [codes] = await db
    .select({ n: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)))
  return { totp: (totp?.n ?? 0) > 0, passkeys: keys?.n ?? 0, codesLeft: codes?.n ?? 0 }
}

async function beginTotp(core: Core, personId: string, secret: string): Promise<void> {
  const row = { personId, secret, confirmedAt: null, lastStep: 0 }
  const before = await totpOf(core, personId)
  const pending = and(eq(totps.personId, personId), isNull(totps.confirmedAt))
  await core.write((tx) => [
    before === null
      ? tx.insert(totps).values(row).returning({ id: totps.personId })
      : tx.update(totps).set(row).where(pending).returning({ id: totps.personId }),
  ])
}

function reseal(core: Core, { personId, secret: before }: Totp, secret: string): Promise<void> {
  const same = and(eq(totps.personId, personId), eq(totps.secret, before))
  return core.write((tx) => [
    tx.update(totps).set({ secret }).where(same).returning({ id: totps.personId }),
  ])
}

async function confirm(
  core: Core,
  totp: Totp,
  step: number,
  codes: readonly string[],
  { old, next }: Swap,
  act: FactorAct,
): Promise<void> {
  const { personId } = totp
  const { at, by, ends } = act
  const before = await codesOf(core, personId)
  const made: Event = { kind: 'recovery_codes_made', at, by, personId }
  const events = [added(personId, 'totp', '', act), made, openedEvent(next), ...endedBy(act)]
  await core.commit(events, (tx) => [
    stepped(tx, totp, step, { confirmedAt: at }),
    ...codeWrites(tx, personId, before, codes),
    ...endings(tx, [old, ...ends]),
    insertion(tx, next),
  ])
}

/** Other sessions end where a way in changes: one of them may be why it does. */
export function endedBy({ ends, at, by }: FactorAct): Event[] {
  return endedEvents(ends, 'factors_changed', at, by)
}

/** A second factor that somebody has from now on. */
export function added(
  personId: string,
  method: FactorKind,
  factorId: string,
  { at, by }: FactorAct,
): Event {
  return { kind: 'second_factor_added', at, by, personId, method, factorId }
}

/** One that they do not have any more. */
export function removed(
  personId: string,
  method: FactorKind,
  factorId: string,
  { at, by }: FactorAct,
): Event {
  return { kind: 'second_factor_removed', at, by, personId, method, factorId }
}

function codeUse(tx: Tx, hash: string, personId: string, usedAt: Instant): Write {
  const own = and(eq(recoveryCodes.id, hash), eq(recoveryCodes.personId, personId))
  return tx
    .update(recoveryCodes)
    .set({ usedAt })
    .where(and(own, isNull(recoveryCodes.usedAt)))
    .returning({ id: recoveryCodes.id })
}

async function totpOf({ db }: Core, personId: string): Promise<Totp | null> {
  const [row] = await db.select().from(totps).where(eq(totps.personId, personId))
  return row ?? null
}

function stepped(tx: Tx, totp: Totp, step: number, more: { confirmedAt?: Instant }): Write {
  const { personId, secret } = totp
  const same = and(eq(totps.personId, personId), eq(totps.secret, secret))
  return tx
    .update(totps)
    .set({ lastStep: step, ...more })
    .where(and(same, lt(totps.lastStep, step)))
    .returning({ id: totps.personId })
}

async function codesOf({ db }: Core, personId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.personId, personId))
  return row?.n ?? 0
}

/** New codes make all older ones worthless. */
function codeWrites(
  tx: Tx,
  personId: string,
  before: number,
  codes: readonly string[],
): readonly Write[] {
  const gone = tx
    .delete(recoveryCodes)
    .where(eq(recoveryCodes.personId, personId))
    .returning({ id: recoveryCodes.id })
  const rows = codes.map((id) => ({ id, personId, usedAt: null }))
  return [...(before > 0 ? [gone] : []), ...(rows.length > 0 ? tx.add(recoveryCodes, rows) : [])]
}
