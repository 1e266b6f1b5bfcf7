import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { testMail } from '../support/office.ts'
import { mamori, mamoriInShell } from '../support/program.ts'

describe('the commands', () => {
  const folder = temporaryFolder()
  const data = ['--data', join(folder.path, 'data')]
  const raw = testMail({ subject: '返金のお願い', body: '返金してください。領収書を添付します。' })

  beforeAll(async () => {
    writeFileSync(join(folder.path, '1.eml'), raw)
    writeFileSync(join(folder.path, '2.eml'), testMail({ subject: 'その他', body: 'よろしく' }))
  })
  afterAll(() => folder[Symbol.dispose]())

  const json = async (...args: string[]) =>
    JSON.parse((await mamori([...args, '--json', ...data])).out.toString())

  it('import, list, show, find and verify what was imported', { timeout: 240_000 }, async () => {
    expect(await json('import', folder.path)).toMatchObject({
      read: 2,
      stored: 2,
      duplicate: 0,
      unparsable: 0,
      threads: 2,
    })
    expect(await json('import', folder.path)).toMatchObject({ read: 2, stored: 0, duplicate: 2 })

    const [found] = await json('search', '返金')
    expect(found).toMatchObject({
      subject: '返金のお願い',
      from: 'kuroiwa@gouriki.example',
      to: ['support@hinata-kurashi.example'],
      state: 'new',
      snippet: '返金してください。領収書を添付します。',
      marks: [[0, 2]],
      shielded: false,
    })
    expect(found.messages).toHaveLength(1)
    expect(await json('search', '返金 -領収書')).toEqual([])
    expect(await json('search', 'state:new', '件名:その他')).toHaveLength(1)
    const thread = await json('thread', found.id)
    expect(thread.messages[0].text).toContain('領収書')
    expect(await json('threads')).toHaveLength(2)

    const [message] = thread.messages
    const bytes = await mamoriInShell(['message', message.id, '--raw', ...data])
    expect(bytes.out.equals(raw)).toBe(true)
    expect(await json('message', message.id)).toMatchObject({
      subject: '返金のお願い',
      attachments: [],
    })
    expect(await json('verify')).toMatchObject({ ok: true, messages: 2, flaws: [] })
  })

  it('read mail again that an older version could not read', { timeout: 240_000 }, async () => {
    expect(await json('reread')).toEqual({ tried: 0, readable: 0 })
    const [newest] = await json('search', '返金')
    const sql = new Database(join(folder.path, 'data', 'mamori.db'))
    sql
      .prepare(`update messages set unreadable = 'x', reader = 1 where thread_id = ?`)
      .run(newest.id)
    sql.close()
    expect(await json('reread')).toEqual({ tried: 1, readable: 1 })
    expect(await json('reread', '--again')).toEqual({ tried: 0, readable: 0 })
    expect(await json('verify')).toMatchObject({ ok: true })
  })

  it('find a record that somebody bent, and name the place', { timeout: 240_000 }, async () => {
    const sql = new Database(join(folder.path, 'data', 'mamori.db'))
    sql.exec('drop trigger events_never_change')
    sql.exec(`update events set content = replace(content, 'new', 'old') where seq = 2`)
    sql.exec(`update events set content = content || ' ' where seq = 2`)
    sql.close()
    const bent = await mamoriInShell(['verify', ...data])
    expect(bent.code).toBe(1)
    expect(bent.err).toMatch(/event 2 was changed/)
  })

  it.each<[string, string[], Record<string, string>, number, RegExp]>([
    ['an unknown command', ['dance'], {}, 2, /usage: mamori/],
    ['a missing argument', ['import'], {}, 2, /usage: import/],
    [
      'a query of an unknown field',
      ['search', 'form:x', ...data],
      {},
      2,
      /^There is no field “form:”.*\n$/,
    ],
    ['a query with a bad date', ['search', 'before:x', ...data], {}, 2, /^“x” is no date.*\n$/],
    ['a limit that is none', ['search', 'x', '--limit', 'all', ...data], {}, 2, /--limit all: use/],
    ['an unknown option', ['threads', '--loud'], {}, 2, /--loud/],
    [
      'wrong settings',
      ['threads'],
      { MAMORI_PORT: 'x', MAMORI_SECRET: 'short' },
      1,
      /MAMORI_PORT[\s\S]*MAMORI_SECRET/,
    ],
    [
      'a thread that does not exist',
      ['thread', 'none', ...data],
      {},
      1,
      /no thread with the id none/,
    ],
    [
      'a message that does not exist',
      ['message', 'none', ...data],
      {},
      1,
      /no message with the id none/,
    ],
    [
      'a path that does not exist',
      ['import', '/nowhere', ...data],
      {},
      1,
      /\/nowhere: there is no such/,
    ],
    [
      'a policy that is not there',
      ['threads', ...data],
      { MAMORI_POLICY_DIR: '/nowhere' },
      1,
      /MAMORI_POLICY_DIR/,
    ],
    [
      'templates that are not there',
      ['threads', ...data],
      { MAMORI_TEMPLATES_DIR: '/nowhere' },
      1,
      /nowhere\/warning\.ja\.txt/,
    ],
    [
      'a database of another kind',
      ['threads'],
      { DATABASE_URL: 'postgres://u:secret@h/d' },
      1,
      /DATABASE_URL/,
    ],
  ])(
    'answer %s with what to do, and no stack',
    { timeout: 240_000 },
    async (_, args, settings, code, words) => {
      const ran = await mamori(args, settings)
      expect(ran.code).toBe(code)
      expect(ran.err).toMatch(words)
      expect(ran.err).not.toMatch(/\n\s+at |secret/)
      expect(ran.out.toString()).toBe('')
    },
  )

  it('make accounts, name them, and disable them', { timeout: 240_000 }, async () => {
    const added = await json(
      'users',
      'add',
      '--name',
      '佐藤',
      '--email',
      'Sato@x.example',
      '--role',
      'reviewer',
    )
    expect(added.password.length).toBeGreaterThanOrEqual(12)
    expect(
      (
        await mamori([
          'users',
          'add',
          '--name',
          'x',
          '--email',
          'sato@x.example',
          '--role',
          'admin',
          ...data,
        ])
      ).err,
    ).toMatch(/already/)
    const member = ['--name', '鈴木', '--email', 'suzuki@x.example', '--role', 'admin']
    const invited = await json('users', 'invite', ...member)
    expect(invited.link).toMatch(/^http:\/\/localhost:8080\/invitation\?token=[\w-]{43}$/)
    const weak = await mamori(['users', 'add', ...member, ...data], { MAMORI_PASSWORD: 'suzuki' })
    expect(weak.err).toMatch(/already/)
    await mamori(['users', 'disable', 'sato@x.example', ...data])
    const [account] = await json('users', 'list')
    expect(account).toMatchObject({ email: 'sato@x.example', roles: ['reviewer'] })
    expect(account.disabledAt).not.toBeNull()
    expect(JSON.stringify(account)).not.toMatch(/scrypt/)
  })

  it('doctor says what is well and what to mend', { timeout: 240_000 }, async () => {
    const well = await mamori(['doctor', ...data])
    expect(well.code).toBe(0)
    expect(well.out.toString()).toMatch(/ok {3}policy and rules[\s\S]*ok {3}database/)
    const mail = {
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: '1',
      IMAP_USER: 'u',
      IMAP_PASSWORD: 'hunter22',
      MAILBOX_ADDRESS: 'a@b.example',
      MAMORI_SECRET: 'x'.repeat(32),
    }
    const ill = await mamori(['doctor', ...data], mail)
    expect(ill.code).toBe(1)
    expect(ill.out.toString()).toMatch(
      /FAIL mailboxes: inbox: 127\.0\.0\.1:1: nothing listens there/,
    )
    expect(ill.out.toString() + ill.err).not.toContain('hunter22')
  })
})
