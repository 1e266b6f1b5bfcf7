import { afterAll, beforeAll, describe, it } from 'vitest'
import { engines } from '../support/database.ts'
import { canMount } from '../support/disk.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { patienceMs, seedsOf } from './fault.ts'
import { type Plan, planOf, wordsOf } from './receiving/plan.ts'
import { provoke } from './receiving/run.ts'

/**
 * Each fault happens to the real product between a real mail server and a real database; then
 * both are compared, byte by byte. `npm test` takes a few of them, `npm run test:faults` all;
 * `FAULT_SEED=17 npm run test:faults` one alone.
 */
const countOfAll = 320
const quick = [0, 9, 27, 45, 63]

const plans = seedsOf(countOfAll, quick).map((seed) => planOf(seed, engines))
const isPossible = ({ kind }: Plan) => kind !== 'disk full' || canMount

describe.concurrent('receiving mail through faults', () => {
  let server: MailServer
  beforeAll(async () => {
    server = await startMailServer()
  })
  afterAll(() => server.stop())

  for (const plan of plans) {
    const left = isPossible(plan) ? '' : ' (left out: no disk can be mounted here)'
    it.skipIf(!isPossible(plan))(
      `${wordsOf(plan)}${left}`,
      () => provoke(server, plan),
      3 * patienceMs,
    )
  }
})
