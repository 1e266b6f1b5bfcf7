import { mkdirSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rule } from '../../src/classify/rules.ts'
import type { Person } from '../../src/domain/person.ts'
import { asInFiles } from '../../src/domain/rule-change.ts'
import { daysAfter } from '../../src/domain/time.ts'
import { assignThread } from '../../src/flow/assignment.ts'
import { requestDisclosure } from '../../src/flow/disclosure.ts'
import { answerDrill, beginDrill } from '../../src/flow/drills.ts'
import { fileTogether } from '../../src/flow/filing.ts'
import type { House } from '../../src/flow/house.ts'
import { recordIncident } from '../../src/flow/incidents.ts'
import { addNote } from '../../src/flow/notes.ts'
import { review, writeReply } from '../../src/flow/review.ts'
import { proposeRuleChange } from '../../src/flow/rule-changes.ts'
import { snoozeThread } from '../../src/flow/snooze.ts'
import { propose } from '../../src/flow/suspend.ts'
import { proposeTemplateChange } from '../../src/flow/template-changes.ts'
import { createTokenByOperator } from '../../src/flow/tokens.ts'
import { noteTraining } from '../../src/flow/trainings.ts'
import { newKey } from '../../src/vault.ts'
import { openBrowser } from '../support/browser.ts'
import { beside } from '../support/gates.ts'
import { harassment } from '../support/matters.ts'
import { oddThread } from '../support/odd-mails.ts'
import { type Office, openOffice, password, testMail, until } from '../support/office.ts'

const shots = 'test-results/pages'

const twoLooks = [
  ['ja', 'light', 1280],
  ['en', 'dark', 390],
] as const
const fourLooks = [...twoLooks, ['en', 'dark', 1280], ['ja', 'light', 390]] as const

/** Both languages, themes and widths; `MAMORI_LOOKS=all` pairs them the other way as well. */
const looks = process.env.MAMORI_LOOKS === 'all' ? fourLooks : twoLooks

type Checked = Awaited<ReturnType<AxeBuilder['analyze']>>['incomplete'][number]['nodes'][number]

function isUnseen({ any }: Checked): boolean {
  return any.some(({ data }) => data?.messageKey === 'equalRatio')
}

