import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

describe('the pages on notices', () => {
  let site: TestSite
  let supervisor: Visitor
  beforeEach(async () => {
    site = await openSite()
    supervisor = await site.as('supervisor')
  })
  afterEach(() => site.close())

  const fieldsOf = async () => {
    const page = await (await supervisor.get('/templates/warning.ja')).text()
    const [, subject = ''] = /id="templateSubject"[^>]*value="([^"]*)"/.exec(page) ?? []
    const [, body = ''] = /<textarea id="templateBody"[^>]*>([\s\S]*?)<\/textarea>/.exec(page) ?? []
    const plain = (text: string) =>
      text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>')
    return { templateSubject: plain(subject), templateBody: plain(body), reason: '見直し' }
  }
  const post = (fields: Record<string, string>) =>
    supervisor.post('/templates/warning.ja/proposals', fields)

  it('show the words on samples in both languages, and what can be put in', async () => {
    const page = await (await supervisor.get('/templates/warning.ja')).text()
    expect(page).toContain('山田 太郎 様')
    expect(page).toContain('Dear Taro Yamada')
    expect(page).toContain('{{ stays_open }}')
  })

  it('show what would change before anything is proposed', async () => {
    const fields = await fieldsOf()
    const more = {
      ...fields,
      templateBody: `${fields.templateBody}\nお待ちしております。`,
      do: 'preview',
    }
    const page = await (await post(more)).text()
    expect(page).toContain('お待ちしております。</ins>')
    expect(await site.house.store.templateProposals.list(['open'], 1)).toEqual([])
  })

  it('keep what was written where it cannot be used, and say why', async () => {
    const fields = await fieldsOf()
    const templateBody = `${fields.templateBody.replace('{{ objection }}', '')}\n大切な一文`
    const answer = await post({ ...fields, templateBody, do: 'propose' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('異議の申し出先')
    expect(page).toContain('大切な一文')
  })

  it('bring a proposal before another supervisor, who sees the difference', async () => {
    const fields = await fieldsOf()
    const templateBody = `${fields.templateBody}\nお待ちしております。`
    const answer = await post({ ...fields, templateBody, do: 'propose' })
    expect(answer.status).toBe(303)
    const path = (answer.headers.get('location') ?? '').split('?')[0] ?? ''
    const own = await (await supervisor.get(path)).text()
    expect(own).toContain('お待ちしております。</ins>')
    expect(own).not.toContain('/approval')
    const refused = await supervisor.post(`${path}/approval`, { reason: 'よい' })
    expect(refused.status).toBe(409)
    const reviewer = await site.as('reviewer')
    expect((await reviewer.get(path)).status).toBe(200)
    expect((await reviewer.post(`${path}/approval`, { reason: 'よい' })).status).toBe(403)
  })
})
