import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../../src/domain/person.ts'
import { newKey } from '../../src/vault.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const words = '電話口で三十分、人格を否定された'

describe('a desk without a key', () => {
  it('says so, and keeps nothing', { timeout: 120_000 }, async () => {
    const site = await openSite()
    const reviewer = await site.as('reviewer')
    expect(await (await reviewer.get('/consultation')).text()).toContain('いまは受け付けられません')
    const answer = await reviewer.post('/consultation', { words, who: 'named' })
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain(words)
    expect(await site.database.sql('select * from consultations')).toEqual([])
    await site.close()
  })
})

describe('the pages of the consultation desk', { timeout: 120_000 }, () => {
  let site: TestSite

  beforeAll(async () => {
    site = await openSite(undefined, { MAMORI_ENCRYPTION_KEY: newKey() })
    await site.hire('boss', ['supervisor'])
  }, 120_000)
  afterAll(() => site.close())

  const text = async (answer: Promise<Response>) => (await answer).text()

  /** Sends a report by the form of the page, and gives where it lies or its code. */
  async function send(visitor: Visitor, fields: Record<string, string> = {}): Promise<string> {
    const page = await text(visitor.get('/consultation'))
    const report = /name="report" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const given = { report, words, wish: 'confidential', who: 'named', ...fields }
    const answer = await visitor.post('/consultation', given)
    if (answer.status === 303) return (answer.headers.get('location') ?? '').split('?')[0] ?? ''
    return /<code class="code-once">([^<]+)</.exec(await answer.text())?.[1] ?? ''
  }

  it('are there for every role, and say plainly what being anonymous is not', async () => {
    for (const role of roles) {
      const page = await text((await site.as(role)).get('/consultation'))
      expect(page, role).toContain('次のことは防げません')
      expect(page.includes('窓口に届いた相談'), role).toBe(role === 'supervisor')
      expect(page, role).toContain('<span>boss</span>')
    }
    expect((await site.stranger.get('/consultation')).status).toBe(303)
  })

  it('show a report to its reporter and, once taken, to one supervisor; to no other role', async () => {
    const reviewer = await site.as('reviewer')
    const path = await send(reviewer)
    expect(await text(reviewer.get(path))).toContain(words)
    expect(await text(reviewer.get('/consultation'))).toContain(`href="${path}"`)

    const [supervisor, boss] = [await site.as('supervisor'), await site.as('boss')]
    const before = await text(supervisor.get(path))
    expect(before).not.toContain(words)
    expect(before).not.toContain('>reviewer<')
    expect((await supervisor.post(`${path}/taking`)).status).toBe(303)
    const after = await text(supervisor.get(path))
    expect(after).toContain(words)
    expect(after).toContain('>reviewer<')
    expect(await text(boss.get(path))).not.toContain(words)
    expect((await boss.post(`${path}/answers`, { words: 'x' })).status).toBe(409)

    for (const name of ['second', 'auditor', 'admin']) {
      const visitor = await site.as(name)
      expect((await visitor.get(path)).status, name).toBe(404)
      expect((await visitor.post(`${path}/words`, { words: 'x' })).status, name).toBe(404)
      for (const act of ['taking', 'returning', 'closing', 'answers']) {
        expect((await visitor.post(`${path}/${act}`, { words: 'x' })).status, name).toBe(403)
      }
      for (const list of ['/consultation', '/care', '/log', '/notifications']) {
        const page = await visitor.get(list)
        const shown = page.status === 200 ? await page.text() : ''
        expect(shown, `${name} ${list}`).not.toContain(path)
        expect(shown, `${name} ${list}`).not.toContain(words)
      }
    }
    await supervisor.post(`${path}/answers`, { words: '話してくれてありがとう' })
    expect(await text(reviewer.get(path))).toContain('話してくれてありがとう')
    expect(await text(supervisor.get('/consultation'))).toContain('半数に1時間以内')
  })

  it('give an anonymous reporter a code once, which is in no address and no page again', async () => {
    const second = await site.as('second')
    const code = await send(second, { who: 'anonymous' })
    expect(code).toMatch(/^\w{5}-\w{5}-\w{5}-\w{5}$/)
    const page = await text(second.get('/consultation'))
    expect(page).not.toContain(code)
    expect(page).toContain('名前を出した相談はありません')

    const boss = await site.as('boss')
    const desk = await text(boss.get('/consultation'))
    const path =
      /href="(\/consultation\/[^"]+)"[^§]*?名前なし/.exec(desk.replaceAll('</li>', '§'))?.[1] ?? ''
    await boss.post(`${path}/taking`)
    expect(await text(boss.get(path))).not.toContain('>second<')
    await boss.post(`${path}/answers`, { words: 'お返事です' })

    // From another account as well: the code is all it takes.
    const reader = await site.as('admin')
    const opened = await reader.post('/consultation/code', { code })
    expect(opened.status).toBe(200)
    expect(await opened.text()).toContain('お返事です')
    const more = await reader.post('/consultation/code/words', { code, words: 'また起きました' })
    expect(await more.text()).toContain('また起きました')
    expect(await text(boss.get(path))).toContain('また起きました')
    const wrong = await reader.post('/consultation/code', { code: 'AAAAA-AAAAA-AAAAA-AAAAA' })
    expect(await wrong.text()).toContain('このコードの相談は見つかりません')
    expect((await second.get(path)).status).toBe(404)
  })

  it('keep a report from whom it names, and give the words back where nobody is left', async () => {
    const reviewer = await site.as('reviewer')
    const path = await send(reviewer, { words: 'bossさんに言われました' })
    const boss = await site.as('boss')
    expect((await boss.get(path)).status).toBe(404)
    expect(await text(boss.get('/consultation'))).not.toContain(path)
    const refused = await reviewer.post('/consultation', {
      words: 'bossさんとsupervisorさんに言われました',
      who: 'anonymous',
    })
    expect(refused.status).toBe(409)
    const page = await refused.text()
    expect(page).toContain('受け取れる人がいません')
    expect(page).toContain('bossさんとsupervisorさんに言われました')
  })

  it('count what waits in the rail, for the desk alone', async () => {
    const counted = /href="\/consultation"[^>]*>.*?<span class="count">(\d+)</
    const count = async (name: string) => {
      const page = await text((await site.as(name)).get('/care'))
      const line = page.split('<li>').find((one) => one.includes('href="/consultation"')) ?? ''
      return counted.exec(line)?.[1]
    }
    const before = Number((await count('supervisor')) ?? 0)
    await send(await site.as('second'), { who: 'anonymous' })
    expect(await count('supervisor')).toBe(`${before + 1}`)
    for (const name of ['reviewer', 'auditor', 'admin']) expect(await count(name)).toBeUndefined()
  })

  it('lead to an incident only where the reporter wishes it', async () => {
    const reviewer = await site.as('reviewer')
    const path = await send(reviewer)
    const supervisor = await site.as('supervisor')
    await supervisor.post(`${path}/taking`)
    const form = `/incidents/new?consultation=${path.split('/').at(-1)}`
    expect(await text(supervisor.get(path))).not.toContain(form)
    expect((await supervisor.get(form)).status).toBe(404)
    await reviewer.post(`${path}/wish`, { wish: 'incident' })
    expect(await text(supervisor.get(path))).toContain(form)
    expect((await (await site.as('boss')).get(form)).status).toBe(404)
    const shown = await text(supervisor.get(form))
    expect(shown).toContain(words)
    expect(shown).toMatch(/<option value="[^"]+" selected="">reviewer</)
    const mailbox = (await site.house.store.mailboxes.find('support'))?.id ?? ''
    const recorded = await supervisor.post('/incidents', {
      ...{ consultation: path.split('/').at(-1) ?? '', callerName: '黒岩', mailbox },
      ...{ kind: 'visit', occurredAt: '2026-01-05T10:00', account: words, verdict: 'unsure' },
      ...{ reason: '相談を受けて記録' },
    })
    expect(recorded.headers.get('location')).toMatch(/^\/incidents\/.+done=/)
    expect(await text(reviewer.get(path))).toContain('出来事として記録されました')
    expect(await text(supervisor.get(path))).not.toContain(form)
  })
})