/** Every screen in a real browser: usable by everybody, running nothing but our own files. */
describe.each(looks)('the pages in %s, %s, %i wide', (language, theme, width) => {
  let office: Office
  let browser: Browser
  let page: Page
  let paths: string[]
  const complaints: string[] = []

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true })
    office = await openOffice({ smtp: null, encryptionKeys: [newKey()] })
    paths = await withStory(office)
    browser = await openBrowser()
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    })
    context.setDefaultTimeout(60_000)
    page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!request.url().startsWith(office.url)) complaints.push(`asked for ${request.url()}`)
    })
  }, 600_000)
  afterAll(async () => {
    await browser.close()
    await office.close()
  })

  async function check(name: string): Promise<void> {
    await page.screenshot({
      path: `${shots}/${name}-${language}-${theme}-${width}.png`,
      fullPage: true,
    })
    const { violations, incomplete } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
    // Words in the very colour of their ground are no violation to it: it takes them for hidden ones.
    const unseen = incomplete.flatMap(({ nodes }) => nodes).filter(isUnseen)
    expect(unseen.map(({ html }) => `${name}: ${html}`)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
  }

  it('can be used by everybody and load nothing from elsewhere', { timeout: 600_000 }, async () => {
    await page.goto(`${office.url}/sign-in`)
    await check('sign-in')
    await signIn('tanaka@mamori.example')
    for (const [place, path] of paths.entries()) {
      await page.goto(office.url + path)
      await check(`${place + 1}-${/\w+/.exec(path)?.[0]}`)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
    }
    await arrangeByHand()
    expect(complaints).toEqual([])
  })

  it('let an admin see which receiving servers can be believed', { timeout: 300_000 }, async () => {
    await withServers(office)
    await signIn('ito@mamori.example')
    await page.goto(`${office.url}/settings/authenticity`)
    await page.locator('main .server button.primary').waitFor()
    await check('authenticity')
    await page.goto(`${office.url}/mailboxes/new`)
    await check('mailbox-services')
    await page.goto(`${office.url}/mailboxes/new?provider=microsoft`)
    await check('mailbox-form')
    for (const path of ['/setup', '/webhooks', '/webhooks/new', '/settings/tokens']) {
      await page.goto(office.url + path)
      await page.locator('main h1').waitFor()
      await check(`admin${path.replaceAll('/', '-')}`)
    }
    const more = page.locator('.rail .more')
    expect(await more.isVisible()).toBe(width < 768)
    if (width < 768) await more.click()
    await page.locator('#rail-more a[href="/webhooks"]').click()
    await page.waitForURL(/\/webhooks$/)
  })

  it('let an admin invite somebody, who chooses a password', { timeout: 300_000 }, async () => {
    await signIn('ito@mamori.example')
    await page.goto(`${office.url}/people/new`)
    await check('people-new')
    await page.locator('#name').fill('青木 花')
    await page.locator('#email').fill(`aoki-${width}@mamori.example`)
    await page.locator('main button.primary').click()
    const link = await page.locator('#invitation-link').innerText()
    await check('people-invited')
    await page.goto(`${office.url}/people`)
    await check('people')
    await page.locator('.thread-row').last().click()
    await page.locator('main details summary').first().waitFor()
    await check('person')
    await page.context().clearCookies()
    await page.goto(office.url + new URL(link).pathname + new URL(link).search)
    await check('invitation')
    await page.locator('#wanted').fill('yama no ue no kumo 7')
    await page.locator('main button.primary').click()
    await page.locator('#totp-title').waitFor()
    await check('account-without-roles')
    expect(complaints).toEqual([])
  })

  it('let somebody set up a second factor, and ask for it', { timeout: 300_000 }, async () => {
    await signIn('takahashi@mamori.example')
    await page.goto(`${office.url}/account`)
    await check('account')
    await page.locator("form[action='/account/totp'] button").click()
    await check('account-totp')
    const secret = (await page.locator('dl code').innerText()).replaceAll(' ', '')
    const code = () => new TOTP({ secret }).generate()
    await page.locator('#code').fill(code())
    await page.locator('main button.primary').click()
    await page.locator('.codes li').first().waitFor()
    await check('account-codes')
    const [recovery] = await page.locator('.codes code').allInnerTexts()
    await page.goto(`${office.url}/account`)
    await check('account-with-totp')
    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await fillSignIn('takahashi@mamori.example')
    await page.locator('#code').waitFor()
    await check('second-factor')
    await page.locator('#code').fill(recovery ?? '')
    await page.locator('main button.primary').click()
    await page.locator('main h1').waitFor()
    expect(new URL(page.url()).pathname).toBe('/queue')
    expect(complaints).toEqual([])
  })

  async function fillSignIn(email: string): Promise<void> {
    await page.locator('#email').fill(email)
    await page.locator('#password').fill(password)
    await page.locator('main button.primary').click()
  }

  async function signIn(email: string): Promise<void> {
    await page.context().clearCookies()
    await page.goto(`${office.url}/sign-in`)
    await fillSignIn(email)
    await page.locator('main h1').waitFor()
    await page.goto(`${office.url}/settings`)
    await page.locator(`main input[name=language][value=${language}]`).check()
    await page.locator('main button.primary').click()
    await page.waitForURL(/done=settings/)
  }

  /** Splits a mail off, takes it back and joins two threads, as a person does it, without script. */
  async function arrangeByHand(): Promise<void> {
    const press = async (form: string, button: string) => {
      await page.locator(`form[action$='${form}'] ${button}`).first().click()
      await page.waitForLoadState()
    }
    await page.goto(office.url + paths.at(-1))
    await page.locator("details:has(form[action$='/split']) summary").click()
    await page.locator("details:has(form[action$='/join']) summary").click()
    await page.locator("form[action$='/split'] input[name=mail]").last().check()
    await check('arrange-1-forms')
    await press('/split', 'button')
    await check('arrange-2-split-preview')
    await press('/split', 'button.primary')
    expect(page.url()).toMatch(/done=split/)
    await check('arrange-3-split')
    await press('/moves/undo', 'button')
    expect(page.url()).toMatch(/done=undone/)
    await check('arrange-4-undone')
    await page.locator("details:has(form[action$='/join']) summary").click()
    await page.locator("form[action$='/join'] input[name=into]").first().check()
    await press('/join', 'button')
    await check('arrange-5-join-preview')
    await press('/join', 'button.primary')
    expect(page.url()).toMatch(/done=joined/)
    await page.locator('.moves a').first().click()
    await page.locator('.conversation > .banner a').waitFor()
    await check('arrange-6-joined-away')
  }
})

