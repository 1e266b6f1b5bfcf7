import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../../src/domain/person.ts'
import { makeCareTask } from '../../src/flow/care-tasks.ts'
import { newKey } from '../../src/vault.ts'
import { staffOf } from '../support/notices.ts'
import { openSite, type TestSite } from '../support/site.ts'

const words = '来週また話す約束をした'

describe('the pages of care tasks', { timeout: 120_000 }, () => {
  let site: TestSite
  let path: string

  beforeAll(async () => {
    site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
    await site.hire('boss', ['supervisor'])
    const named = await staffOf(site)
    const wish = { personId: named('second').id, kind: 'talk' as const }
    await makeCareTask(site.house, wish, named('supervisor'))
    const [task] = await site.house.store.careTasks.ofPerson(wish.personId)
    path = `/care/tasks/${task?.id}`
  }, 120_000)
  afterAll(() => site.close())

  it('show what is planned to the person and to their supervisor, by link', async () => {
    const own = await (await (await site.as('second')).get('/care')).text()
    expect(own).toContain(`href="${path}"`)
    expect(own).toContain('受け持ち：supervisorさん')
    const supervisor = await (await (await site.as('supervisor')).get('/care')).text()
    expect(supervisor).toMatch(new RegExp(`${path}">面談</a><span>second</span>`))
  })

  it('keep their words for these two: for every other role there is no such page', async () => {
    const supervisor = await site.as('supervisor')
    expect((await supervisor.post(`${path}/notes`, { note: words })).status).toBe(303)
    for (const name of ['supervisor', 'second']) {
      const page = await (await site.as(name)).get(path)
      expect(await page.text(), name).toContain(words)
    }
    const others = [...roles.filter((role) => role !== 'supervisor'), 'boss']
    for (const name of others) {
      const visitor = await site.as(name)
      expect((await visitor.get(path)).status, name).toBe(404)
      for (const act of ['notes', 'done', 'declining']) {
        expect((await visitor.post(`${path}/${act}`, { note: 'x' })).status, name).toBe(404)
      }
      for (const list of ['/care', '/log', '/notifications', '/reports']) {
        const page = await visitor.get(list)
        const text = page.status === 200 ? await page.text() : ''
        expect(text, `${name} ${list}`).not.toContain(words)
        expect(text, `${name} ${list}`).not.toContain(path)
      }
    }
    const auditor = await site.as('auditor')
    for (const act of ['taking', 'handing']) {
      expect((await auditor.post(`${path}/${act}`, { person: 'x' })).status).toBe(403)
    }
    expect((await auditor.post('/care/tasks', { person: 'x', kind: 'talk' })).status).toBe(403)
    expect((await site.stranger.get(path)).status).toBe(303)
  })

  it('do not say in the log whose care it is', async () => {
    const log = await (await (await site.as('auditor')).get('/log')).text()
    const rows = log.split('<tr>').filter((row) => row.includes('<td>ケア'))
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) expect(row.includes('second')).toBe(false)
  })

  it('let the person say no, without a reason, and nothing more is asked', async () => {
    const second = await site.as('second')
    expect((await second.post(`${path}/declining`)).status).toBe(303)
    const page = await (await second.get(path)).text()
    expect(page).toContain('辞退')
    expect(page).not.toContain(`${path}/done`)
    expect(await (await second.get('/care')).text()).not.toContain(path)
    expect((await (await site.as('supervisor')).post(`${path}/done`)).status).toBe(409)
  })
})
