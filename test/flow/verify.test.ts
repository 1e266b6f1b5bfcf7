import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asInFiles } from '../../src/domain/rule-change.ts'
import { verify } from '../../src/flow/verify.ts'
import { engines } from '../support/database.ts'
import { testMail } from '../support/office.ts'
import { openSite, type TestSite } from '../support/site.ts'

describe.each(engines)('verifying a record (%s)', (engine) => {
  let site: TestSite

  beforeAll(async () => {
    site = await openSite(engine)
    await site.deliver(
      testMail({
        from: 'hana@kaze.example',
        subject: '領収書の件',
        body: '再発行をお願いします。',
      }),
      testMail({ from: 'umi@kaze.example', subject: '配送の件', body: '届く日を教えてください。' }),
    )
  })
  afterAll(() => site.close())

  it('finds nothing where nothing was changed', async () => {
    expect(await verify(site.house.store)).toMatchObject({ messages: 2, flaws: [] })
  })

  it('finds a thread that was changed past its events', async () => {
    await site.database.sql("update threads set revision = 7 where subject = '領収書の件'")
    const { flaws } = await verify(site.house.store)
    expect(flaws).toEqual([expect.stringMatching(/^thread \S+ is not as its events say$/)])
    await site.database.sql("update threads set revision = 1 where subject = '領収書の件'")
  })

  it.each(['00000000-0000-7000-8000-000000000000', 'ffffffff-ffff-7fff-bfff-ffffffffffff'])(
    'finds a thread that no event knows, wherever its id stands (%s)',
    async (id) => {
      const columns = (await site.database.sql('select * from threads limit 1')).flatMap((row) =>
        Object.keys(row).filter((name) => name !== 'id'),
      )
      const names = columns.map((name) => `"${name}"`).join(', ')
      await site.database.sql(
        `insert into threads (id, ${names}) select '${id}', ${names} from threads limit 1`,
      )
      expect((await verify(site.house.store)).flaws).toEqual([`thread ${id} is in no event`])
      await site.database.sql(`delete from threads where id = '${id}'`)
    },
  )

  it('finds rules that were changed past their version, and a history that is not the log’s', async () => {
    const { rulebook, store } = site.house
    await rulebook.announce()
    expect((await verify(store)).flaws).toEqual([])
    const of = (table: string) => (engine === 'SQLite' ? '' : ` on ${table}`)
    await site.database.sql(`drop trigger rule_sets_never_change${of('rule_sets')}`)
    const overlay = JSON.stringify([{ ...asInFiles('threat.vague'), off: true }])
    await site.database.sql(`update rule_sets set overlays = '${overlay}'`)
    const { version } = rulebook.current().rules
    expect((await verify(store)).flaws).toEqual([
      `rule set ${version} was changed: its content does not have its hash`,
    ])
    await site.database.sql(`update rule_sets set overlays = '[]'`)
    await site.database.sql('update rule_reigns set "by" = \'tanaka\'')
    expect((await verify(store)).flaws).toEqual([
      'the rule sets that were in force are not those that the log names',
    ])
  })
})
