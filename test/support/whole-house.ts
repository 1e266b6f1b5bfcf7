import { asInFiles } from '../../src/domain/rule-change.ts'
import { setAbsence, setAutomatic } from '../../src/flow/assignment.ts'
import { reveal } from '../../src/flow/care.ts'
import { noteOnTask } from '../../src/flow/care-tasks.ts'
import { signCheckpoint } from '../../src/flow/checkpoints.ts'
import { askForDeletion } from '../../src/flow/deletion.ts'
import { makeDigests } from '../../src/flow/digest.ts'
import { requestDisclosure } from '../../src/flow/disclosure.ts'
import { answerDrill, beginDrill } from '../../src/flow/drills.ts'
import { hold } from '../../src/flow/holds.ts'
import { recordIncident, reviewIncident } from '../../src/flow/incidents.ts'
import { addNote } from '../../src/flow/notes.ts'
import { allowPictures } from '../../src/flow/pictures.ts'
import { confirmPolicy, hashOfPolicy } from '../../src/flow/policy.ts'
import { markRepresentative } from '../../src/flow/representatives.ts'
import { approvePeriods, periodsHash } from '../../src/flow/retention.ts'
import { writeReply } from '../../src/flow/review.ts'
import { proposeRuleChange } from '../../src/flow/rule-changes.ts'
import { confirmJoin, noteSender, proposeJoin } from '../../src/flow/senders.ts'
import { proposeRights } from '../../src/flow/staff.ts'
import { recordObjection } from '../../src/flow/suspension.ts'
import { proposeTemplateChange } from '../../src/flow/template-changes.ts'
import { createTokenByOperator } from '../../src/flow/tokens.ts'
import { noteTraining } from '../../src/flow/trainings.ts'
import { attachFiles } from '../../src/flow/typed.ts'
import { addWebhook } from '../../src/flow/webhooks.ts'
import { writeSignature, writeSnippet } from '../../src/flow/wordings.ts'
import { sendAll } from './affair.ts'
import { approveShown } from './approving.ts'
import { harassment } from './matters.ts'
import { queueNotice, staffOf } from './notices.ts'
import { testMail } from './office.ts'
import type { TestSite } from './site.ts'

const dayMs = 86_400_000

/** A second customer, who is not the one that is suspended. */
const other = 'hana@kaze.example'

/** What everybody else than customers does: people, mailboxes, rules, tokens, notices. */
async function keepHouse(site: TestSite): Promise<void> {
  const { house } = site
  await house.rulebook.announce()
  const named = await staffOf(site)
  const [boss, admin] = [named('supervisor'), named('admin')]
  const [box] = await house.store.mailboxes.list()
  const mailboxId = box?.id ?? ''
  done(
    await writeSnippet(
      house,
      null,
      { mailboxId: null, title: 'x', content: 'y', version: 0 },
      boss,
    ),
  )
  done(await writeSignature(house, mailboxId, { content: 'ひなたくらし', version: 0 }, boss))
  done(await setAutomatic(house, mailboxId, true, admin))
  done(await setAbsence(house, true, named('second')))
  const rule = house.rules.rules[0]?.id ?? ''
  const change = { kind: 'change', overlay: { ...asInFiles(rule), off: true } } as const
  done(await proposeRuleChange(house, change, '多すぎる', boss))
  const words = `${house.templates.text('warning.ja').trimEnd()}\nどうぞよろしく。\n`
  done(
    await proposeTemplateChange(
      house,
      { template: 'warning.ja', content: words, reason: 'x' },
      boss,
    ),
  )
  const form = { name: 'crm', scopes: ['threads:read'], mailboxes: null, days: 30 } as const
  done(await createTokenByOperator(house, form))
  const hook = { name: 'x', format: 'json', url: 'https://chat.example/x' } as const
  done(
    await addWebhook(
      house,
      { ...hook, kinds: ['urgent'], mailboxes: null },
      { ownerId: null },
      admin,
    ),
  )
  const rights = { roles: ['reviewer', 'supervisor'], within: {} } as const
  const notice = () => ({ subject: 'x', text: 'x' })
  done(await proposeRights(house, named('reviewer').id, rights, admin, notice))
  await proveThemselves(site, admin.id)
}

