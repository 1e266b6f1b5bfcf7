import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { expect } from 'vitest'
import { verify } from '../../../src/flow/verify.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { openDatabase, type TestDatabase } from '../../support/database.ts'
import { openDisk, type SmallDisk } from '../../support/disk.ts'
import { mailboxSettings } from '../../support/inbox.ts'
import type { MailAccount, MailServer } from '../../support/mail-server.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { openWire, type Wire } from '../../support/wire.ts'
import { type Fault, preload, until } from '../fault.ts'
import { type Lock, openLock } from './lock.ts'
import { mailsOf } from './mails.ts'
import type { Plan } from './plan.ts'

type Scene = {
  readonly plan: Plan
  readonly account: MailAccount
  readonly imap: Wire
  /** The line to PostgreSQL; null for the embedded database. */
  readonly postgres: Wire | null
  readonly disk: SmallDisk | null
  readonly database: TestDatabase
  readonly store: Store
  readonly lock: Lock
}

const hourMs = 3_600_000

/** Lets one fault happen to the product while it reads, and compares when it has caught up. */
export async function provoke(server: MailServer, plan: Plan): Promise<void> {
  await using ends = new AsyncDisposableStack()
  const scene = await set(server, plan, ends)
  const mails = mailsOf(plan)
  for (const raw of mails.before) await scene.account.append(raw)

  const first = start(scene, faultOf(scene))
  let product = first
  ends.defer(() => product.kill())
  try {
    const struck = await happens(scene, product)
    for (const raw of mails.after) await scene.account.append(raw)
    const wanted = new Set([...mails.before, ...mails.after].map(hashOf)).size
    const isStored = async () => (await countOf(scene)) >= wanted
    if (struck === 'killed') product = start(scene, null)
    else await mend(scene, product, isStored)
    await hasCaughtUp(scene, product, isStored)
    await product.stop()
    // Neither a secret nor a word of a customer's is in a log, whatever has happened.
    expect(first.log() + product.log()).not.toMatch(secretOf(scene.account))
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new Error(`${words}\nthe product's log:\n${product.log().slice(-6_000)}`)
  }
  await compare(scene, [...mails.before, ...mails.after])
}

async function set(server: MailServer, plan: Plan, ends: AsyncDisposableStack): Promise<Scene> {
  const { seed, engine, afterStoring } = plan
  const folders = afterStoring.kind === 'move' ? [afterStoring.folder] : []
  const account = await server.account(`seed${seed}-${v7().slice(-6)}`, folders)
  ends.defer(() => account.leave())
  const disk = plan.kind === 'disk full' ? openDisk(24) : null
  ends.defer(async () => disk?.close())
  const database = await openDatabase(engine, disk?.path)
  ends.defer(() => database.close())
  const imap = await openWire(account.port)
  ends.defer(() => imap.close())
  const at = new URL(database.url)
  const postgres = engine === 'PostgreSQL' ? await openWire(Number(at.port)) : null
  ends.defer(async () => postgres?.close())
  const store = await openStore(database.url, () => undefined)
  ends.defer(() => store.close())
  const settings = mailboxSettings({ afterStoring })
  const act = { at: new Date().toISOString(), by: null, newId: () => v7() }
  await store.mailboxes.add(v7(), settings, null, act)
  const lock = openLock(database.url)
  ends.defer(() => lock.release())
  return { plan, account, imap, postgres, disk, database, store, lock }
}

function start(scene: Scene, fault: Fault | null): Product {
  const { account, imap, postgres, database } = scene
  const url = new URL(database.url)
  if (postgres) url.port = String(postgres.port)
  return startProduct({
    args: ['serve', '--only', 'poll'],
    preload: [preload],
    env: {
      DATABASE_URL: postgres ? url.href : database.url,
      MAMORI_SECRET: 'only-for-tests-only-for-tests-only',
      MAMORI_PARSE_WORKERS: '1',
      MAMORI_DISK_RESERVE_MB: '0',
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: String(imap.port),
      IMAP_TLS: 'no',
      IMAP_USER: account.user,
      IMAP_PASSWORD: account.password,
      MAILBOX_NAME: 'support',
      MAILBOX_ADDRESS: 'support@hinata-kurashi.example',
      MAMORI_FAULT: JSON.stringify(fault),
    },
  })
}

function faultOf({ plan, disk }: Scene): Fault {
  const { step, nth } = plan
  const at = { step, nth, when: 'before' } as const
  switch (plan.kind) {
    case 'kill before':
      return { ...at, do: 'kill' }
    case 'kill after':
      return { ...at, when: 'after', do: 'kill' }
    case 'clock forward':
      return { ...at, do: 'shift', ms: 24 * hourMs }
    case 'clock back':
      return { ...at, do: 'shift', ms: -hourMs }
    case 'disk full':
      return { ...at, do: 'fill', file: join(disk?.path ?? '', 'filler') }
    case 'database busy':
      // In the middle of a transaction of ours nobody else can hold the embedded database.
      return { ...at, step: step === 'commit' ? 'store' : step, do: 'tell' }
    default:
      return { ...at, do: 'tell' }
  }
}

