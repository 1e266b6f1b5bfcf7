import { afterAll, beforeAll, describe, it } from 'vitest'
import { engines, type TestEngine } from '../support/database.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { patienceMs, seedsOf } from './fault.ts'
import { type Certificates, makeCertificates, type Prepared, prepare } from './sending/office.ts'
import { planOf, wordsOf } from './sending/plan.ts'
import { provoke } from './sending/run.ts'

/**
 * Three letters, a mail server that answers badly or not at all, and a process that is ended in
 * the midst of it. Whatever happens: each letter is accepted once at most, none is lost in
 * silence, and what is unknown is settled by what shows it, or by a supervisor. `npm test` takes a
 * few cases, `npm run test:faults` all; `FAULT_SEED=17 npm run test:faults` one alone.
 */
const countOfAll = 330
const quick = [1, 49, 63, 101, 164]

const plans = seedsOf(countOfAll, quick).map((seed) => planOf(seed, engines))

describe.concurrent('sending letters through faults', () => {
  const prepared = new Map<TestEngine, Prepared>()
  let mailServer: MailServer
  let certificates: Certificates
  beforeAll(async () => {
    mailServer = await startMailServer()
    certificates = await makeCertificates()
    for (const engine of new Set(plans.map((plan) => plan.engine))) {
      prepared.set(engine, await prepare(engine))
    }
  })
  afterAll(async () => {
    for (const one of prepared.values()) await one.close()
    certificates.close()
    await mailServer.stop()
  })

  for (const plan of plans) {
    it(
      wordsOf(plan),
      async () => {
        const ready = prepared.get(plan.engine)
        if (!ready) throw new Error(`nothing is prepared on ${plan.engine}`)
        await provoke({ mailServer, certificates, prepared: ready }, plan)
      },
      3 * patienceMs,
    )
  }
})