/** Mail through a server that could be believed, and through one that could not. */
async function withServers({ house, imap }: Office): Promise<void> {
  const through = (id: string, domain: string) =>
    Buffer.concat([
      Buffer.from(`Received: from out.example by ${id} with ESMTPS\r\n`),
      Buffer.from(
        `Authentication-Results: ${id}; spf=pass smtp.mailfrom=a@${domain}; dmarc=pass header.from=${domain}\r\n`,
      ),
      testMail({ from: `a@${domain}`, subject: domain, body: 'x', authenticated: false }),
    ])
  const domains = ['kaigara.example', 'nordwind.example', 'sakura.example']
  const mails = [
    ...domains.map((domain) => through('mx.hinata-kurashi.example', domain)),
    through('mx.akaruimirai-denki-hanbai.example', 'akaruimirai-denki-hanbai.example'),
  ]
  for (const mail of mails) await imap.append(mail)
  const [admin] = (await house.store.people.list()).filter(({ roles }) => roles.includes('admin'))
  if (!admin) throw new Error('no admin')
  await house.store.trustedServers.accept('mx2.hinata-kurashi.example', house.now(), admin.id)
  await until('the mails', async () => {
    const all = await house.store.identities.newest(null, 20)
    return (
      all.filter(({ ground }) => ground?.code === 'not_checked' || ground?.code === 'not_signed')
        .length >= mails.length
    )
  })
}

/** Other words for a notice, proposed by the admin. */
async function proposedTemplate(house: House, staff: readonly Person[]): Promise<string> {
  const admin = staff.find(({ roles }) => roles.includes('admin'))
  const template = 'warning.ja' as const
  const content = house.templates.text(template).replace('お願い申しあげます', 'お願いいたします')
  const wish = { template, content, reason: '言葉をやわらかく' }
  const proposed = admin && (await proposeTemplateChange(house, wish, admin))
  if (proposed?.kind !== 'proposed') throw new Error('no template is proposed')
  return proposed.proposalId
}

