import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { expect } from 'vitest'
import type { House } from '../../../src/flow/house.ts'
import { settleUncertain } from '../../../src/flow/uncertain.ts'
import { verify } from '../../../src/flow/verify.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import type { WrittenLetter } from '../../../src/store/threads.ts'
import type { TestDatabase } from '../../support/database.ts'
import type { MailAccount, MailServer } from '../../support/mail-server.ts'
import { staffOf } from '../../support/notices.ts'
import { testMail } from '../../support/office.ts'
import { type Product, startProduct } from '../../support/product.ts'
import { bounceOf } from '../../support/reports.ts'
import {
  type Accepted,
  type Heard,
  type ScriptedSmtp,
  startScriptedSmtp,
} from '../../support/scripted-smtp.ts'
import { type Fault, preload, until } from '../fault.ts'
import { isAbout } from './answers.ts'
import { archive, type Certificates, customersWords, type Prepared, secret } from './office.ts'
import type { Plan } from './plan.ts'

export type Setting = {
  readonly mailServer: MailServer
  readonly prepared: Prepared
  readonly certificates: Certificates
}

type Scene = Setting & {
  readonly plan: Plan
  readonly account: MailAccount
  readonly smtp: ScriptedSmtp
  readonly database: TestDatabase
  readonly store: Store
  readonly running: Running
}

/** The process that sends; another one after it was ended. */
type Running = { product: Product | null; killed: boolean; log: string }

const open = ['queued', 'sending'] as const

/** Lets one fault happen to the product while it sends, then compares what both sides know. */
export async function provoke(setting: Setting, plan: Plan): Promise<void> {
  await using ends = new AsyncDisposableStack()
  const scene = await set(setting, plan, ends)
  scene.running.product = start(scene, faultOf(plan))
  try {
    await concluded(scene, 'all letters to have an end', async () => {
      return (await lettersIn(scene, open)).length === 0
    })
    await showEvidence(scene)
    await settleTheRest(scene)
    await copiesAreKept(scene)
    // The last step of all may have been the one: another process finds everything done.
    if (plan.kill) await concluded(scene, 'the process to end', async () => scene.running.killed)
    await scene.running.product?.stop()
    const secrets = new RegExp(`${scene.account.password}|${customersWords}`)
    expect(logOf(scene)).not.toMatch(secrets)
    await compare(scene)
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    throw new Error(`${words}\nthe product's log:\n${logOf(scene).slice(-6_000)}`)
  }
}

async function set(setting: Setting, plan: Plan, ends: AsyncDisposableStack): Promise<Scene> {
  const { mailServer, prepared } = setting
  const account = await mailServer.account(`send${plan.seed}-${v7().slice(-6)}`, ['Sent'])
  ends.defer(() => account.leave())
  const database = await prepared.copy()
  ends.defer(() => database.close())
  if (plan.keepsCopies) {
    await database.sql(`update mailboxes set sent_copies = '{"kind":"keep","folder":"Sent"}'`)
  }
  const store = await openStore(database.url, () => undefined)
  ends.defer(() => store.close())
  const smtp = await startScriptedSmtp(scriptOf(plan, setting))
  ends.defer(() => smtp.stop())
  const running: Running = { product: null, killed: false, log: '' }
  ends.defer(async () => running.product?.kill())
  const scene: Scene = { ...setting, plan, account, smtp, database, store, running }
  smtp.onAccepted = (mail) => passOn(scene, mail)
  smtp.onStage = (heard, when) => endAt(scene, heard, when)
  return scene
}

function scriptOf(plan: Plan, { certificates }: Setting) {
  const { answer, conversation: first, times } = plan
  const isFaulty = (n: number) => n >= first && n < first + times
  return {
    script: (heard: Heard) =>
      isFaulty(heard.conversation) && isAbout(answer, heard, archive) ? answer.reply : undefined,
    certificate: (n: number) => {
      if (answer.tls === undefined) return null
      if (!isFaulty(n) || answer.tls === 'good') return certificates.good
      return answer.tls === 'expired' ? certificates.expired : null
    },
  }
}

