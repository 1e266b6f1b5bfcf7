import { createHash, generateKeyPairSync } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from '../../src/domain/checkpoint.ts'
import { openCheckpointKey } from '../../src/evidence/signature.ts'
import { signCheckpoint, signDaily } from '../../src/flow/checkpoints.ts'
import { sendStaffMail } from '../../src/flow/staff-mail.ts'
import type { FromOutside } from '../../src/flow/verify.checkpoints.ts'
import { verify } from '../../src/flow/verify.ts'
import type { Smtp } from '../../src/mail/smtp.ts'
import { openStore } from '../../src/store/store.ts'
import { newKey } from '../../src/vault.ts'
import { accepting } from '../support/affair.ts'
import { engines, type TestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/folder.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Somebody with the whole database in hand: no guard of it stops them. */
describe.each(engines)('whoever bends the record past its guards (%s)', (engine) => {
  // What verify compares is the same on both; an open PostgreSQL database cannot be copied.
  const bends = engine === 'SQLite'
  const folder = temporaryFolder()
  let site: TestSite
  let bent: TestDatabase
  let older: TestDatabase
  let outside: Checkpoint

  beforeAll(async () => {
    const keyFile = join(folder.path, 'key.pem')
    site = await openSite(engine, { MAMORI_CHECKPOINT_KEY_FILE: keyFile })
    await site.deliver(
      testMail({ from: 'hana@kaze.example', subject: '領収書の件', body: '再発行を。' }),
    )
    await signCheckpoint(site.house)
    await site.house.rulebook.announce()
    if (bends) older = await snapshot()
    await site.deliver(
      testMail({ from: 'umi@kaze.example', subject: '配送の件', body: '届く日を。' }),
    )
    const signed = await signCheckpoint(site.house)
    if (!signed) throw new Error('nothing was signed')
    outside = signed
    await site.deliver(testMail({ from: 'yama@kaze.example', subject: '住所', body: '変更を。' }))
    if (bends) bent = await snapshot()
  })
  afterAll(async () => {
    if (bends) await Promise.all([bent.close(), older.close()])
    await site.close()
    folder[Symbol.dispose]()
  })

  /** The database as it stands, for others to bend: rows and triggers are copied whole. */
  async function snapshot(): Promise<TestDatabase> {
    const store = site.house.store
    expect((await verify(store)).flaws).toEqual([])
    await site.database.sql('pragma wal_checkpoint(truncate)')
    return site.database.copy()
  }

  async function guardless(database: TestDatabase): Promise<void> {
    await database.sql('pragma foreign_keys = off')
    for (const { name } of await database.sql(
      "select name from sqlite_master where type = 'trigger'",
    )) {
      await database.sql(`drop trigger "${name}"`)
    }
  }

  /** What verify says of a copy that was bent by these statements. */
  async function said(statements: readonly string[], from: FromOutside = {}, of = bent) {
    const database = await of.copy()
    try {
      await guardless(database)
      for (const statement of statements) await database.sql(statement)
      const store = await openStore(database.url, () => undefined)
      try {
        return (await verify(store, from)).flaws
      } finally {
        await store.close()
      }
    } finally {
      await database.close()
    }
  }

  const last = 'select max(seq) from events'

  it.runIf(bends).each<[string, string[], RegExp]>([
    [
      'changes an event',
      ["update events set content = '{}' where seq = 2"],
      /^event 2 was changed/,
    ],
    [
      'breaks an event’s JSON',
      ["update events set content = '{' where seq = 3"],
      /^event 3 was changed/,
    ],
    ['deletes an event', ['delete from events where seq = 2'], /^event 2 is missing/],
    [
      'inserts an event',
      [
        `insert into events (seq, at, kind, content, previous_hash, hash) values (9999, '2026', 'x', '{"kind":"x"}', '', 'h')`,
      ],
      /is missing: the next one is 9999/,
    ],
    [
      'reorders two events',
      [
        'update events set seq = 9999 where seq = 2',
        'update events set seq = 2 where seq = 3',
        'update events set seq = 3 where seq = 9999',
      ],
      /^event 2 does not follow/,
    ],
    ['cuts the tail', [`delete from events where seq = (${last})`], /it was cut or added to/],
    ['changes the head', ["update chain set hash = 'x'"], /it was cut or added to/],
    [
      'changes a checkpoint',
      [`update checkpoints set events = events - 1, at = '2026-01-01T00:00:00.000Z'`],
      /was changed: its signature does not cover it/,
    ],
    ['deletes a checkpoint', ['delete from checkpoints'], /is missing: the log says/],
    [
      'inserts a checkpoint',
      [
        `insert into checkpoints (id, at, events, head, list_sha256, public_key, signature) select 'x', at, events, head, list_sha256, public_key, signature from checkpoints limit 1`,
      ],
      /is in no event/,
    ],
    ['deletes a mail’s bytes', ['delete from raws'], /its original bytes are missing/],
    [
      'swaps a mail’s bytes',
      ["update raws set sha256 = 'ff' where sha256 = (select min(sha256) from raws)"],
      /were? changed|bytes are missing/,
    ],
    ['deletes a thread', ['delete from threads'], /in the log and not in the database/],
    ['changes a thread', ['update threads set revision = 7'], /is not as its events say/],
    ['deletes a message', ['delete from messages'], /is not as it was received/],
    [
      'names other bytes for a message',
      ["update messages set raw_sha256 = 'ff' where id = (select min(id) from messages)"],
      /is not as it was received|in no event/,
    ],
    ['deletes a rule set', ['delete from rule_sets'], /rule set/],
  ])('is found out where one %s', async (_, statements, flaw) => {
    expect((await said(statements)).join('\n')).toMatch(new RegExp(flaw.source, 'm'))
  })

  it.runIf(bends)('is found out where the whole log is written anew, by a checkpoint', async () => {
    const rows = await bent.sql('select seq, content from events order by seq')
    const statements: string[] = []
    let previous = ''
    for (const { seq, content } of rows) {
      const changed = String(content)
        .replaceAll('kaze.example', 'x')
        .replace('"by":null', '"by":"x"')
      const hash = createHash('sha256').update(`${previous}\n${seq}\n${changed}`).digest('hex')
      const kept = changed.replaceAll("'", "''")
      statements.push(
        `update events set content = '${kept}', previous_hash = '${previous}', hash = '${hash}' where seq = ${seq}`,
      )
      previous = hash
    }
    statements.push(`update chain set hash = '${previous}'`)
    const flaws = (await said(statements)).join('\n')
    expect(flaws).toContain(`is not the one that checkpoint ${outside.at} signed`)
    expect(flaws).not.toMatch(/does not follow|was changed: its hash/)
  })

  it.runIf(bends)(
    'is found out where an old backup is restored, by a checkpoint kept outside',
    async () => {
      expect(await said([], {}, older)).toEqual([])
      expect(await said([], { checkpoints: [outside] }, older)).toEqual([
        expect.stringMatching(/from outside covers \d+ events .* old backup restored$/),
      ])
    },
  )

  it.runIf(bends)(
    'is found out where every checkpoint is signed by a key of their own',
    async () => {
      const { publicKey } = outside
      const mine = openCheckpointKey(join(folder.path, 'mine.pem'))
      const statements = (await site.house.store.checkpoints.all()).map(
        (one) =>
          `update checkpoints set public_key = '${mine.publicKey}', signature = '${mine.sign(one)}' where id = '${one.id}'`,
      )
      expect(await said(statements)).toEqual([])
      const flaws = await said(statements, { publicKey })
      expect(flaws).toHaveLength(2)
      expect(flaws[0]).toMatch(/was signed by another key$/)
    },
  )

  it('is refused by the database while its guards are there', async () => {
    await expect(site.database.sql("update checkpoints set head = 'x'")).rejects.toThrow(
      /never changes/,
    )
    await expect(site.database.sql('delete from checkpoints')).rejects.toThrow(/never deleted/)
    if (engine === 'SQLite') return
    await expect(site.database.sql('truncate events')).rejects.toThrow(/never deleted/)
  })

  it('leaves a checkpoint that anybody can count again from the hashes', async () => {
    const rows = await site.database.sql(
      `select hash from events where seq <= ${outside.events} order by seq`,
    )
    const list = rows.map(({ hash }) => `${hash}\n`).join('')
    expect(createHash('sha256').update(list).digest('hex')).toBe(outside.listSha256)
    expect(rows.at(-1)?.hash).toBe(outside.head)
  })

  it('is looked after daily: one is signed once the last one is a day old', async () => {
    expect(await signDaily(site.house)).toBeNull()
    site.pass(86_400_000)
    const daily = await signDaily(site.house)
    expect(daily?.events).toBeGreaterThan(outside.events)
    expect((await verify(site.house.store, { checkpoints: [outside] })).flaws).toEqual([])
  })
})

describe('the key that signs checkpoints', () => {
  it('is made once, kept for its owner alone, and refused where it is of another kind', () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'data', 'key.pem')
    const { publicKey } = openCheckpointKey(file)
    expect(openCheckpointKey(file).publicKey).toBe(publicKey)
    rmSync(file)
    expect(openCheckpointKey(file).publicKey).not.toBe(publicKey)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    expect(() => openCheckpointKey(file)).toThrow(/must be an Ed25519 key/)
  })
})