/** A little of everything: a proposal, a reply that waits, a dispute, ordinary mail. */
async function withStory(office: Office): Promise<string[]> {
  const { house, imap } = office
  const staff = await house.store.people.list()
  const [sato, suzuki] = staff as [Person, Person]
  const mails = [
    {
      from: 'kuroiwa@gouriki.example',
      subject: '修理代',
      body: 'お前はゴミだ。刺してやるから覚悟しろ。',
    },
    {
      from: 'hashimoto@kaigara.example',
      name: '橋本',
      subject: '住所変更',
      body: '引っ越しました。',
    },
    {
      from: 'lena@nordwind.example',
      name: 'Lena',
      subject: 'eSIM',
      body: 'How do I move my number?',
    },
    {
      from: 'aoki@kaigara.example',
      name: '青木',
      subject: '先日の件',
      body: '返品をお願いします。',
    },
    { from: 'aoki@kaigara.example', name: '青木', subject: '返品の続き', body: '色が違いました。' },
  ]
  for (const mail of mails) await imap.append(testMail(mail))
  for (const raw of oddThread('配達と修理')) await imap.append(raw)
  const threads = await until('the mails', async () => {
    const all = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
    const odd = all.find(({ subject }) => subject === '配達と修理')
    return all.length === mails.length + 1 && odd?.messageCount === oddThread('').length && all
  })
  const idOf = (subject: string) => threads.find((one) => one.subject === subject)?.id ?? ''
  const more = { from: 'aoki@kaigara.example', name: '青木', subject: '先日の件' }
  await imap.append(testMail({ ...more, body: '領収書の宛名を会社名にしてください。' }))
  await until('the second mail', async () => {
    const all = await house.store.queue.list({ states: 'open' }, { offset: 0, limit: 9 })
    return all.some(({ messageCount }) => messageCount === 2)
  })
  const [harmful, ordinary, english] = [idOf('修理代'), idOf('住所変更'), idOf('eSIM')]
  const odd = idOf('配達と修理')
  const given = { revision: 1, opinion: harassment({ severity: 3 }) }
  await review(house, harmful, given, sato)
  await review(house, harmful, given, suzuki)
  const proposal = { measureKind: 'suspension', reason: '身の危険がある', ...beside } as const
  await propose(house, harmful, proposal, sato)
  const reply = { letterId: null, revision: 1, subject: 'Re: 住所変更', body: 'ご案内します。' }
  await writeReply(house, ordinary, reply, sato)
  const [measure] = await house.store.measures.list(['proposed'], 1)
  const [letter] = await house.store.letters.list(['awaiting_approval'], 1)
  const template = await proposedTemplate(house, staff)
  const desk = await withDesk(office, { noted: english, handed: odd, putOff: idOf('返品の続き') })
  const program = { name: '顧客管理', scopes: ['threads:read'], mailboxes: null, days: 90 } as const
  await createTokenByOperator(house, program)
  const asked = { receivedOn: '2026-04-01', reason: 'すべて知りたい', identityCheck: '免許証' }
  const boss: Person = { ...sato, roles: ['supervisor'] }
  await requestDisclosure(house, { senderId: measure?.senderId ?? '', ...asked }, boss)
  const mailId = (await office.house.store.threads.find(ordinary))?.messages[0]?.id
  return [
    ...(await withRules(office)),
    '/queue',
    ...desk,
    `/threads/${harmful}`,
    `/threads/${ordinary}`,
    `/threads/${english}`,
    `/threads/${odd}`,
    '/measures',
    `/measures/${measure?.id}`,
    '/outbox',
    `/letters/${letter?.id}`,
    '/alerts',
    '/senders',
    `/senders/${threads[0]?.senderId}`,
    `/senders/${threads[0]?.senderId}/joining`,
    ...(await withIncident(office, threads[0]?.senderId ?? '')),
    '/mailboxes',
    '/disputes',
    `/threads/${odd}/dispute`,
    '/snippets',
    '/templates',
    '/templates/suspension.ja',
    `/templates/proposals/${template}`,
    '/log',
    '/settings',
    '/settings/tokens',
    '/care',
    '/reports',
    '/consultation',
    ...(await withTraining(office)),
    '/cases',
    '/retention',
    '/policy',
    '/policy/readers',
    '/policy/public',
    '/duties',
    `/cases/${measure?.senderId}`,
    `/senders/${measure?.senderId}`,
    `/threads/${ordinary}?mail=${mailId}&as=original`,
    '/queue?view=open&category=threat&severity=2',
    '/reports?days=365',
    '/notifications',
    '/notifications/settings',
    '/notifications/webhook',
    '/api/docs',
    '/search?q=eSIM',
    `/search?q=${encodeURIComponent('ゴミ')}`,
    `/search?q=${encodeURIComponent('引っ越し')}`,
    `/search?q=${encodeURIComponent('状態:無い')}`,
    '/search',
    '/design',
    '/demo/sent',
    `/threads/${idOf('先日の件')}`,
  ]
}

/** A drill with an answered case, and training that was held elsewhere. */
async function withTraining({ house }: Office): Promise<string[]> {
  const tanaka = (await house.store.people.list()).find(({ name }) => name === '田中 由美子')
  if (!tanaka) throw new Error('nobody to train')
  const started = await beginDrill(house, { personId: tanaka.id, pack: 'threat' }, tanaka)
  if (started.kind === 'refused') throw new Error(started.reason)
  const elements = { superiorPosition: true, improperConduct: true, harmToWorkEnvironment: true }
  const answer = { outcome: 'ordinary', categories: [], severity: 0, elements } as const
  await answerDrill(house, started.drillId, { place: 1, answer }, tanaka)
  const training = { title: '外部講師の講義', heldOn: '2026-04-01', personIds: [tanaka.id] }
  await noteTraining(house, training, tanaka)
  const path = `/drills/${started.drillId}`
  return ['/drills', path, `${path}?case=1`, '/drills/certificates', '/drills/records']
}

