import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backUp } from '../../src/backup/backup.ts'
import { backUpDaily } from '../../src/backup/nightly.ts'
import { newBackupKey } from '../../src/backup/sealed.ts'
import { openDatabase } from '../support/database.ts'
import { canMount, openDisk } from '../support/disk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { testMail } from '../support/office.ts'
import { mamori } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe('a backup of the embedded database', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'house.backup')
  let site: TestSite
  let settings: Record<string, string>
  let made: { out: string; bytes: number; verified: { events: number; mails: number } }

  beforeAll(async () => {
    site = await openSite('SQLite')
    await site.deliver(testMail({ subject: '返品', body: '返品したい。ひみつの言葉。' }))
    settings = { DATABASE_URL: site.database.url, MAMORI_BACKUP_KEY: await newBackupKey() }
    // The site stays open: this is the product that runs meanwhile.
    const { code, out, err } = await mamori(['backup', '--out', file, '--json'], settings)
    expect(err).toBe('')
    expect(code).toBe(0)
    made = JSON.parse(out.toString())
  })
  afterAll(async () => {
    await site.close()
    folder[Symbol.dispose]()
  })

  const restored = (from: string, name: string, over: Record<string, string> = {}) =>
    mamori(['restore', from, '--data', join(folder.path, name)], { ...settings, ...over })
  const leftIn = (name: string) => {
    const path = join(folder.path, name)
    return existsSync(path) ? readdirSync(path) : []
  }

  it('is made while the product runs, verified before it has its name, and leaves nothing else', async () => {
    expect(made).toMatchObject({ out: file, bytes: readFileSync(file).length })
    expect(made.verified).toMatchObject({ mails: 1 })
    expect(made.verified.events).toBeGreaterThan(5)
    expect(readdirSync(folder.path)).toEqual(['house.backup'])
    const beside = dirname(site.database.url.slice('file:'.length))
    expect(readdirSync(beside).filter((name) => name.startsWith('.backup'))).toEqual([])
    expect(readFileSync(file).includes('ひみつ')).toBe(false)
  })

  it('comes back whole in an empty place, with the policy and the notices, and holds', async () => {
    const { code, out } = await restored(file, 'whole')
    expect(code).toBe(0)
    expect(out.toString()).toMatch(/events and 1 mails verified: nothing was changed/)
    expect(leftIn('whole')).toEqual(expect.arrayContaining(['mamori.db', 'policy', 'templates']))
    for (const name of ['policy/policy.yaml', 'templates/warning.ja.txt']) {
      const path = join(folder.path, 'whole', name)
      if (existsSync(name)) expect(readFileSync(path)).toEqual(readFileSync(name))
    }
    const again = await restored(file, 'whole')
    expect(again.code).toBe(1)
    expect(again.err).toMatch(/is not empty: name a new folder\n$/)
  })

  it('is refused by another key, cut off, changed, or where it is none, each in a line of its own', async () => {
    const whole = readFileSync(file)
    const bent = (name: string, bytes: Buffer) => {
      const path = join(folder.path, `${name}.backup`)
      writeFileSync(path, bytes)
      return path
    }
    const flipped = Buffer.from(whole)
    flipped[100_000] = (flipped[100_000] ?? 0) ^ 1
    const cases: [string, string, RegExp, Record<string, string>?][] = [
      ['key', file, /was sealed with another key/, { MAMORI_BACKUP_KEY: await newBackupKey() }],
      ['no-key', file, /there is no backup key/, { MAMORI_BACKUP_KEY: 'x' }],
      ['cut', bent('cut', whole.subarray(0, 150_000)), /was cut off: its end is missing/],
      ['cut-1', bent('cut1', whole.subarray(0, -1)), /was cut off: its end is missing/],
      ['changed', bent('changed', flipped), /was changed, between bytes 65552 and 131104/],
      ['head', bent('head', whole.subarray(0, 60)), /is no backup, or its beginning was changed/],
      ['else', bent('else', Buffer.from('hello')), /is no backup/],
    ]
    for (const [name, from, words, over] of cases) {
      const { code, err } = await restored(from, name, over)
      expect([name, code, err.split('\n').length]).toEqual([name, 1, 2])
      expect(err).toMatch(words)
      expect(leftIn(name)).toEqual([])
    }
  })

  it('replaces no file, and leaves none behind where it goes wrong', async () => {
    const there = await mamori(['backup', '--out', file], settings)
    expect([there.code, there.err]).toEqual([1, `${file} is there already: name another file\n`])
    const out = join(folder.path, 'broken.backup')
    const wanted = {
      ...{ database: site.database.url.slice('file:'.length), out, at: site.house.now() },
      ...{ policyFolder: 'policy', templatesFolder: 'templates' },
      key: settings.MAMORI_BACKUP_KEY ?? '',
    }
    const failing = backUp(wanted, () => Promise.reject(new Error('does not verify')))
    await expect(failing).rejects.toThrow('does not verify')
    expect(readdirSync(folder.path).filter((name) => name.startsWith('broken'))).toEqual([])
  })

  it.runIf(canMount)('says that a disk is full, and leaves no half file there', async () => {
    const disk = openDisk(1)
    try {
      disk.fill(0.9)
      const { code, err } = await mamori(
        ['backup', '--out', join(disk.path, 'x.backup'), '--no-verify'],
        settings,
      )
      expect([code, err]).toEqual([1, 'the disk is full: no backup was made or restored\n'])
      expect(readdirSync(disk.path)).toEqual(['filler'])
    } finally {
      disk.close()
    }
  })

  it('is in the log, and doctor says when it was made, and that it is old', async () => {
    const last = await site.house.store.log.lastOf('backup_made')
    expect(last?.event).toMatchObject({ by: null, bytes: made.bytes })
    const doctor = await mamori(['doctor'], settings)
    expect(doctor.out.toString()).toMatch(
      /^ok {3}backup: the last one was made 20\S+ \(\d+ bytes\)$/m,
    )
    expect(doctor.out.toString()).toMatch(/^warn checkpoints: nobody outside gets them/m)
    const old = { kind: 'backup_made', at: '2026-01-01T00:00:00.000Z', by: null, upTo: 1 } as const
    await site.house.store.record([{ ...old, bytes: 1, fileSha256: 'x' }])
    const later = await mamori(['doctor'], settings)
    expect(later.out.toString()).toMatch(/^warn backup: .* days ago$/m)
  })
})

