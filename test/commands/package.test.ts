import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPackage } from '../../src/evidence/check.ts'
import { usualLimits } from '../../src/evidence/check.zip.ts'
import { answerDisclosure, requestDisclosure } from '../../src/flow/disclosure.ts'
import { recordIncident, reviewIncident } from '../../src/flow/incidents.ts'
import { review } from '../../src/flow/review.ts'
import { confirmJoin, noteSender, proposeJoin } from '../../src/flow/senders.ts'
import { verify } from '../../src/flow/verify.ts'
import { suspendSomebody } from '../support/affair.ts'
import { canMount, openDisk } from '../support/disk.ts'
import { temporaryFolder } from '../support/folder.ts'
import { harassment } from '../support/matters.ts'
import { encoded, mail, multipart, part, percent, word } from '../support/mime.ts'
import { staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { type Files, filesOf, replaced, resealed, zipOf } from '../support/packages.ts'
import { mamori } from '../support/program.ts'
import { openSite, type TestSite } from '../support/site.ts'

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
  Buffer.from('IHDR and the rest'),
])

/** The standard tool is asked as well where there is one. */
const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0
const folder = temporaryFolder()
const file = join(folder.path, 'case.zip')
let site: TestSite
let settings: Record<string, string>
let senderId: string
let root: string

beforeAll(async () => {
  site = await openSite('SQLite')
  settings = { DATABASE_URL: site.database.url }
  senderId = (await suspendSomebody(site)).senderId
  await site.deliver(testMail({ from: 'else@other.example', body: '別の人の言葉です。' }))
  const { code, err } = await mamori(['evidence', senderId, '--out', file], settings)
  expect([code, err]).toEqual([0, ''])
  root = `mamori-case-${senderId}`
})
afterAll(async () => {
  await site.close()
  folder[Symbol.dispose]()
})

async function unzipped(from: string, name: string): Promise<string> {
  const to = join(folder.path, name)
  for (const [path, bytes] of await filesOf(from)) {
    const place = join(to, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, bytes)
  }
  return join(to, readdirSync(to)[0] ?? '')
}

/** Lines of the manifest whose file has another hash, as `sha256sum -c` finds them. */
function wrongIn(folderOfBag: string, manifest: string): string[] {
  const lines = readFileSync(join(folderOfBag, manifest), 'utf8').trimEnd().split('\n')
  return lines.filter((line) => {
    const [hash, ...path] = line.split('  ')
    const bytes = readFileSync(join(folderOfBag, path.join('  ')))
    return createHash('sha256').update(bytes).digest('hex') !== hash
  })
}

