import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src/domain/checkpoint.ts'
import type { FromOutside } from '../../src/flow/verify.checkpoints.ts'
import { verify } from '../../src/flow/verify.ts'
import type { TableName } from '../../src/store/kept.ts'
import { openStore } from '../../src/store/store.ts'
import * as tables from '../../src/store/tables.ts'
import { newKey } from '../../src/vault.ts'
import { engines } from '../support/database.ts'
import { temporaryFolder } from '../support/folder.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { liveThrough } from '../support/whole-house.ts'

/** What somebody might change of a row, where the log or the bytes say otherwise. */
const telling: Partial<Record<TableName, string>> = {
  people: `roles = '["admin"]'`,
  totps: 'confirmed_at = null',
  passkeys: `person_id = 'x'`,
  externalIds: `person_id = 'x'`,
  grants: `roles = '["admin"]'`,
  mailboxes: `address = 'x@x.example'`,
  senders: `proof = 'x'`,
  senderAddresses: `sender_id = 'x'`,
  trustedServers: `accepted_by = 'x'`,
  raws: `bytes = x'00'`,
  threads: 'rank = 12',
  messages: `text = text || '。'`,
  attachments: `filename = 'x'`,
  assessments: 'severity = (severity + 1) % 4',
  reviews: `reason = 'x'`,
  decisions: `reason = 'x'`,
  measures: `reason = 'x'`,
  measureTerms: `open_line = 'x'`,
  objections: `note = 'x'`,
  digests: 'mails = mails + 1',
  representatives: `address = 'x@x.example'`,
  letters: `body = body || '。'`,
  letterVersions: `words = json_set(words, '$.body', 'x')`,
  outgoing: `raw_sha256 = 'x'`,
  uploads: `bytes = x'00'`,
  templateProposals: `content = 'x'`,
  apiTokens: `sha256 = 'x'`,
  snippets: `content = 'x'`,
  signatures: `content = 'x'`,
  notes: `body = 'x'`,
  absences: `id = 'x'`,
  automaticAssignments: `id = 'x'`,
  careTasks: `assignee = 'x'`,
  deletionRequests: `state = 'declined'`,
  disclosureRequests: `identity_check = 'x'`,
  holds: `reason = 'x'`,
  retentionRules: `proposed_by = 'x'`,
  drills: 'agreed = agreed + 1',
  drillCases: `answer = null`,
  trainings: `title = 'x'`,
  policyVersions: `words = json_set(words, '$.version', 'x')`,
  policyConfirmations: `person_id = 'x'`,
  careNotes: `task_id = 'x'`,
  alerts: `acknowledged_by = 'x'`,
  exposures: `person_id = 'x'`,
  incidents: `account = 'x'`,
  incidentPictures: `bytes = x'00'`,
  incidentReviews: `reason = 'x'`,
  incidentDecisions: `reason = 'x'`,
  senderJoins: `state = 'separated'`,
  senderMembers: `head = 'x'`,
  senderNotes: `text = 'x'`,
  pictureSenders: `sender_id = 'x'`,
  ruleSets: `overlays = '[{}]'`,
  ruleFiles: `bytes = x'00'`,
  ruleReigns: `"by" = 'x'`,
  ruleProposals: `proposer = 'x'`,
  webhooks: `host = 'x.example'`,
  events: `content = '{}'`,
  chain: `hash = 'x'`,
  checkpoints: `head = 'x'`,
}

/** Tables that the log says nothing of, each with the reason. */
const left: Partial<Record<TableName, string>> = {
  sessions: 'who is signed in at this moment: an hour later it is another one',
  recoveryCodes: 'hashes of codes; that they were made and used is in the log, not which',
  invitations: 'links that end within a day; whom they were made for is in the log',
  staffMails: 'mail to the staff that waits, gone once it is sent',
  folders: 'how far a mail server was read; looking again stores nothing twice',
  leads: 'made from the mails, to find the thread of the next one',
  searchTexts: 'made from the mails, and made again at a start',
  searchState: 'how search texts are made',
  drafts: 'typed and not handed in: in no event on purpose',
  mentions: 'who has seen that a note calls them; the note itself names them',
  savedViews: 'filters of the queue, somebody’s own',
  presences: 'who is where at this moment',
  passes: 'who handed a thread back: in no event on purpose',
  consultations: 'that somebody went to the desk is in no event on purpose',
  consultationWords: 'sealed for their place in a report, and in no event on purpose',
  senderLabels:
    'a telephone number that a caller is listed by; what was recorded is in the incident',
  mutedMoves: 'mail that waits to be moved on the mail server',
  ruleTrials: 'what a proposal would change, counted again at any time',
  ruleHits: 'counted from the log, and counted again at any time',
  ruleDesk: 'how far the log was counted',
  notifications: 'notices made from the log',
  toldSettings: 'what somebody wants to be told of',
  toldDesk: 'how far the log was told',
  webhookDeliveries: 'notices on their way out, made from the log',
  leases: 'which process does what at this moment',
}

