import { describe, expect, it } from 'vitest'
import { mailboxes } from '../../src/demo/cast.ts'
import { storyMails } from '../../src/demo/story.ts'
import { categories } from '../../src/domain/category.ts'
import { readMail } from '../../src/mail/read.ts'

const telling = { now: new Date('2026-11-23T05:00:00Z'), authservId: 'mx.mamori.example' }

describe('the story of the demo', () => {
  it('shows every category, ordinary and legitimate mail, machines, care and a forger', async () => {
    const mails = await storyMails(telling)
    const count = (theme: string) => mails.filter((mail) => mail.theme === theme).length

    for (const code of categories) expect(count(code)).toBeGreaterThanOrEqual(2)
    expect(count('ordinary')).toBeGreaterThanOrEqual(14)
    expect(count('legitimate')).toBeGreaterThanOrEqual(8)
    expect(count('machine')).toBeGreaterThanOrEqual(3)
    expect(count('care')).toBe(1)
    expect(count('forged')).toBe(1)
    expect(mails.filter(({ live }) => live !== null).length).toBeGreaterThanOrEqual(5)
  })

  it('can be read in every charset, by name, subject and text', async () => {
    for (const { raw, key, theme } of await storyMails(telling)) {
      const mail = await readMail(raw, [telling.authservId])
      expect(mail.unreadable, key).toBeNull()
      expect(mail.text.trim(), key).not.toBe('')
      expect(mail.subject, key).not.toMatch(/�|=\?/)
      expect(mail.from[0]?.name, key).not.toMatch(/�|=\?/)
      expect(mail.identity === 'failed', key).toBe(theme === 'forged')
    }
  })

  it('goes to the folders of the three departments', async () => {
    const folders = new Set((await storyMails(telling)).map(({ folder }) => folder))
    expect([...folders].sort()).toEqual(mailboxes.map(({ folder }) => folder).sort())
  })
})