describe('the backup of the day', () => {
  it('is made once a day, fourteen stay, and what is not ours is left alone', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'mine.txt'), 'x')
    const make = async (out: string) => writeFileSync(out, 'x')
    const on = (day: number, time: string) => `2026-11-${String(day).padStart(2, '0')}T${time}Z`
    for (let day = 1; day <= 16; day += 1) {
      expect(await backUpDaily(folder.path, on(day, '02:00:05.123'), make)).toContain(`-11-`)
      expect(await backUpDaily(folder.path, on(day, '20:00:00.000'), make)).toBeNull()
    }
    const left = readdirSync(folder.path).filter((name) => name !== 'mine.txt')
    expect(left).toHaveLength(14)
    expect(left.toSorted()[0]).toBe('mamori-2026-11-03T02-00-05Z.backup')
    expect(existsSync(join(folder.path, 'mine.txt'))).toBe(true)
    const failing = backUpDaily(folder.path, on(20, '02:00:00.000'), () =>
      Promise.reject(new Error('no')),
    )
    await expect(failing).rejects.toThrow('no')
    expect(readdirSync(folder.path)).toHaveLength(15)
  })
})

it('a backup of PostgreSQL is pg_dump’s, with the words to type', async () => {
  const database = await openDatabase('PostgreSQL')
  try {
    const settings = { DATABASE_URL: database.url }
    const { code, err } = await mamori(['backup', '--out', '/nowhere/x'], settings)
    expect(code).toBe(1)
    expect(err).toMatch(/pg_dump --format=custom .* "\$DATABASE_URL"/)
  } finally {
    await database.close()
  }
})