/** What nothing hangs on: a sender that nothing names is nobody, and two with one head are alike. */
const harmless: readonly string[] = ['insert senders', 'swap senders', 'swap senderMembers']

const names = Object.keys(tables) as TableName[]
const covered = names.filter((name) => name in telling)

describe.runIf(engines.includes('SQLite'))('whoever holds the database file', () => {
  const folder = temporaryFolder()
  const whole = join(folder.path, 'whole.db')
  const older = join(folder.path, 'older.db')
  let bends = 0
  let outside: Checkpoint[]

  beforeAll(async () => {
    const site = await openSite('SQLite', {
      MAMORI_ENCRYPTION_KEY: newKey(),
      MAMORI_CHECKPOINT_KEY_FILE: join(folder.path, 'key.pem'),
    })
    await liveThrough(site, () => site.database.sql(`vacuum into '${older}'`))
    outside = await site.house.store.checkpoints.all()
    await site.database.sql(`vacuum into '${whole}'`)
    await site.close()
    takeGuardsAway(whole)
  })
  afterAll(() => folder[Symbol.dispose]())

  /** What verify says of a copy that was bent. */
  async function said(bend: (db: Database.Database) => void, from: FromOutside = {}) {
    bends += 1
    const file = join(folder.path, `bent-${bends}.db`)
    copyFileSync(whole, file)
    const db = new Database(file)
    db.pragma('foreign_keys = off')
    db.pragma('ignore_check_constraints = on')
    db.pragma('synchronous = off')
    try {
      bend(db)
    } finally {
      db.close()
    }
    const flaws = await verifyFile(file, from)
    rmSync(file)
    return flaws
  }

  it('has every table of the schema before them: covered, or left out for a reason', () => {
    expect([...covered, ...Object.keys(left)].toSorted()).toEqual(names.toSorted())
  })

  it('is not suspected where they changed nothing', async () => {
    expect(await said(() => undefined, { checkpoints: outside })).toEqual([])
  })

  it.each(covered)(
    'is found out by what they change, delete, insert or swap in %s',
    async (name) => {
      const missed: string[] = []
      for (const [how, bend] of bendsOf(whole, name)) {
        const found = await said(bend).catch((error: Error) => [error.message])
        if (found.length === 0) missed.push(`${how} ${name}`)
      }
      expect(missed.filter((one) => !harmless.includes(one))).toEqual([])
    },
  )

  it('is right about the tables that are left out: nothing that is done there is found', async () => {
    const flaws = await said((db) => {
      for (const name of Object.keys(left) as TableName[]) {
        insertAny(db, name)
        db.exec(`update "${sqlName(name)}" set ${columnsOf(db, name).at(-1)?.name} = '[]'`)
      }
    })
    expect(flaws).toEqual([])
    const emptied = Object.keys(left).map((name) => `delete from "${sqlName(name as TableName)}"`)
    expect(await said((db) => db.exec(emptied.join(';')))).toEqual([])
  })

  it('is found out by what cannot be read any more: no JSON, or other JSON', async () => {
    for (const bend of [
      "update mailboxes set account = 'x'",
      "update assessments set result = '{}'",
      "update messages set enclosures = '{'",
    ]) {
      expect((await said((db) => db.exec(bend))).join()).toMatch(/cannot be read|not as the events/)
    }
  })

  it('is found out by the head where they cut the end of the log, and by a checkpoint where they move the head', async () => {
    const cut = `delete from events where seq > (select max(seq) - 3 from events)`
    expect((await said((db) => db.exec(cut))).join()).toMatch(/it was cut or added to/)
    const moved = `${cut}; update chain set (seq, hash) = (select seq, hash from events order by seq desc limit 1)`
    expect((await said((db) => db.exec(moved))).join()).toMatch(/covers \d+ events and the log has/)
  })

  it('is found out by a checkpoint kept outside where they restore an old backup', async () => {
    expect(await verifyFile(older)).toEqual([])
    const flaws = await verifyFile(older, { checkpoints: outside })
    expect(flaws.join()).toMatch(/from outside covers .* old backup restored/)
  })
})

/** What verify compares is the same on both engines: a few of the bends show that it reads both. */
describe.runIf(engines.includes('PostgreSQL'))(
  'whoever may write to the PostgreSQL database',
  () => {
    const folder = temporaryFolder()
    let site: TestSite

    beforeAll(async () => {
      site = await openSite('PostgreSQL', {
        MAMORI_ENCRYPTION_KEY: newKey(),
        MAMORI_CHECKPOINT_KEY_FILE: join(folder.path, 'key.pem'),
      })
      await liveThrough(site)
    })
    afterAll(async () => {
      await site.close()
      folder[Symbol.dispose]()
    })

    it('is found out by a mail’s words, an exposure, a mailbox, a file and an event', async () => {
      const { store } = site.house
      expect((await verify(store)).flaws).toEqual([])
      for (const [name, set, flaw] of [
        ['messages', `text = text || '。'`, /does not show what was read from its bytes/],
        ['exposures', `person_id = 'x'`, /^exposure \S+ is not as the events say/],
        ['mailboxes', `address = 'x@x.example'`, /^mailbox \S+ is not as the events say/],
        ['uploads', `bytes = '\\x00'`, /^file \S+ of a letter is not the one/],
        ['events', `kind = 'x'`, /^event \d+ is listed as another one/],
      ] as const) {
        await site.database.sql(`alter table ${name} disable trigger user`)
        await site.database.sql(`create table kept_${name} as select * from ${name}`)
        await site.database.sql(`update ${name} set ${set}`)
        const { flaws } = await verify(store)
        expect(flaws[0]).toMatch(flaw)
        await site.database.sql(`update ${name} set ${backTo(name, set)}`)
      }
      expect((await verify(store)).flaws).toEqual([])
    })
  },
)

