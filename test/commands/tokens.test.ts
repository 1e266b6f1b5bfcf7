import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folder.ts'
import { mamori } from '../support/program.ts'

describe('the command for tokens', () => {
  const folder = temporaryFolder()
  const data = ['--data', join(folder.path, 'data')]
  afterAll(() => folder[Symbol.dispose]())

  it('makes, lists and revokes what programs read with', { timeout: 60_000 }, async () => {
    const scopes = ['--scope', 'threads:read', '--scope', 'events:read']
    const add = ['tokens', 'add', '--name', 'crm', ...scopes, ...data]
    const made = JSON.parse((await mamori([...add, '--json'])).out.toString())
    expect(made).toMatchObject({ name: 'crm', days: 90, mailboxes: null })
    expect(made.token).toMatch(/^mamori_/)

    const again = await mamori(add)
    expect(again).toMatchObject({ code: 1 })
    expect(again.err).toMatch(/There is a token of that name/)
    const list = await mamori(['tokens', 'list', '--json', ...data])
    expect(JSON.parse(list.out.toString())).toMatchObject([{ name: 'crm', state: 'active' }])
    expect(list.out.toString()).not.toContain(made.token)

    expect((await mamori(['tokens', 'revoke', 'crm', ...data])).code).toBe(0)
    expect((await mamori(['tokens', 'revoke', 'crm', ...data])).code).toBe(1)
    expect((await mamori(['tokens', 'list', ...data])).out.toString()).toContain('revoked')
    const wrong = await mamori(['tokens', 'add', '--name', 'x', '--scope', 'write', ...data])
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.err).toContain('threads:read')
  })
})