/** Ways in, as they are kept: what a browser and an app would have done. */
async function proveThemselves({ house, database }: TestSite, personId: string): Promise<void> {
  const at = house.now()
  const { store } = house
  await store.trustedServers.accept('mx.elsewhere.example', at, personId)
  const issuer = 'https://login.example'
  await store.externalIds.link({ id: 'e', personId, issuer, subject: 's', linkedAt: at })
  const event = { kind: 'second_factor_added', at, by: personId, personId } as const
  await store.record([
    { ...event, method: 'passkey', factorId: 'key' },
    { ...event, method: 'totp', factorId: '' },
  ])
  await database.sql(
    `insert into passkeys (id, person_id, name, public_key, counter, transports, created_at) values ('key', '${personId}', 'x', 'x', 0, '[]', '${at}')`,
  )
  await database.sql(
    `insert into totps (person_id, secret, confirmed_at) values ('${personId}', 'x', '${at}')`,
  )
}

/** Mail, two customers, a suspension with all that follows, a reply with a file, an incident. */
async function befall(site: TestSite): Promise<void> {
  const { house } = site
  const named = await staffOf(site)
  const [one, two] = [named('reviewer'), named('second')]
  const cc = testMail({ from: other, subject: '領収書', body: '再発行をお願いします。' })
  await site.deliver(cc, withFile())
  await site.deliver(testMail({ subject: '返品', body: '返品したい。お前は無能だ。' }))
  const open = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
  const of = (subject: string) => open.find((item) => item.subject === subject)
  const [harsh, plain] = [of('返品'), of('領収書')]
  if (!harsh || !plain) throw new Error('the mails are not in the queue')
  done(await addNote(house, plain.id, { body: '確認します', mentions: [two.id] }, one))
  const [mail] = (await house.store.threads.find(harsh.id))?.messages ?? []
  const passage = { threadId: harsh.id, messageId: mail?.id ?? '', passage: '0-3' }
  await reveal(house, { ...passage, categories: ['verbal_abuse'], severity: 2 }, two)
  const measureId = await queueNotice(site, harsh.id, 'suspension', {
    digest: 'weekly',
    answerDays: 30,
  })
  await sendAll(site)
  await site.deliverAs(
    { receivedAt: new Date(house.now()) },
    testMail({ subject: '返品', body: 'お前の家に行って殺してやる。' }),
  )
  done(await recordObjection(house, measureId, { way: 'phone', note: '納得しない' }, one))
  site.pass(8 * dayMs)
  if ((await makeDigests(house)) === 0) throw new Error('no figures were made')
  await reply(site, plain.id)
  const senders = [harsh.senderId, plain.senderId] as const
  const given = { address: other, reason: '代理人' }
  done(await markRepresentative(house, plain.senderId, given, named('supervisor')))
  done(await allowPictures(house, plain.senderId, true, named('supervisor')))
  const box = (await house.store.mailboxes.list())[0]?.id ?? ''
  const remark = { mailboxId: box, text: '常連', corrects: null }
  done(await noteSender(house, { senderId: plain.senderId, ...remark }, one))
  done(await proposeJoin(house, senders, { reasons: ['by_hand'], reason: '同じ電話' }, one))
  const [join] = await house.store.joins.about([harsh.senderId])
  done(await confirmJoin(house, join?.id ?? '', '', named('supervisor')))
  await takeCall(site, box)
  await learn(site)
  await keepLonger(site, plain)
  const [task] = await house.store.careTasks.openOf(named('supervisor').id)
  done(await noteOnTask(house, task?.id ?? '', '話を聞いた', named('supervisor')))
}