/** What follows on acceptance: the archive gets its copy, and some servers keep one themselves. */
async function passOn({ plan, account }: Scene, { raw, to }: Accepted): Promise<void> {
  if (plan.evidence === 'sent folder') await account.append(raw, 'Sent')
  if (plan.evidence !== 'archive' || !to.includes(archive)) return
  const trace = 'Received: from mx.example; Thu, 26 Nov 2026 09:00:00 +0900\r\n'
  await account.append(Buffer.concat([Buffer.from(trace), raw]))
}

const counts = new WeakMap<Scene['running'], number>()

/** Ends the process while the server is at that stage for the nth time. */
async function endAt({ plan, running }: Scene, heard: Heard, when: string): Promise<void> {
  const { kill } = plan
  if (kill?.at !== 'server' || running.killed) return
  if (kill.stage !== heard.stage || kill.when !== when) return
  const count = (counts.get(running) ?? 0) + 1
  counts.set(running, count)
  if (count === kill.nth) await running.product?.kill()
}

function faultOf({ kill }: Plan): Fault | null {
  if (kill?.at !== 'step') return null
  const { step, when, nth } = kill
  return { step, when, nth, do: 'kill' }
}

function start(scene: Scene, fault: Fault | null): Product {
  const { plan, account, smtp, database, certificates } = scene
  const reads = plan.evidence !== 'none' && plan.evidence !== 'sent folder'
  return startProduct({
    args: ['serve', '--only', reads ? 'poll,send' : 'send'],
    preload: [preload],
    env: {
      DATABASE_URL: database.url,
      MAMORI_SECRET: secret,
      MAMORI_PARSE_WORKERS: '1',
      IMAP_HOST: '127.0.0.1',
      IMAP_PORT: String(account.port),
      IMAP_TLS: 'no',
      IMAP_USER: account.user,
      IMAP_PASSWORD: account.password,
      MAILBOX_NAME: 'support',
      MAILBOX_ADDRESS: 'support@hinata-kurashi.example',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(smtp.port),
      SMTP_REQUIRE_STARTTLS: plan.answer.tls ? 'yes' : 'no',
      SMTP_ARCHIVE_ADDRESS: plan.evidence === 'archive' || plan.answer.whose ? archive : '',
      NODE_EXTRA_CA_CERTS: certificates.authorityFile,
      MAMORI_FAULT: JSON.stringify(fault),
    },
  })
}

/** Waits for something; a process that was ended as planned is followed by another one. */
async function concluded(scene: Scene, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const { running } = scene
  let how: number | string | null = null
  const watch = (product: Product | null) =>
    product?.ended.then((ended) => {
      if (product === running.product) how = ended
    })
  void watch(running.product)
  await until(what, async () => {
    if (how !== null) {
      if (how !== 'SIGKILL' || running.killed) throw new Error(`the product ended: ${how}`)
      how = null
      running.killed = true
      running.log += running.product?.log() ?? ''
      running.product = start(scene, null)
      void watch(running.product)
    }
    return isSo()
  })
}

/** A bounce or an answer for each letter whose fate we do not know and the server does. */
async function showEvidence(scene: Scene): Promise<void> {
  const { plan, account } = scene
  if (plan.evidence === 'none') return
  const wanted = (await lettersIn(scene, ['uncertain'])).filter((one) => provable(scene, one))
  for (const letter of wanted) {
    if (plan.evidence === 'bounce') await account.append(bounceOf(letter))
    if (plan.evidence === 'reply') {
      const headers = [`In-Reply-To: ${letter.messageId}`]
      await account.append(testMail({ from: letter.toAddress, body: '届きました。', headers }))
    }
  }
  const ids = wanted.map(({ id }) => id)
  await concluded(scene, 'the evidence to be found', async () => {
    const left = await lettersIn(scene, ['uncertain'])
    return !left.some(({ id }) => ids.includes(id))
  })
}

/** Whether the plan leaves something that shows that the server accepted the letter. */
function provable(scene: Scene, letter: WrittenLetter): boolean {
  const mails = acceptedOf(scene, letter)
  if (scene.plan.evidence !== 'archive') return mails.length > 0
  return mails.some(({ to }) => to.includes(archive))
}