/** Resolves when the fault has begun to happen; fails where it never does. */
async function happens(scene: Scene, product: Product): Promise<'killed' | 'struck'> {
  let told = false
  product.onStep(async () => {
    told = true
    await strike(scene)
  })
  const gone = product.ended.then((how) => {
    if (how === 'SIGKILL') return 'killed' as const
    throw new Error(`the product ended by itself: ${how}`)
  })
  const struck = until('the fault to happen', async () => told && ('struck' as const))
  return Promise.race([gone, struck])
}

async function strike(scene: Scene): Promise<void> {
  const { plan } = scene
  const { kind, afterBytes } = plan
  if (kind === 'database busy') await scene.lock.take()
  if (!isOfLine(plan)) return
  const inPeace = plan.step === 'parse' || plan.step === 'classify'
  lineOf(scene).strike(howOf(plan), inPeace ? 0 : afterBytes)
}

function isOfLine({ kind }: Plan): boolean {
  return kind === 'connection reset' || kind === 'timeout'
}

function howOf({ kind }: Plan): 'reset' | 'silence' {
  return kind === 'timeout' ? 'silence' : 'reset'
}

/** While it stores, the line to the database breaks; else the one to the mail server. */
function lineOf({ plan, imap, postgres }: Scene): Wire {
  const storing = plan.step === 'store' || plan.step === 'commit'
  return (storing ? postgres : null) ?? imap
}

/** The fault has been felt, and is over: the database is free, the disk has room. */
async function mend(scene: Scene, product: Product, isStored: () => Promise<boolean>) {
  const { plan, disk, lock } = scene
  const felt = () => / run failed|cannot be/.test(product.log())
  if (isOfLine(plan)) {
    const line = lineOf(scene)
    await until('the line to break', async () => line.struck() || (await isStored()))
    // What the server had to say was less than what the line let through.
    if (!line.struck()) line.strike(howOf(plan), 0)
    await until('the line to break at last', async () => line.struck())
  } else if (plan.kind === 'database busy') {
    await until('the lock to be felt', async () => felt())
    await lock.release()
  } else if (plan.kind === 'disk full') {
    await until('the full disk to be felt', async () => felt() || (await isStored()))
    disk?.free()
  }
}

/** Nobody is stuck: in good time all is stored, and the folder is well. */
async function hasCaughtUp(
  { store }: Scene,
  product: Product,
  isStored: () => Promise<boolean>,
): Promise<void> {
  await Promise.race([
    product.ended.then((how) => {
      throw new Error(`the product ended by itself: ${how}`)
    }),
    until('all mails and a folder that is well', async () => {
      if (!(await isStored())) return false
      const [mailbox] = await store.mailboxes.list()
      const [folder] = mailbox?.folders ?? []
      return folder?.trouble === null && folder.remaining === 0 && folder.firstSyncedAt !== null
    }),
  ])
}

async function countOf({ database }: Scene): Promise<number> {
  const [row] = await database.sql('select count(*) as n from messages')
  return Number(row?.n)
}

/** Byte by byte: what the server got, what the store keeps, what the server has now. */
async function compare(scene: Scene, mails: readonly Buffer[]): Promise<void> {
  const { plan, account, store, database } = scene
  const { afterStoring } = plan
  const wanted = [...new Set(mails.map(hashOf))].sort()
  const kept: string[] = []
  for await (const { bytes } of store.raws.all()) kept.push(hashOf(bytes ?? Buffer.alloc(0)))
  expect(kept.sort(), 'the original bytes').toEqual(wanted)
  const rows = await database.sql('select raw_sha256 from messages')
  expect(rows.map((row) => String(row.raw_sha256)).sort(), 'the mails').toEqual(wanted)

  const inbox = await account.read('INBOX')
  const moved = afterStoring.kind === 'move' ? await account.read(afterStoring.folder) : []
  const there = [...inbox, ...moved].map(({ raw }) => hashOf(raw)).sort()
  expect(there, 'the mails on the server').toEqual(mails.map(hashOf).sort())
  if (afterStoring.kind === 'move') expect(inbox, 'left in INBOX').toEqual([])
  const seen = afterStoring.kind === 'seen'
  expect(
    inbox.filter((mail) => mail.seen !== seen),
    'flags',
  ).toEqual([])

  expect((await verify(store)).flaws).toEqual([])
  expect(await database.sql('select name, holder from leases'), 'leases').toEqual([])
}

function secretOf({ password }: MailAccount): RegExp {
  return new RegExp(
    `${password}|${Buffer.from(password).toString('base64')}|返品について|誠意を見せろ`,
  )
}

function hashOf(raw: Buffer): string {
  return createHash('sha256').update(raw).digest('hex')
}