describe.each(engines)('a checkpoint that is kept outside (%s)', (engine) => {
  const to = 'notary@outside.example'
  const folder = temporaryFolder()
  let site: TestSite
  let sent: { readonly to: string; readonly raw: Buffer }[]

  beforeAll(async () => {
    site = await openSite(engine, {
      ...{ MAMORI_CHECKPOINT_TO: to, MAMORI_ENCRYPTION_KEY: newKey(), SMTP_HOST: 'mail.example' },
      MAMORI_CHECKPOINT_KEY_FILE: join(folder.path, 'key.pem'),
    })
    sent = []
    await site.deliver(testMail({ body: '再発行をお願いします。' }))
  })
  afterAll(async () => {
    await site.close()
    folder[Symbol.dispose]()
  })

  const smtp: Smtp = {
    ...accepting,
    async send(envelope, raw) {
      sent.push({ to: envelope.to, raw })
      return { kind: 'accepted', response: '250 OK' }
    },
  }

  async function postmanComes(): Promise<void> {
    for (const mail of await site.house.store.staffMails.due(site.house.now(), 9)) {
      await sendStaffMail(site.house, smtp, mail)
    }
  }

  it('goes by mail to who keeps it, once, and proves there what the record was', async () => {
    const signed = await signDaily(site.house)
    expect(await signDaily(site.house)).toBeNull()
    await postmanComes()
    await postmanComes()

    expect(sent.map((one) => one.to)).toEqual([to])
    const mail = await simpleParser(sent[0]?.raw ?? Buffer.alloc(0))
    expect(mail.subject).toContain('Signed checkpoint of the record')
    expect(mail.text).toContain(signed?.head)
    const [file, ...others] = mail.attachments
    expect(others).toEqual([])
    expect(file?.contentType).toBe('application/json')
    const kept = JSON.parse(file?.content.toString() ?? '') as Checkpoint
    expect(kept).toEqual(signed)
    expect((await verify(site.house.store, { checkpoints: [kept] })).flaws).toEqual([])
  })

  it('is on record with the address, and stays here where no mail can leave', async () => {
    const logged = await site.house.store.log.lastOf('checkpoint_signed')
    expect(logged?.event).toMatchObject({ mailedTo: to })
    await signCheckpoint({ ...site.house, smtp: null })
    const later = await site.house.store.log.lastOf('checkpoint_signed')
    expect(later?.event).not.toHaveProperty('mailedTo')
    expect(await site.house.store.staffMails.due(site.house.now(), 9)).toEqual([])
  })
})