/** A note, a thread handed over, one put off, and mail of machines of which one is half filed. */
async function withDesk(
  { house, imap }: Office,
  threads: { readonly noted: string; readonly handed: string; readonly putOff: string },
): Promise<string[]> {
  const staff = await house.store.people.list()
  const [sato, suzuki, tanaka] = staff as [Person, Person, Person]
  const words = '＠田中さん、先月の案内と同じ内容でよいでしょうか。'
  await addNote(house, threads.noted, { body: words, mentions: [] }, sato)
  const handed = { to: tanaka.id, remark: '責任者のご判断をお願いします。', from: null }
  await assignThread(house, threads.handed, handed, sato)
  await snoozeThread(house, threads.putOff, daysAfter(house.now(), 3), suzuki)
  for (const subject of ['配送状況のお知らせ', '夜間処理の報告']) {
    const headers = ['Auto-Submitted: auto-generated']
    const from = 'system@unyu.example'
    await imap.append(testMail({ from, name: '運輸', subject, body: '完了しました。', headers }))
  }
  const filed = await until('mail of machines', async () => {
    const all = await house.store.queue.list({ states: ['filed'] }, { offset: 0, limit: 9 })
    return all.length === 2 && all
  })
  await fileTogether(house, [{ threadId: filed[0]?.id ?? '', revision: 1 }], sato)
  const views = ['filed', 'filed_second', 'snoozed'].map((view) => `/queue?view=${view}`)
  return ['/for-me', '/queue?who=mine', ...views]
}

/** A call that waits for a second review. */
async function withIncident({ house }: Office, sender: string): Promise<string[]> {
  const [sato] = (await house.store.people.list()) as [Person]
  const [box] = await house.store.mailboxes.list()
  const given = {
    ...{ incidentId: house.newId(), sender, mailboxId: box?.id ?? '', kind: 'phone' as const },
    ...{ occurredAt: house.now(), minutes: 95, takenBy: null, picture: null, postUrl: '' },
    ...{ account: '九十五分にわたり怒鳴り続けた。', recording: '録音 14' },
  }
  const outcome = await recordIncident(house, given, harassment(), sato)
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return ['/incidents', '/incidents/new', `/incidents/${outcome.incidentId}`]
}

/** A rule that somebody wants otherwise, tried on what was decided by then. */
async function withRules({ house }: Office): Promise<string[]> {
  const isInsult = ({ speaks }: Rule) =>
    speaks.kind === 'category' && speaks.code === 'verbal_abuse'
  const rule = house.rules.rules.find(isInsult)?.id ?? ''
  const [admin] = (await house.store.people.list()).filter(({ roles }) => roles.includes('admin'))
  if (!admin) throw new Error('no admin')
  const overlay = { ...asInFiles(rule), weight: 0.1, passes: ['よく晴れた日です'] }
  const wish = { kind: 'change', overlay } as const
  const outcome = await proposeRuleChange(house, wish, '強く出すぎる', admin)
  if (outcome.kind !== 'proposed') throw new Error(JSON.stringify(outcome))
  const { proposalId } = outcome
  await until(
    'the trial',
    async () => (await house.store.ruleProposals.trial(proposalId))?.finishedAt,
    120_000,
  )
  const { version } = house.rules
  return [
    '/rules',
    `/rules/${rule}`,
    `/rules/${rule}?examples=shown`,
    `/rules/${rule}/change`,
    `/rules/${rule}/change?text=shown`,
    '/rules/new',
    '/rules/proposals',
    `/rules/proposals/${proposalId}`,
    `/rules/proposals/${proposalId}?words=shown`,
    '/rules/versions',
    `/rules/versions/${version}`,
    `/rules/versions/${version}?file=policy.yaml`,
  ]
}