/** Undoes a change from the copy that was made of the table. */
function backTo(name: string, set: string): string {
  const column = set.slice(0, set.indexOf(' '))
  const key = name === 'events' ? 'seq' : 'id'
  return `${column} = (select k.${column} from kept_${name} k where k.${key} = ${name}.${key})`
}

type Column = { readonly name: string; readonly type: string; readonly pk: number }

type Bend = (db: Database.Database) => void

/** The first row changed in what tells, gone, there twice, and in the second one's place. */
function bendsOf(whole: string, name: TableName): [string, Bend][] {
  const table = `"${sqlName(name)}"`
  const first = `where rowid = (select min(rowid) from ${table})`
  return [
    ['change', (db) => db.exec(`update ${table} set ${telling[name]} ${first}`)],
    ['delete', (db) => db.exec(`delete from ${table} ${first}`)],
    ['insert', (db) => copyFirst(db, name)],
    ...(hasTwo(whole, name) ? [['swap', (db) => swapTwo(db, name)] as [string, Bend]] : []),
  ]
}

function hasTwo(whole: string, name: TableName): boolean {
  const db = new Database(whole, { readonly: true })
  const rows = db.prepare(`select 1 from "${sqlName(name)}" limit 2`).all()
  db.close()
  return rows.length === 2
}

function copyFirst(db: Database.Database, name: TableName): void {
  const columns = columnsOf(db, name)
  const key = columns.find(({ pk }) => pk === 1)
  const rest = columns.filter((one) => one !== key).map((one) => `"${one.name}"`)
  const fresh = key?.type === 'INTEGER' ? '999999' : `'ffffffff-ffff-7fff-bfff-ffffffffffff'`
  const into = [`"${key?.name}"`, ...rest].join(', ')
  const from = [fresh, ...rest].join(', ')
  const table = sqlName(name)
  db.exec(`insert into "${table}" (${into}) select ${from} from "${table}" limit 1`)
}

/** Two rows take each other's key. */
function swapTwo(db: Database.Database, name: TableName): void {
  const table = sqlName(name)
  const key = columnsOf(db, name).find(({ pk }) => pk === 1)?.name ?? ''
  const rows = db.prepare(`select "${key}" as key from "${table}" order by rowid limit 2`).all()
  const [a, b] = rows.map((row) => (row as { key: string | number }).key)
  const move = db.prepare(`update "${table}" set "${key}" = ? where "${key}" = ?`)
  const aside = typeof a === 'number' ? 999_999 : 'aside'
  for (const [to, from] of [
    [aside, a],
    [a, b],
    [b, aside],
  ]) {
    move.run(to, from)
  }
}

/** A row of whatever the columns take. */
function insertAny(db: Database.Database, name: TableName): void {
  const columns = columnsOf(db, name)
  const named = columns.map((one) => `"${one.name}"`).join(', ')
  const values = columns.map(({ type }) => (type === 'INTEGER' ? '7' : "'[]'")).join(', ')
  db.exec(`insert into "${sqlName(name)}" (${named}) values (${values})`)
}

function columnsOf(db: Database.Database, name: TableName): Column[] {
  return db.pragma(`table_info("${sqlName(name)}")`) as Column[]
}

function sqlName(name: TableName): string {
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: every table is gone through by name.
  return getTableName(tables[name])
}

async function verifyFile(path: string, from: FromOutside = {}): Promise<readonly string[]> {
  const store = await openStore(`file:${path}`, () => undefined)
  try {
    return (await verify(store, from)).flaws
  } finally {
    await store.close()
  }
}

function takeGuardsAway(path: string): void {
  const db = new Database(path)
  // As the product leaves it: changing to it at each opening would cost more than verifying.
  db.pragma('journal_mode = wal')
  const guards = db
    .prepare<[], { type: string; name: string; owner: string }>(
      "select type, name, tbl_name as owner from sqlite_master where type = 'trigger' or sql like 'CREATE UNIQUE%'",
    )
    .all()
  const bendable = new Set(covered.map(sqlName))
  for (const { type, name, owner } of guards) {
    if (type === 'trigger' || bendable.has(owner)) db.exec(`drop ${type} "${name}"`)
  }
  db.close()
}
