import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { acceptInvitation, inviteMember } from '../../src/flow/invitation.ts'
import { openSignIns } from '../../src/flow/sign-in.ts'
import {
  declineRights,
  disablePerson,
  grantDue,
  proposeRights,
  secondRights,
} from '../../src/flow/staff.ts'
import { sendStaffMail } from '../../src/flow/staff-mail.ts'
import { verify } from '../../src/flow/verify.ts'
import type { SendOutcome, Smtp } from '../../src/mail/smtp.ts'
import { newKey } from '../../src/vault.ts'
import { writing } from '../../src/web/people-mail.tsx'
import { engines } from '../support/database.ts'
import { openSite, type TestSite } from '../support/site.ts'

const day = 86_400_000
const wanted = { roles: ['reviewer', 'supervisor'], within: {} } as const
const from = { ip: '192.0.2.1', userAgent: 'test', device: '' }

describe.each(engines)('the staff on %s', (engine) => {
  let site: TestSite
  let admin: Person
  let other: Person
  beforeEach(async () => {
    site = await openSite(engine, {
      MAMORI_ENCRYPTION_KEY: newKey(),
      SMTP_HOST: 'mail.example',
    })
    other = await site.hire('other', ['admin'])
    admin = await named('admin')
  })
  afterEach(async () => {
    expect((await verify(site.house.store)).flaws).toEqual([])
    await site.close()
  })

  async function named(name: string): Promise<Person> {
    const found = (await site.house.store.people.list()).find((one) => one.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const propose = (whom: Person) =>
    proposeRights(site.house, whom.id, wanted, admin, writing.notice)
  const waiting = async () => (await site.house.store.staff.load()).staff.waiting

  it('gives roles once when two say yes at once, and ends the sessions of who has them', async () => {
    const reviewer = await named('reviewer')
    const visitor = await site.as('reviewer')
    expect(await propose(reviewer)).toEqual({ kind: 'done' })
    const [grant] = await waiting()
    const answers = await Promise.all(
      [1, 2, 3].map(() => secondRights(site.house, grant?.id ?? '', other)),
    )
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'refused', 'refused'])
    expect((await named('reviewer')).roles).toEqual(['reviewer', 'supervisor'])
    expect((await visitor.get('/queue')).status).toBe(303)
    const log = await site.database.sql("select kind from events where kind = 'rights_granted'")
    expect(log).toHaveLength(1)
  })

  it('keeps an administrator where two disable each other at once', async () => {
    const answers = await Promise.all([
      disablePerson(site.house, admin.id, other),
      disablePerson(site.house, other.id, admin),
    ])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['done', 'refused'])
    const left = (await site.house.store.people.list()).filter(
      ({ roles, disabledAt }) => roles.includes('admin') && disabledAt === null,
    )
    expect(left).toHaveLength(1)
  })

  it('gives roles by itself after a day where nobody can second them, unless someone objects', async () => {
    await disablePerson(site.house, other.id, admin)
    await propose(await named('reviewer'))
    await propose(await named('second'))
    const [, second] = (await waiting()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(await grantDue(site.house)).toBe(0)
    await declineRights(site.house, second?.id ?? '', await named('supervisor'))
    site.pass(day)
    expect(await grantDue(site.house)).toBe(1)
    expect(await grantDue(site.house)).toBe(0)
    expect((await named('reviewer')).roles).toContain('supervisor')
    expect((await named('second')).roles).toEqual(['reviewer'])

    const sent = await post({ kind: 'accepted', response: '250 OK' })
    expect(sent).toHaveLength(2)
    expect(sent.map(({ to }) => to)).toEqual(Array(2).fill('supervisor@mamori.example'))
    expect(sent[0]?.text).toMatch(/adminさんが、(?:reviewer|second)さんに/)
  })

  it('is invited by mail, whose link is in no row, and which works once', async () => {
    const given = { name: '青木', email: 'Aoki@mamori.example', rights: wanted }
    const invited = await inviteMember(site.house, given, admin, writing)
    expect(invited).toMatchObject({ kind: 'invited', link: null })
    const rows = await site.database.sql('select * from staff_mails')
    expect(JSON.stringify(rows)).not.toContain('token=')

    expect(await post({ kind: 'temporary', reason: 'later' })).toHaveLength(1)
    expect(await post({ kind: 'accepted', response: 'ok' })).toHaveLength(0)
    site.pass(61_000)
    const [mail] = await post({ kind: 'accepted', response: 'ok' })
    expect(mail?.to).toBe('aoki@mamori.example')
    const token = /token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
    expect(await site.database.sql('select * from staff_mails')).toEqual([])

    const signIns = openSignIns(site.house)
    const accept = (password: string) =>
      acceptInvitation(site.house, signIns, { token, wanted: password }, from)
    expect(await accept('short')).toEqual({ kind: 'flawed', flaw: 'too_short' })
    const both = await Promise.all([accept('yama no ue no kumo 7'), accept('kawa no soko 88 no')])
    expect(both.map(({ kind }) => kind).sort()).toEqual(['gone', 'signed_in'])
    expect((await named('青木')).roles).toEqual([])
    expect(await waiting()).toMatchObject([{ roles: ['reviewer', 'supervisor'] }])
  })

  it('lets no link live longer than a day, and no older one beside a new one', async () => {
    const bare = { ...site.house, smtp: null }
    const given = { name: '青木', email: 'aoki@mamori.example', rights: wanted }
    const first = await inviteMember(bare, given, admin, writing)
    if (first.kind === 'refused') throw new Error(first.reason)
    const link = first.link ?? ''
    const { stranger } = site
    const page = async (url: string) =>
      (await stranger.get(url.slice(site.house.baseUrl.length))).status
    expect(await page(link)).toBe(200)
    const visitor = await site.as('admin')
    const again = await visitor.post(`/people/${first.personId}/invitation`)
    expect(again.status).toBe(200)
    expect(await page(link)).toBe(404)
    site.pass(day)
    const words = await again.text()
    expect(words).not.toContain('token=')
    await expect(
      site.database.sql(`update invitations set used_at = '2026' where used_at is null`),
    ).resolves.toEqual([])
    await expect(site.database.sql('update invitations set used_at = null')).rejects.toThrow(
      'an invitation is used once',
    )
  })

  it('cannot be changed past the rules by plain SQL without being found out', async () => {
    await propose(await named('reviewer'))
    await expect(
      site.database.sql(`update grants set state = 'in_force', decided_by = proposed_by`),
    ).rejects.toThrow(/grants_need_another_person/)
    await expect(
      site.database.sql(`update grants set state = 'in_force', decided_by = person_id`),
    ).rejects.toThrow(/grants_need_another_person/)
    await site.database.sql(`update people set version = version + 1`)
    expect((await verify(site.house.store)).flaws).toEqual([])
    const before = (await site.database.sql(`select roles from people where name = 'second'`))[0]
    const set = (roles: unknown) =>
      site.database.sql(
        `update people set roles = '${JSON.stringify(roles)}' where name = 'second'`,
      )
    await set(['reviewer', 'admin'])
    expect((await verify(site.house.store)).flaws).toEqual([
      expect.stringMatching(/^what person .* may do is not as the events say$/),
    ])
    await set(typeof before?.roles === 'string' ? JSON.parse(before.roles) : before?.roles)
  })

  /** Lets the postman come by; gives what he took along. */
  async function post(outcome: SendOutcome) {
    const sent: { to: string; text: string }[] = []
    const smtp: Smtp = {
      async send({ to }, raw) {
        const [, body = ''] = /base64\r\n\r\n([\s\S]*?)\r\n\r?\n?--/.exec(raw.toString()) ?? []
        sent.push({ to, text: Buffer.from(body, 'base64').toString() })
        return outcome
      },
      check: () => Promise.resolve(),
      close: () => undefined,
    }
    for (const mail of await site.house.store.staffMails.due(site.house.now(), 9)) {
      await sendStaffMail(site.house, smtp, mail)
    }
    return sent
  }
})
