import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { mailboxes } from '../../src/demo/cast.ts'
import type { Told } from '../../src/demo/story/told.ts'
import { type StoryMail, story, storyMails } from '../../src/demo/story.ts'
import { textOf } from '../../src/demo/writing.ts'
import { categories } from '../../src/domain/category.ts'
import { readMail } from '../../src/mail/read.ts'

const telling = { now: new Date('2026-11-23T05:00:00Z'), authservId: 'mx.mamori.example' }
const told = new Map(story.map((one) => [one.key, one]))

function toldOf({ key }: StoryMail): Told {
  const one = told.get(key)
  if (!one) throw new Error(`${key} is not told`)
  return one
}

/** The first mail of the exchange that a mail belongs to. */
function rootOf(one: Told): string {
  const answered = told.get(one.answers ?? '')
  return answered ? rootOf(answered) : one.key
}

function threadsOf(theme: Told['theme']): Set<string> {
  return new Set(story.filter((one) => one.theme === theme).map(rootOf))
}

describe('the story of the demo', () => {
  it('tells at least 48 exchanges, with every category, fair mail and machines among them', () => {
    expect(new Set(story.map(rootOf)).size).toBeGreaterThanOrEqual(48)
    for (const code of categories) {
      expect(threadsOf(code).size, code).toBeGreaterThanOrEqual(2)
    }
    expect(threadsOf('ordinary').size).toBeGreaterThanOrEqual(14)
    expect(threadsOf('legitimate').size).toBeGreaterThanOrEqual(8)
    expect(threadsOf('machine').size).toBeGreaterThanOrEqual(2)
    expect(threadsOf('care').size).toBeGreaterThanOrEqual(1)
    expect(threadsOf('forged').size).toBeGreaterThanOrEqual(1)
  })

  it('names every mail once, answers only what is told earlier, and writes no text twice', () => {
    expect(told.size).toBe(story.length)
    expect(new Set(story.map(({ body, html }) => body + html)).size).toBe(story.length)
    for (const one of story.filter(({ answers }) => answers !== undefined)) {
      const answered = told.get(one.answers ?? '')
      expect(answered, one.key).toBeDefined()
      expect(one.minutesAgo, one.key).toBeLessThan(answered?.minutesAgo ?? 0)
    }
  })

  it('takes place at addresses that nobody can have', () => {
    for (const { key, address } of story)
      expect(address, key).toMatch(/^[a-z0-9._-]+@[a-z0-9.-]+\.example$/)
  })

  it('keeps its words in every charset, as a mail program reads them', async () => {
    const whole = { ...telling, told }
    for (const mail of await storyMails(telling)) {
      const one = toldOf(mail)
      const parsed = await simpleParser(mail.raw)
      expect(parsed.subject ?? '', one.key).toBe(one.subject)
      expect(parsed.from?.value[0], one.key).toMatchObject({ address: one.address })
      if (!one.bounced) expect(parsed.from?.value[0]?.name, one.key).toBe(one.name)
      if (one.body !== '') {
        expect(parsed.text?.replaceAll('\r\n', '\n').trim(), one.key).toContain(textOf(one, whole))
      } else {
        expect(parsed.html, one.key).toBe(one.html)
      }
      expect(parsed.date?.toISOString(), one.key).toBe(mail.date.toISOString())
      expect(parsed.messageId, one.key).toMatch(/^<.+@story\.example>$/)
      expect(parsed.attachments.length, one.key).toBeGreaterThanOrEqual(
        one.attachments?.length ?? 0,
      )
    }
  })

  it('is written in UTF-8 and in each of the three older Japanese charsets', () => {
    expect(new Set(story.map(({ charset }) => charset))).toEqual(
      new Set([undefined, 'ISO-2022-JP', 'Shift_JIS', 'EUC-JP']),
    )
  })

  it('answers name the whole chain of mails before them', async () => {
    const mails = await storyMails(telling)
    const parsed = new Map<string, Awaited<ReturnType<typeof simpleParser>>>()
    for (const { key, raw } of mails) parsed.set(key, await simpleParser(raw))
    for (const one of story.filter(({ answers, bounced }) => answers && !bounced)) {
      const answered = parsed.get(one.answers ?? '')
      const before = [answered?.references ?? []].flat()
      expect(parsed.get(one.key)?.inReplyTo, one.key).toBe(answered?.messageId)
      expect([parsed.get(one.key)?.references].flat(), one.key).toEqual([
        ...before,
        answered?.messageId,
      ])
    }
  })

  it('vouches for every sender but those it says it does not', async () => {
    for (const mail of await storyMails(telling)) {
      const { authentication = 'pass' } = toldOf(mail)
      const { identity, unreadable } = await readMail(mail.raw, [telling.authservId])
      const expected = { pass: 'verified', none: 'unverified', fail: 'failed' }[authentication]
      expect(unreadable, mail.key).toBeNull()
      if (!toldOf(mail).bounced) expect(identity, mail.key).toBe(expected)
    }
    expect(new Set(story.map(({ authentication }) => authentication))).toEqual(
      new Set([undefined, 'none', 'fail']),
    )
  })

  it('has an automatic answer, a newsletter and a delivery report that can be told apart', async () => {
    const machines = (await storyMails(telling)).filter(({ theme }) => theme === 'machine')
    const natures = new Map<string, string>()
    for (const { key, raw } of machines) {
      natures.set((await readMail(raw, [telling.authservId])).nature, key)
    }
    expect([...natures.keys()].sort()).toEqual(['auto_generated', 'bounce', 'bulk'])

    const machine = machines.find(({ key }) => key === natures.get('bounce'))
    const { report: bounce } = await readMail(machine?.raw ?? Buffer.alloc(0), [telling.authservId])
    const returned = told.get(told.get(natures.get('bounce') ?? '')?.answers ?? '')
    expect(returned?.own).toBe(true)
    expect(bounce).toMatchObject({ kind: 'failed', status: '5.1.1' })
    expect(bounce?.messageIds[0]).toContain(returned?.key)
  })

  it('goes to the folders of the three departments, and one customer writes to all three', async () => {
    const mails = await storyMails(telling)
    const folders = mailboxes.flatMap(({ folders: all }) => all).sort()
    expect([...new Set(mails.map(({ folder }) => folder))].sort()).toEqual(folders)

    const everywhere = new Set(
      mails
        .map(({ from }) => from)
        .filter((from) => {
          const written = mails.filter((mail) => mail.from === from && !toldOf(mail).own)
          return folders.every((folder) => written.some((mail) => mail.folder === folder))
        }),
    )
    expect(everywhere.size).toBeGreaterThanOrEqual(1)
  })

  it('comes in order of time, what arrives while one watches last', async () => {
    const mails = await storyMails(telling)
    const past = mails.filter(({ live }) => live === null)
    const live = mails.filter((mail) => mail.live !== null)
    const times = past.map(({ date }) => date.getTime())
    expect(mails).toEqual([...past, ...live])
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(live.filter(({ afterLetter }) => afterLetter === null).length).toBeGreaterThanOrEqual(5)
    for (const mail of live) {
      expect(mail.live, mail.key).toBeGreaterThanOrEqual(20)
      expect(mail.live, mail.key).toBeLessThanOrEqual(180)
    }
  })

  it('brings a new threat by someone who has harassed before, while one watches', () => {
    const threats = story.filter(({ theme, live }) => theme === 'threat' && live !== undefined)
    const known = threats.filter(({ address, key }) =>
      story.some((one) => one.address === address && one.key !== key && one.live === undefined),
    )
    expect(known.length).toBeGreaterThanOrEqual(1)
  })
})
