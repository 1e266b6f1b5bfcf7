import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { previewNotice } from '../../src/flow/notice.ts'
import { openNoticebook } from '../../src/flow/noticebook.ts'
import {
  approveTemplateChange,
  declineTemplateChange,
  proposeTemplateChange,
  withdrawTemplateChange,
} from '../../src/flow/template-changes.ts'
import { verify } from '../../src/flow/verify.ts'
import { readTemplates } from '../../src/templates.ts'
import { engines } from '../support/database.ts'
import { queueNotice, staffOf } from '../support/notices.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

const template = 'warning.ja'

describe.each(engines)('changing the words of a notice on %s', (engine) => {
  let site: TestSite
  let supervisor: Person
  let other: Person
  beforeEach(async () => {
    site = await openSite(engine)
    const named = await staffOf(site)
    supervisor = named('supervisor')
    const second = {
      id: site.house.newId(),
      name: '高田 実',
      email: 'takada@mamori.example',
      roles: ['supervisor' as const],
      language: 'ja' as const,
    }
    await site.house.store.people.add({ ...second, passwordHash: '-' }, site.house.now(), null)
    other = (await staffOf(site))('高田 実')
  })
  afterEach(() => site.close())

  const inForce = () => site.house.templates.text(template)
  const withWords = (words: string) => `${inForce().trimEnd()}\n${words}\n`
  const reasonOf = (outcome: { kind: string; reason?: string }) => outcome.reason ?? outcome.kind

  async function propose(content: string, who = supervisor): Promise<string> {
    const wish = { template, content, reason: '言葉をやわらかく' } as const
    const outcome = await proposeTemplateChange(site.house, wish, who)
    if (outcome.kind !== 'proposed') throw new Error(`not proposed: ${JSON.stringify(outcome)}`)
    return outcome.proposalId
  }

  it('takes two supervisors, and counts from the approval on, in every process', async () => {
    const { house } = site
    const files = readTemplates('templates')
    const elsewhere = await openNoticebook({ files, store: house.store, log: house.log })
    const wanted = withWords('どうぞよろしくお願いいたします。')
    const id = await propose(wanted)
    expect(inForce()).not.toBe(wanted)
    expect(reasonOf(await approveTemplateChange(house, id, 'よい', supervisor))).toBe(
      'own_template_proposal',
    )
    expect(await approveTemplateChange(house, id, 'よい', other)).toEqual({ kind: 'done' })

    expect(inForce()).toBe(wanted)
    await elsewhere.follow()
    expect(elsewhere.text(template)).toBe(wanted)
    await site.deliver(testMail({ body: '返品したい。お前は無能だ。' }))
    const [thread] = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 1 })
    await queueNotice(site, thread?.id ?? '', 'warning')
    const [letter] = await house.store.letters.list(['queued'], 1)
    expect(letter?.body).toContain('どうぞよろしくお願いいたします。')
    const [measure] = await house.store.measures.list(['confirmed'], 1)
    expect((await previewNotice(house, measure?.id ?? '', 'warning')).body).toBe(letter?.body)
    expect((await verify(house.store)).flaws).toEqual([])
  })

  it('is refused where it would be no notice of ours, with every reason', async () => {
    const content = `${inForce().replace('{{ objection }}', '')}\n担当：高田\n`
    const wish = { template, content, reason: 'r' } as const
    expect(await proposeTemplateChange(site.house, wish, supervisor)).toMatchObject({
      kind: 'flawed',
      flaws: [{ kind: 'idle_variable', about: 'objection' }],
    })
    const declared = content.replace('objection, ', '')
    const flawed = await proposeTemplateChange(
      site.house,
      { ...wish, content: declared },
      supervisor,
    )
    expect(flawed).toMatchObject({
      flaws: [
        { kind: 'lacks_variable', about: 'objection' },
        { kind: 'names_staff', about: '高田 実' },
      ],
    })
  })

  it('is looked at again when it is approved: who came meanwhile must not be named in it', async () => {
    const id = await propose(withWords('小林さんへのお手紙も承ります。'))
    const person = { id: site.house.newId(), name: '小林 葵', email: 'k@mamori.example' }
    const hired = { ...person, roles: ['reviewer' as const], language: 'ja' as const }
    await site.house.store.people.add({ ...hired, passwordHash: '-' }, site.house.now(), null)
    expect(reasonOf(await approveTemplateChange(site.house, id, 'よい', other))).toBe(
      'template_flawed',
    )
  })

  it('is nobody else’s to propose or decide, and is decided once, with a reason', async () => {
    const named = await staffOf(site)
    const wish = { template, content: withWords('x'), reason: 'r' } as const
    for (const name of ['reviewer', 'auditor']) {
      const outcome = await proposeTemplateChange(site.house, wish, named(name))
      expect(reasonOf(outcome)).toBe('not_allowed')
    }
    const id = await propose(withWords('y'), named('admin'))
    expect(reasonOf(await proposeTemplateChange(site.house, wish, supervisor))).toBe(
      'template_proposal_open',
    )
    expect(reasonOf(await approveTemplateChange(site.house, id, 'r', named('admin')))).toBe(
      'not_allowed',
    )
    expect(reasonOf(await declineTemplateChange(site.house, id, ' ', other))).toBe('reason_missing')
    expect(await declineTemplateChange(site.house, id, '不要', other)).toEqual({ kind: 'done' })
    expect(reasonOf(await approveTemplateChange(site.house, id, 'r', other))).toBe(
      'template_proposal_closed',
    )
    expect((await verify(site.house.store)).flaws).toEqual([])
  })

  it('lets one of two through who approve at once, and a withdrawn one by nobody', async () => {
    const id = await propose(withWords('x'))
    const both = [other, other].map((who) => approveTemplateChange(site.house, id, 'よい', who))
    expect((await Promise.all(both)).map(reasonOf).sort()).toEqual([
      'done',
      'template_proposal_closed',
    ])
    const again = await propose(withWords('y'))
    expect(reasonOf(await withdrawTemplateChange(site.house, again, other))).toBe('not_author')
    expect(await withdrawTemplateChange(site.house, again, supervisor)).toEqual({ kind: 'done' })
    expect(reasonOf(await approveTemplateChange(site.house, again, 'よい', other))).toBe(
      'template_proposal_closed',
    )
  })

  it('cannot be changed past the product', async () => {
    const id = await propose(withWords('x'))
    const sql = `update template_proposals set state = 'approved', decider = proposer where id = '${id}'`
    await expect(site.database.sql(sql)).rejects.toThrow(/nobody_decides_on_their_own_template/)
    await expect(
      site.database.sql(`update template_proposals set content = 'z' where id = '${id}'`),
    ).rejects.toThrow(/keeps its words/)
  })

  it('is found out where somebody takes the guards away', async () => {
    const id = await propose(withWords('x'))
    const { database } = site
    const on = engine === 'PostgreSQL' ? ' on template_proposals' : ''
    await database.sql(`drop trigger template_proposals_keep_their_words${on}`)
    await database.sql(`update template_proposals set content = 'z' where id = '${id}'`)
    expect((await verify(site.house.store)).flaws).toEqual([
      `proposal ${id} does not have the words that were proposed`,
    ])
  })
})