async function reply(site: TestSite, threadId: string): Promise<void> {
  const { house } = site
  const named = await staffOf(site)
  const one = named('reviewer')
  const file = { filename: '領収書.txt', bytes: Buffer.from('領収書') }
  done(await attachFiles(house, { threadId, letterId: null }, [file], one))
  const loaded = await house.store.matters.find(threadId)
  const revision = loaded?.matter.thread.revision ?? 0
  const words = { letterId: null, revision, subject: 'Re: 領収書', body: 'お送りします。' }
  done(await writeReply(house, threadId, words, one))
  for (const { id } of await house.store.letters.list(['awaiting_approval'], 9)) {
    done(await approveShown(house, id, named('second')))
  }
  await sendAll(site)
}

async function takeCall(site: TestSite, mailboxId: string): Promise<void> {
  const { house } = site
  const named = await staffOf(site)
  const call = {
    kind: 'phone',
    minutes: 180,
    account: '三時間',
    recording: '',
    postUrl: '',
  } as const
  const what = { incidentId: house.newId(), mailboxId, occurredAt: house.now(), takenBy: null }
  const sender = { name: '赤井', label: '090-0000-0000' }
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
    'base64',
  )
  done(
    await recordIncident(
      house,
      { ...call, ...what, sender, picture },
      harassment(),
      named('reviewer'),
    ),
  )
  done(await reviewIncident(house, what.incidentId, harassment(), named('second')))
}

/** A hold, periods that one person would let run, a request for deletion. */
async function keepLonger(
  site: TestSite,
  { id, senderId }: { readonly id: string; readonly senderId: string },
): Promise<void> {
  const { house } = site
  const boss = (await staffOf(site))('supervisor')
  done(await hold(house, 'thread', id, '照会があった', boss))
  done(await approvePeriods(house, periodsHash(house.policy.retention), boss))
  const request = { senderId, receivedOn: house.now().slice(0, 10), reason: '電話で' }
  done(await askForDeletion(house, request, boss))
  done(await requestDisclosure(house, { ...request, identityCheck: '免許証' }, boss))
}

/** A drill with its first answer, a training elsewhere, and the policy read by two. */
async function learn(site: TestSite): Promise<void> {
  const { house } = site
  const named = await staffOf(site)
  const one = named('reviewer')
  const started = await beginDrill(house, { personId: one.id, pack: 'mixed' }, one)
  if (started.kind === 'refused') throw new Error(started.reason)
  const elements = { superiorPosition: true, improperConduct: true, harmToWorkEnvironment: true }
  const answer = { outcome: 'harassment', categories: ['threat'], severity: 2, elements } as const
  const [first] = await house.store.drills.casesOf(started.drillId)
  done(await answerDrill(house, started.drillId, { place: first?.place ?? 0, answer }, one))
  const course = { title: '外部の研修', heldOn: house.now().slice(0, 10), personIds: [one.id] }
  done(await noteTraining(house, course, named('supervisor')))
  for (const name of ['reviewer', 'second']) {
    done(await confirmPolicy(house, hashOfPolicy(house.policy), named(name)))
  }
}

function withFile(): Buffer {
  const type = 'Content-Type: multipart/mixed; boundary="x"'
  const plain = testMail({ from: other, subject: '添付', body: '-' }).toString('latin1')
  const head = plain.slice(0, plain.indexOf('MIME-Version'))
  const parts = [
    '--x\r\nContent-Type: text/plain\r\n\r\nsee the file\r\n',
    '--x\r\nContent-Type: text/plain; name="a.txt"\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\nwords\r\n',
  ]
  return Buffer.from(
    `${head}MIME-Version: 1.0\r\n${type}\r\n\r\n${parts.join('')}--x--\r\n`,
    'latin1',
  )
}

/** Makes everything happen once that leaves rows behind; `halfway` is when only the staff did anything. */
export async function liveThrough(
  site: TestSite,
  halfway: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  await keepHouse(site)
  await signCheckpoint(site.house)
  await halfway()
  await befall(site)
  await signCheckpoint(site.house)
}

function done(outcome: { readonly kind: string }): void {
  if (outcome.kind === 'refused' || outcome.kind === 'flawed')
    throw new Error(JSON.stringify(outcome))
}
