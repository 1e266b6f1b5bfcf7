import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readArchive } from '../../src/mail/archive.ts'
import { temporaryFolder } from '../support/folder.ts'

async function subjects(path: string): Promise<string[]> {
  const found: string[] = []
  for await (const { raw } of readArchive(path)) found.push(raw.toString())
  return found
}

describe('an archive of mail', () => {
  it('is an mbox, with quoted From lines restored', async () => {
    using folder = temporaryFolder()
    const path = join(folder.path, 'x.mbox')
    writeFileSync(
      path,
      'From a Mon\nSubject: 1\n\n>From here\n>>From there\n\nFrom b Tue\nSubject: 2\n\ny\n',
    )

    expect(await subjects(path)).toEqual([
      'Subject: 1\n\nFrom here\n>From there\n',
      'Subject: 2\n\ny\n',
    ])
  })

  it('is a Maildir or a folder of .eml files, and passes over what is no mail', async () => {
    using folder = temporaryFolder()
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder.path, name))
    writeFileSync(join(folder.path, 'cur', '1:2,S'), 'a')
    writeFileSync(join(folder.path, 'new', '2'), 'b')
    writeFileSync(join(folder.path, 'tmp', '3'), 'half written')
    writeFileSync(join(folder.path, 'x.eml'), 'c')
    writeFileSync(join(folder.path, 'README'), 'no mail')

    expect((await subjects(folder.path)).sort()).toEqual(['a', 'b', 'c'])
  })

  it('says what is wrong with a path that holds none', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'x.pdf'), '%PDF')

    await expect(subjects(join(folder.path, 'nothing'))).rejects.toThrow(/no such file/)
    await expect(subjects(join(folder.path, 'x.pdf'))).rejects.toThrow(/neither/)
  })
})