describe('the package of a case', () => {
  it('is a bag that sha256sum checks, file by file', async () => {
    const cwd = await unzipped(file, 'open')
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      expect(wrongIn(cwd, manifest)).toEqual([])
      if (!hasSha256sum) continue
      const said = execFileSync('sha256sum', ['--strict', '-c', manifest], { cwd }).toString()
      expect(said).toMatch(/: OK\n$/)
    }
    expect(readFileSync(join(cwd, 'bagit.txt'), 'utf8')).toMatch(/^BagIt-Version: 1\.0\n/)
    expect(readdirSync(join(cwd, 'data', 'mails'))).toHaveLength(2)
  })

  it('says what was checked, without a database, and is in the log by its manifest', async () => {
    const nowhere = { DATABASE_URL: 'file:/nowhere/at/all.db' }
    const { code, out, err } = await mamori(['verify', file], nowhere)
    expect([code, err]).toEqual([0, ''])
    expect(out.toString()).toMatch(/2 mails and 1 letters are those of their events/)
    expect(out.toString()).toMatch(/events are chained from the first to the signed one/)
    const last = await site.house.store.log.lastOf('case_exported')
    const named = last?.event.kind === 'case_exported' ? last.event.manifestSha256 : ''
    expect(named).toMatch(/^[0-9a-f]{64}$/)
    expect(out.toString()).toContain(named)
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('is the same one again, but for the date of its export', async () => {
    const again = join(folder.path, 'again.zip')
    await mamori(['evidence', 'kuroiwa@gouriki.example', '--out', again], settings)
    const [one, other] = [await filesOf(file), await filesOf(again)]
    const changed = [...one].filter(([name, bytes]) => !other.get(name)?.equals(bytes))
    expect([...other.keys()]).toEqual([...one.keys()])
    expect(changed.map(([name]) => name.slice(root.length + 1))).toEqual([
      'bag-info.txt',
      'tagmanifest-sha256.txt',
    ])
  })

  it('shows nothing of others, no name of staff, and no care, exposure or draft', async () => {
    const files = await filesOf(file)
    const all = [...files.values()].map(String).join('\n')
    expect(all).toContain('お前は無能だ')
    expect(all).not.toMatch(/別の人の言葉|else@other|passage_revealed|care_/)
    expect(all).not.toMatch(/"(?:name|email)":"(?:reviewer|second|supervisor)/)
    const people = JSON.parse(String(files.get(`${root}/data/people.json`)))
    expect(people.length).toBeGreaterThanOrEqual(3)
    expect(Object.keys(people[0])).toEqual(['id', 'roles'])
    const report = String(files.get(`${root}/data/report.html`))
    expect(report).not.toMatch(/<script|src=|href=|url\(/)
  })

  it('holds where nothing was decided yet, and there is no mail', async () => {
    const { store } = site.house
    const other = await store.dossiers.sender({ id: '', address: 'else@other.example' })
    const out = join(folder.path, 'undecided.zip')
    const made = await mamori(['evidence', other ?? '', '--out', out, '--lang', 'en'], settings)
    expect(made.code).toBe(0)
    expect((await checkPackage(out)).flaws).toEqual([])
    const report = String((await filesOf(out)).get(`mamori-case-${other}/data/report.html`))
    expect(report).toContain('There is no decision and no measure yet.')
  })

  it('has everybody who was joined, calls with their pictures, and nothing that is the house’s own', async () => {
    const { house } = site
    const named = await staffOf(site)
    const mailboxId = (await house.store.mailboxes.find('support'))?.id ?? ''
    await site.deliver(testMail({ from: 'one@joined.example', body: '一人目の言葉' }))
    await site.deliver(testMail({ from: 'two@joined.example', body: '二人目の言葉' }))
    const senderAt = (address: string) => house.store.dossiers.sender({ id: '', address })
    const one = (await senderAt('one@joined.example')) ?? ''
    const two = (await senderAt('two@joined.example')) ?? ''
    const incidentId = house.newId()
    const call = {
      ...({ incidentId, sender: two, mailboxId, kind: 'phone', minutes: 90 } as const),
      ...{ occurredAt: house.now(), takenBy: named('second').id, picture: png },
      ...{ account: '怒鳴り続けた', recording: '録音 7', postUrl: '' },
    }
    await recordIncident(house, call, harassment(), named('reviewer'))
    await reviewIncident(house, incidentId, harassment(), named('supervisor'))
    const note = { senderId: two, mailboxId, text: '内輪のメモ', corrects: null }
    expect(await noteSender(house, note, named('reviewer'))).toEqual({ kind: 'done' })
    const pair = [one, two] as const
    const why = { reasons: ['by_hand'], reason: '同じ声' } as const
    expect(await proposeJoin(house, pair, why, named('reviewer'))).toEqual({ kind: 'done' })
    const [pairing] = await house.store.joins.about([one])
    await confirmJoin(house, pairing?.id ?? '', '', named('supervisor'))

    const out = join(folder.path, 'joined.zip')
    const made = await mamori(['evidence', 'two@joined.example', '--out', out], settings)
    expect([made.code, made.err]).toEqual([0, ''])
    expect((await checkPackage(out)).flaws).toEqual([])
    const files = await filesOf(out)
    const all = [...files.values()].map(String).join('\n')
    for (const words of [
      'one@joined.example',
      '怒鳴り続けた',
      'senders_joined',
      'incident_decided',
    ]) {
      expect(all).toContain(words)
    }
    expect(all).not.toMatch(/内輪のメモ|sender_noted|care_|join_proposed/)
    const names = [...files.keys()].map((name) => name.replace(/^[^/]+\//, ''))
    expect(names.filter((name) => name.startsWith('data/mails/'))).toHaveLength(2)
    expect(names).toContainEqual(expect.stringMatching(/^data\/incidents\/0001-\w+\.png$/))
    const report = String([...files].find(([name]) => name.endsWith('report.html'))?.[1])
    expect(report).toMatch(/同じ人と確認された差出人 1件.*怒鳴り続けた/s)
  })

  it('hides people who have no part in it, says so, and names the originals by their hashes', async () => {
    const from = 'masked@kaigara.example'
    const friend = `${word('UTF-8', encoded('山田 花子', 'UTF8'))} <hanako@friend.example>`
    const letter = mail(
      ...[
        `From: ${from}`,
        `To: support@hinata-kurashi.example, ${friend}`,
        'Subject: =?UTF-8?B?5L+u55CG?=',
      ],
      ...['Message-ID: <masked-1@kaigara.example>', 'Date: Fri, 27 Nov 2026 10:00:00 +0900'],
      'MIME-Version: 1.0',
      ...multipart(
        'mixed',
        part('text/plain; charset=utf-8', '山田花子さんにも伝えた。電話は 03-1234-5678 だ。'),
        part(
          'image/png',
          png,
          `Content-Disposition: attachment; filename*=UTF-8''${percent(encoded('山田花子.png', 'UTF8'))}`,
        ),
      ),
    )
    await site.deliver(letter)
    await site.deliver(testMail({ from, subject: '別の件', body: '住所を変えました。' }))
    const { store } = site.house
    const threads = await store.queue.list({ states: 'open' }, { offset: 0, limit: 50 })
    const id = threads.find(({ subject }) => subject === '修理')?.id ?? ''
    const named = await staffOf(site)
    const opinion = { ...harassment(), reason: '山田花子さんの名を挙げて脅した' }
    await review(site.house, id, { revision: 1, opinion }, named('reviewer'))
    await review(site.house, id, { revision: 1, opinion }, named('second'))

    const out = join(folder.path, 'masked.zip')
    const words = ['--mask-others', '--mask', '03-1234-5678', '--lang', 'en']
    const made = await mamori(['evidence', from, '--out', out, ...words], settings)
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out.toString()).toMatch(/^2 names, addresses or words are masked$/m)
    const files = await filesOf(out)
    const all = [...files.values()].map(String).join('\n')
    expect(all).not.toMatch(/山田|花子|hanako@|friend\.example|1234-5678/)
    const find = (pattern: RegExp) => [...files].filter(([name]) => pattern.test(name))
    const [[, copy] = []] = find(/\.masked\.txt$/)
    expect(String(copy)).toMatch(/\[masked 1\]さんにも伝えた。電話は \[masked 2\] だ/)
    expect(String(copy)).toContain(createHash('sha256').update(letter).digest('hex'))
    expect(find(/\.eml$/)).toHaveLength(1)
    expect(find(/\/attachments\//)).toEqual([])
    expect(String(find(/report\.html$/)[0]?.[1])).toMatch(/2 names, addresses or words are masked/)
    expect(String(find(/bag-info/)[0]?.[1])).toContain('Mamori-Masked: 2\n')

    const checked = await mamori(['verify', out])
    expect([checked.code, checked.err]).toEqual([0, ''])
    expect(checked.out.toString()).toMatch(/^1 mails, letters or incidents are masked copies/m)
    const last = await store.log.lastOf('case_exported')
    expect(last?.event).toMatchObject({ masked: 2 })
    const short = await mamori(['evidence', from, '--out', `${out}2`, '--mask', 'x'], settings)
    expect([short.code, short.err]).toEqual([1, '"x" cannot be hidden: 2 to 200 characters can\n'])
  })

  it('goes to the person themselves by `disclose`, once two supervisors have answered so', async () => {
    const out = join(folder.path, 'person.zip')
    const disclose = (...more: string[]) =>
      mamori(['disclose', senderId, '--out', out, ...more], settings)
    expect(await disclose('--lang', 'fr')).toMatchObject({ code: 2 })
    const early = await disclose()
    expect([early.code, early.err]).toEqual([
      1,
      expect.stringMatching(/^no request of this person/),
    ])
    expect(existsSync(out)).toBe(false)
    const boss = await site.hire('boss', ['supervisor'])
    const supervisor = (await staffOf(site))('supervisor')
    const asked = { senderId, receivedOn: site.house.now().slice(0, 10), reason: 'すべて' }
    await requestDisclosure(site.house, { ...asked, identityCheck: '免許証' }, supervisor)
    const [request] = await site.house.store.disclosures.list(1)
    const withheld = [{ part: 'notes', ground: 'rights' }] as const
    const given = { how: 'given', withheld, answer: '' } as const
    await answerDisclosure(site.house, request?.id ?? '', given, boss)
    const made = await disclose('--lang', 'en')
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out.toString()).toMatch(
      /mails, \d+ bytes, manifest \w+\nwithheld: notes \(rights\)/,
    )
    const checked = await mamori(['verify', out])
    expect([checked.code, checked.err]).toEqual([0, ''])
  })

  it('is refused where there is no such sender, or a file of that name', async () => {
    const nobody = await mamori(['evidence', 'nobody@nowhere.example', '--out', 'x.zip'], settings)
    expect([nobody.code, nobody.err]).toEqual([
      1,
      'nobody@nowhere.example: there is no such sender\n',
    ])
    const there = await mamori(['evidence', senderId, '--out', file], settings)
    expect([there.code, there.err]).toEqual([1, `${file} is there already: name another file\n`])
  })

  it.runIf(canMount)('leaves nothing behind where the disk is full', async () => {
    const disk = openDisk(1)
    try {
      disk.fill(0.99)
      const out = join(disk.path, 'x.zip')
      const { code, err } = await mamori(['evidence', senderId, '--out', out], settings)
      expect([code, err]).toEqual([1, 'the disk is full: nothing was exported\n'])
      expect(readdirSync(disk.path)).toEqual(['filler'])
    } finally {
      disk.close()
    }
  })
})

describe('a package that was bent', () => {
  let count = 0
  async function said(bytes: Buffer, more: readonly string[] = []): Promise<string> {
    count += 1
    const path = join(folder.path, `bent-${count}.zip`)
    writeFileSync(path, bytes)
    const { code, out, err } = await mamori(['verify', path, ...more])
    expect([code, out.toString()]).toEqual([1, ''])
    return err
  }
  async function bent(change: (files: Files) => void, reseal = false): Promise<string> {
    const files = await filesOf(file)
    change(files)
    return said(await zipOf(reseal ? resealed(files) : files))
  }
  const put = (files: Files, path: string, change: (text: string) => string) => {
    const name = `${root}/${path}`
    files.set(name, Buffer.from(change(String(files.get(name)))))
  }
  const mailIn = (files: Files) => [...files.keys()].find((name) => name.includes('/mails/')) ?? ''
  const chainWith = (change: (lines: string[]) => void) =>
    bent((files) => {
      put(files, 'data/chain.jsonl', (text) => {
        const lines = text.split('\n')
        change(lines)
        return lines.join('\n')
      })
    }, true)

  it('names a file that was changed, one that is missing, and one that is more', async () => {
    expect(await bent((files) => put(files, 'data/report.html', (text) => `${text} `))).toMatch(
      /data\/report\.html was changed: it has another hash than in manifest/,
    )
    expect(await bent((files) => files.delete(`${root}/data/people.json`))).toMatch(
      /data\/people\.json is missing: manifest-sha256\.txt lists it/,
    )
    expect(await bent((files) => files.set(`${root}/data/more.txt`, Buffer.from('x')))).toMatch(
      /data\/more\.txt is one file more/,
    )
    expect(await bent((files) => files.set(`${root}/more.txt`, Buffer.from('x')))).toMatch(
      /more\.txt is one file more: tagmanifest/,
    )
  })

  it('names a manifest that was changed, or that is none', async () => {
    expect(
      await bent((files) => put(files, 'manifest-sha256.txt', (text) => text.replace(/^./, 'x'))),
    ).toMatch(/manifest-sha256\.txt was changed.*manifest-sha256\.txt, line 1: is no hash/)
    expect(await bent((files) => files.delete(`${root}/manifest-sha256.txt`))).toMatch(
      /manifest-sha256\.txt is missing/,
    )
  })

  it('is told from a zip that was cut off, at any place, or is none', async () => {
    const whole = readFileSync(file)
    for (const end of [0, 3, 500, whole.length - 1, whole.length - 30]) {
      expect(await said(whole.subarray(0, end))).toMatch(/is no zip, or was cut off/)
    }
    const flipped = Buffer.from(whole)
    const at = whole.indexOf('/mails/') + 60
    flipped[at] = (flipped[at] ?? 0) ^ 0xff
    expect(await said(flipped)).toMatch(/data\/mails\/\S+ (?:was changed|cannot be unpacked)/)
  })

  it('names what leads out, is absolute, is there twice, or is a link', async () => {
    const files = await filesOf(file)
    const bytes = await zipOf(files)
    const readme = `${root}/data/README.txt`
    const rename = (to: string) => said(replaced(bytes, readme, to))
    expect(await rename(`${root}/../../../ME.txt`)).toMatch(
      /README?|ME\.txt" leads out of its folder/,
    )
    expect(await rename(readme.replace(/^./, '/'))).toMatch(/has an absolute name/)
    expect(await rename(`C:\\${readme.slice(3)}`)).toMatch(/has an absolute name/)
    expect(await rename(`${root}\\data/README.txt`)).toMatch(/has a name that no package has/)
    expect(await said(replaced(bytes, 'data/threads.json', 'data/letters.json'))).toMatch(
      /data\/letters\.json" is in the zip twice/,
    )
    expect(await said(await zipOf(files, { [readme]: 0o120777 }))).toMatch(/README\.txt" is a link/)
  })

  it('is not read on and on: its files share no bytes, and have an end', async () => {
    const bytes = Buffer.from(readFileSync(file))
    const first = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
    const second = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'), first + 4)
    bytes.copy(bytes, second + 42, first + 42, first + 46)
    expect(await said(bytes)).toMatch(/shares its bytes with another file/)
    const few = (limits: Partial<typeof usualLimits>) =>
      checkPackage(file, { limits: { ...usualLimits, ...limits } })
    await expect(few({ bytes: 1000 })).rejects.toThrow('unpacks to more than 1000 bytes')
    await expect(few({ files: 3 })).rejects.toThrow('more than 3 are not read')
    await expect(few({ textBytes: 100 })).rejects.toThrow('is too large to be read')
  })

  it('names a mail that is not the one of its event, though all manifests fit', async () => {
    const told = await bent((files) => {
      const name = mailIn(files)
      const bytes = Buffer.concat([files.get(name) ?? Buffer.alloc(0), Buffer.from('!')])
      files.set(name, bytes)
    }, true)
    expect(told).toMatch(
      /data\/mails\/0001-\w+\.eml is not the mail of event \d+: its hash differs/,
    )
    expect(await bent((files) => put(files, 'data/mails.json', () => '[]\n'), true)).toMatch(
      /event \d+ names a mail that is not in the package/,
    )
  })

  it('names the link of the chain that is broken, though all manifests fit', async () => {
    const content = (lines: string[]) => lines.findIndex((line) => line.includes('decision_made'))
    const changed = await chainWith((lines) => {
      const at = content(lines)
      lines[at] = lines[at]?.replace('harassment', 'ordinary') ?? ''
    })
    expect(changed).toMatch(/event \d+ was changed: its hash does not cover its content/)
    const hidden = await chainWith((lines) => {
      lines[1] = lines[1]?.replace(/"hash":"../, '"hash":"zz') ?? ''
    })
    expect(hidden).toMatch(/is not the one that the checkpoint signed/)
    expect(await chainWith((lines) => lines.splice(2, 1))).toMatch(
      /event 3 is missing: the next one is 4/,
    )
    expect(await chainWith((lines) => lines.splice(-2, 1))).toMatch(/the checkpoint covers/)
  })

  it('names a checkpoint that was changed, or signed by another key', async () => {
    const told = await bent((files) => {
      put(files, 'data/checkpoint.json', (text) => text.replace(/"events": \d+/, '"events": 3'))
    }, true)
    expect(told).toMatch(/the checkpoint was changed: its signature does not cover it/)
    const [own] = await site.house.store.checkpoints.all()
    const right = await mamori(['verify', file, '--public-key', own?.publicKey ?? ''])
    expect([right.code, right.out.toString()]).toEqual([
      0,
      expect.stringMatching(/that is the key/),
    ])
    const other = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE='
    expect(await said(readFileSync(file), ['--public-key', other])).toMatch(
      /the checkpoint was signed by another key/,
    )
  })
})

const vectors = '../shared/vectors/attachment_names.json'

describe.runIf(existsSync(vectors))('names that a mail gives its files', () => {
  it('reach the table alone: no file of a package is called by them', async () => {
    const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as {
      cases: { filename: string }[]
    }
    const some = cases.slice(0, 30)
    const utf8 = (text: string) => percent(Buffer.from(text).toString('latin1'))
    const parts = some.map(({ filename }, at) =>
      part(
        'application/octet-stream',
        Buffer.from(`file ${at}`),
        `Content-Disposition: attachment; filename*=UTF-8''${utf8(filename)}`,
      ),
    )
    await site.deliver(
      mail(
        'From: files@hostile.example',
        'To: support@hinata-kurashi.example',
        'Message-ID: <../../../etc/passwd@hostile.example>',
        'Date: Fri, 27 Nov 2026 10:00:00 +0900',
        'Subject: ../../x',
        'MIME-Version: 1.0',
        ...multipart('mixed', part('text/plain; charset=utf-8', 'hello'), ...parts),
      ),
    )
    const out = join(folder.path, 'names.zip')
    const made = await mamori(['evidence', 'files@hostile.example', '--out', out], settings)
    expect([made.code, made.err]).toEqual([0, ''])
    const files = await filesOf(out)
    const attached = [...files.keys()].filter((name) => name.includes('/attachments/'))
    expect(attached).toHaveLength(30)
    for (const name of files.keys()) {
      expect(name).toMatch(/^mamori-case-[\w-]+\/(?:data\/(?:\w+\/)?)?[\w-]+\.\w+$/)
    }
    expect((await checkPackage(out)).flaws).toEqual([])
    const [line] = JSON.parse(String([...files].find(([name]) => name.endsWith('mails.json'))?.[1]))
    expect(line.attachments).toHaveLength(30)
    expect(JSON.stringify(line.attachments)).toContain('passwd')
  })
})
