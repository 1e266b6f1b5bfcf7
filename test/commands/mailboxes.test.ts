import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoImap, startImap } from '../../src/demo/servers.ts'
import { temporaryFolder } from '../support/folder.ts'
import { mamori } from '../support/program.ts'

describe('the commands on mailboxes and keys', { timeout: 60_000 }, () => {
  const folder = temporaryFolder()
  let imap: DemoImap
  let key: string

  beforeAll(async () => {
    imap = await startImap()
    key = (await mamori(['keys', 'new'])).out.toString().trim()
  })
  afterAll(async () => {
    await imap.stop()
    folder[Symbol.dispose]()
  })

  const run = (words: readonly string[], settings: Record<string, string> = {}) =>
    mamori([...words, '--data', folder.path], { MAMORI_ENCRYPTION_KEY: key, ...settings })
  const server = () => [
    '--host',
    imap.host,
    '--port',
    String(imap.port),
    '--security',
    'none',
    '--user',
    imap.user,
  ]

  it('add a mailbox, try it for real, and never show its password', async () => {
    const words = ['mailboxes', 'add', '--name', 'support', '--address', 'support@x.example']
    const added = await run([...words, ...server()], { MAILBOX_PASSWORD: imap.password })
    expect(added).toMatchObject({ code: 0, err: '' })
    const tried = await run(['mailboxes', 'test', 'support'])
    expect(tried.code).toBe(0)
    expect(tried.out.toString()).toContain('INBOX')

    const listed = await run(['mailboxes', 'list', '--json'])
    expect(JSON.parse(listed.out.toString())).toMatchObject([{ name: 'support' }])
    expect(listed.out.toString()).not.toContain(imap.password)
    expect(readFileSync(join(folder.path, 'mamori.db')).includes(imap.password)).toBe(false)
  })

  it('change one field and keep the others', async () => {
    expect(await run(['mailboxes', 'change', 'support', '--folder', 'Elsewhere'])).toMatchObject({
      code: 0,
    })
    const tried = await run(['mailboxes', 'test', 'support'])
    expect(tried.code).toBe(1)
    expect(tried.err).toContain('the server has no folder Elsewhere')
  })

  it('keep copies of what is sent, where they are told to', async () => {
    const change = ['mailboxes', 'change', 'support', '--sent-copies']
    expect(await run([...change, 'keep:Kopien'])).toMatchObject({ code: 0 })
    const listed = await run(['mailboxes', 'list', '--json'])
    expect(JSON.parse(listed.out.toString())).toMatchObject([
      { sentCopies: { kind: 'keep', folder: 'Kopien' } },
    ])
    expect((await run([...change, 'all'])).code).toBe(2)
  })

  it('seal a key for signing, and refuse what is none', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    const sealed = await mamori(['keys', 'seal'], { MAMORI_ENCRYPTION_KEY: key }, pem)
    expect(sealed).toMatchObject({ code: 0, err: '' })
    expect(sealed.out.toString()).toMatch(/^v1\.\w+\.[\w-]+\n$/)
    const refused = await mamori(['keys', 'seal'], { MAMORI_ENCRYPTION_KEY: key }, 'canary-7351')
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/no private key in PEM/)
    expect(refused.err).not.toContain('canary-7351')
  })

  it('take another key after a rotation, and only then without the old one', async () => {
    const next = (await mamori(['keys', 'new'])).out.toString().trim()
    const refused = await run(['mailboxes', 'test', 'support'], { MAMORI_ENCRYPTION_KEY: next })
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('MAMORI_ENCRYPTION_KEYS_OLD')

    const both = { MAMORI_ENCRYPTION_KEY: next, MAMORI_ENCRYPTION_KEYS_OLD: key }
    const rotated = await run(['keys', 'rotate'], both)
    expect(rotated.out.toString()).toContain('1 sealed anew')
    const tried = await run(['mailboxes', 'test', 'support', '--json'], {
      MAMORI_ENCRYPTION_KEY: next,
    })
    expect(JSON.parse(tried.out.toString())).toMatchObject({ kind: 'connected' })
  })

  it.each([
    [
      'a mailbox without a key',
      ['add', '--name', 'b', '--address', 'b@x.example'],
      {},
      1,
      /MAMORI_ENCRYPTION_KEY/,
    ],
    [
      'several mistakes at once',
      ['add', '--name', 'c', '--address', 'c', '--folder', ''],
      {},
      1,
      /address.*folder/s,
    ],
    [
      'an unknown provider',
      ['add', '--name', 'd', '--provider', 'x'],
      {},
      2,
      /--provider x: must be one of google/,
    ],
    ['a mailbox that is not there', ['pause', 'nobody'], {}, 1, /no mailbox nobody/],
  ])('answer %s with what to do', async (_, words, settings, code, said) => {
    const secret = { MAILBOX_PASSWORD: 'canary-7351', MAMORI_ENCRYPTION_KEY: '', ...settings }
    const ran = await run(['mailboxes', ...words, ...(words[0] === 'add' ? server() : [])], secret)
    expect(ran.code).toBe(code)
    expect(ran.err).toMatch(said)
    expect(ran.err).not.toContain('canary-7351')
  })
})