/** Where nothing shows what became of a letter, a supervisor asks the customer, and says so. */
async function settleTheRest(scene: Scene): Promise<void> {
  const left = await lettersIn(scene, ['uncertain'])
  for (const letter of left) expect(letter.answer, 'why it is uncertain').not.toBe('')
  const named = await staffOf({ ...scene.prepared.site, house: houseOn(scene) })
  for (const letter of left) {
    const as = acceptedOf(scene, letter).length > 0 ? 'sent' : 'queued'
    const house = houseOn(scene)
    const outcome = await settleUncertain(house, letter.id, as, '電話で確認', named('supervisor'))
    expect(outcome.kind).toBe('done')
  }
  await concluded(scene, 'every letter to be settled', async () => {
    return (await lettersIn(scene, [...open, 'uncertain'])).length === 0
  })
}

function houseOn({ prepared, store }: Scene): House {
  return { ...prepared.site.house, store, now: () => new Date().toISOString() }
}

async function copiesAreKept(scene: Scene): Promise<void> {
  if (!scene.plan.keepsCopies) return
  await concluded(scene, 'the copies of what was sent', async () => {
    const rows = await scene.database.sql(
      `select 1 from outgoing join letters on letters.id = outgoing.id
        where letters.state = 'sent' and outgoing.copy <> 'kept'`,
    )
    return rows.length === 0
  })
}

/** What we say of each letter is what the server knows; nobody got one twice. */
async function compare(scene: Scene): Promise<void> {
  const { plan, store, database, account } = scene
  const letters = await lettersIn(scene, ['sent', 'refused', 'cancelled'])
  expect(letters).toHaveLength(3)
  for (const letter of letters) {
    const mails = acceptedOf(scene, letter)
    expect(mails, `${letter.kind} is ${letter.state}`).toHaveLength(letter.state === 'sent' ? 1 : 0)
    if (letter.state === 'refused') expect(letter.answer).not.toBe('')
    const kept = await store.outgoing.bytesOf(letter.id)
    for (const { raw } of mails) expect(hashOf(raw), 'its bytes').toBe(hashOf(kept?.bytes))
  }
  const alone = scene.smtp.accepted.filter(({ to }) => to.every((one) => one === archive))
  expect(alone, 'mails for the archive alone').toEqual([])
  await compareMeasures(scene, letters)
  if (plan.keepsCopies) {
    const copies = (await account.read('Sent')).map(({ raw }) => hashOf(raw))
    const sent = letters.filter(({ state }) => state === 'sent')
    const kept = await Promise.all(sent.map(({ id }) => store.outgoing.bytesOf(id)))
    expect(copies.sort(), 'the Sent folder').toEqual(kept.map((one) => hashOf(one?.bytes)).sort())
  }
  expect((await verify(store)).flaws).toEqual([])
  // A process that was ended may leave a lease of a letter that nobody wants any more: it ends.
  await until('the leases to end', async () => {
    const leases = await database.sql('select until from leases')
    return leases.every(({ until: end }) => String(end) < new Date().toISOString())
  })
}

/** In force is what was announced; what came back, or never left, is not. */
async function compareMeasures(scene: Scene, letters: readonly WrittenLetter[]): Promise<void> {
  const bounced = await scene.database.sql(
    "select content from events where kind = 'bounce_received'",
  )
  const measures = await scene.database.sql('select id, state from measures')
  for (const { id, state } of measures) {
    const notice = letters.find(({ measureId }) => measureId === id)
    const returned = bounced.some(({ content }) => String(content).includes(notice?.id ?? '?'))
    const told = notice?.state === 'sent' && !returned
    expect(state, `the measure of a notice that is ${notice?.state}`).toBe(
      told ? 'in_force' : 'not_announced',
    )
  }
}

function acceptedOf({ smtp }: Scene, { messageId, toAddress }: WrittenLetter): Accepted[] {
  return smtp.accepted.filter(
    ({ raw, to }) =>
      to.includes(toAddress) &&
      raw
        .toString('latin1')
        .replace(/\r\n[ \t]+/g, ' ')
        .includes(`Message-ID: ${messageId}`),
  )
}

function lettersIn({ store }: Scene, states: Parameters<Store['letters']['list']>[0]) {
  return store.letters.list(states, 50)
}

function logOf({ running }: Scene): string {
  return running.log + (running.product?.log() ?? '')
}

function hashOf(raw: Buffer | undefined): string {
  return raw ? createHash('sha256').update(raw).digest('hex') : ''
}
