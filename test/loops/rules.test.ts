import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { openDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/office.ts'
import { type PolicyFolder, smallPolicy } from '../support/policy-folder.ts'
import { type Product, startProduct } from '../support/product.ts'
import { mamori } from '../support/program.ts'

/** The product in a process of its own, and somebody who edits its policy files meanwhile. */
describe('policy files that change while it runs', { timeout: 90_000 }, () => {
  let database: TestDatabase
  let store: Store
  let policy: PolicyFolder
  let product: Product

  const settings = () => ({ DATABASE_URL: database.url, MAMORI_POLICY_DIR: policy.path })

  beforeAll(async () => {
    database = await openDatabase('SQLite')
    policy = smallPolicy()
    store = await openStore(database.url, () => undefined)
    const env = { ...settings(), MAMORI_PORT: '0', MAMORI_LOG_LEVEL: 'info' }
    product = startProduct({ args: ['serve', '--only', 'send'], env })
    await until('its first rules', () => store.ruleSets.current(), 60_000)
  })
  afterAll(async () => {
    await product.kill()
    await store.close()
    await database.close()
    policy.remove()
  })

  it('come into force by themselves; a broken one stays outside, and stops the next start', async () => {
    const first = await store.ruleSets.current()
    policy.change('rules/threat.yaml', 'weight: 0.9', 'weight: 0.8')
    const second = await until('the new file', async () => {
      const reign = await store.ruleSets.current()
      return reign?.place === 2 && reign
    })
    expect(second.ruleSet).not.toBe(first?.ruleSet)
    expect(second.by).toBeNull()

    policy.change('rules/threat.yaml', 'severity: 3', 'severity: grave')
    process.kill(product.pid, 'SIGHUP')
    const { words } = await until('the note on it', () => store.ruleSets.trouble())
    expect(words).toEqual([expect.stringMatching(/^rules\/threat\.yaml, line \d+: .*severity/)])
    expect(product.log()).toMatch(/rules\/threat\.yaml, line \d+/)
    expect((await store.ruleSets.current())?.ruleSet).toBe(second.ruleSet)

    const doctor = await mamori(['doctor'], settings())
    expect(doctor.code).toBe(1)
    expect(doctor.out.toString()).toMatch(/FAIL policy and rules: [\s\S]*threat\.yaml, line \d+:/)
    expect(doctor.out.toString()).toContain(`goes on with version ${second.ruleSet}`)
    const start = await mamori(['serve'], { ...settings(), MAMORI_PORT: '0' })
    expect(start.code).toBe(1)
    expect(start.err).toMatch(/rules\/threat\.yaml, line \d+: rules\.\d+\.severity/)

    policy.change('rules/threat.yaml', 'severity: grave', 'severity: 3')
    await until('the mended file', async () => (await store.ruleSets.trouble()) === null)
    await product.stop()
  })
})
