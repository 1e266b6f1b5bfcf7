import { randomUUID } from 'node:crypto'
import { type Wish, wishes } from '../domain/consultation.ts'
import { isCarer } from '../domain/person.ts'
import { addToReport, openByCode, openReport, report } from '../flow/consultation.ts'
import { actAtDesk, answerAtDesk, type DeskAct } from '../flow/consultation-desk.ts'
import type { OpenedReport } from '../flow/consultation-words.ts'
import { Desk, OwnReports } from './consultation-desk.tsx'
import { CodeForm, ReportForm } from './consultation-form.tsx'
import { Report } from './consultation-report.tsx'
import type { Ctx } from './env.ts'
import { type Form, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Nobody who has something to tell is cut off in the middle. */
const wordsMax = 20_000

/** The consultation desk (相談窓口): for everybody, and for the supervisors in charge of care. */
export function consultationRoutes(routes: Routes): void {
  routes.get('/consultation', 'consult', (c) => deskPage(c))
  routes.post('/consultation', 'consult', send)
  // Whoever asks for such a page again, as by a change of language, has no code in the address.
  routes.get('/consultation/code', 'consult', (c) => c.redirect('/consultation', 303))
  routes.post('/consultation/code', 'consult', async (c) => {
    const code = (await readForm(c)).text('code', 64)
    return codePage(c, code)
  })
  routes.post('/consultation/code/words', 'consult', async (c) => {
    const form = await readForm(c)
    return addByCode(c, form.text('code', 64), { words: form.text('words', wordsMax) })
  })
  routes.post('/consultation/code/wish', 'consult', async (c) => {
    const form = await readForm(c)
    return addByCode(c, form.text('code', 64), { wish: wishIn(form) })
  })
  routes.get('/consultation/:id', 'consult', async (c) => {
    const opened = await openReport(c.var.house, idOf(c), c.var.person)
    if (!opened) throw new Missing()
    return reportPage(c, opened)
  })
  routes.post('/consultation/:id/words', 'consult', async (c) => {
    const words = (await readForm(c)).text('words', wordsMax)
    const by = { id: idOf(c), who: c.var.person }
    return answer(c, await addToReport(c.var.house, by, { words }), pathOf(c), 'consultationAdded')
  })
  routes.post('/consultation/:id/wish', 'consult', async (c) => {
    const wish = wishIn(await readForm(c))
    const by = { id: idOf(c), who: c.var.person }
    return answer(c, await addToReport(c.var.house, by, { wish }), pathOf(c), 'consultationWish')
  })
  deskActs(routes)
}

function deskActs(routes: Routes): void {
  const act = (how: DeskAct, done: string, back: (c: Ctx) => string) => async (c: Ctx) => {
    const outcome = await actAtDesk(c.var.house, idOf(c), how, c.var.person)
    return answer(c, outcome, outcome.kind === 'refused' ? pathOf(c) : back(c), done)
  }
  routes.post('/consultation/:id/taking', 'care', act('take', 'consultationTaken', pathOf))
  routes.post(
    '/consultation/:id/returning',
    'care',
    act('give_back', 'consultationBack', () => '/consultation'),
  )
  routes.post('/consultation/:id/closing', 'care', act('close', 'consultationClosed', pathOf))
  routes.post('/consultation/:id/answers', 'care', async (c) => {
    const words = (await readForm(c)).text('words', wordsMax)
    const outcome = await answerAtDesk(c.var.house, idOf(c), words, c.var.person)
    return answer(c, outcome, pathOf(c), 'consultationAnswered')
  })
}

async function deskPage(c: Ctx, unknownCode = false): Promise<Response> {
  const { text, house, person } = c.var
  const people = (await house.store.people.list()).filter(({ disabledAt }) => disabledAt === null)
  return page(
    c,
    text.consultation.title,
    <section class='narrow'>
      <h1>{text.consultation.title}</h1>
      <p class='help'>{text.consultation.lead}</p>
      {unknownCode && <Banner tone='caution'>{text.consultation.codeUnknown}</Banner>}
      {isCarer(person) && <Desk c={c} />}
      <ReportForm c={c} people={people} />
      <OwnReports c={c} />
      <CodeForm c={c} />
    </section>,
  )
}

/** Takes a report. The code of an anonymous one is in this answer, and never again anywhere. */
async function send(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, person } = c.var
  const id = form.text('report', 64)
  const given = {
    id: /^[\da-f]{8}-[\da-f-]{27}$/.test(id) ? id : randomUUID(),
    words: form.text('words', wordsMax),
    wish: wishIn(form),
    hiddenFrom: form.all('hide').map((one) => one.slice(0, 64)),
  }
  const anonymous = form.text('who', 20) === 'anonymous'
  const outcome = await report(house, given, anonymous ? null : person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/consultation')
  if (outcome.code === null) {
    return c.redirect(`/consultation/${outcome.id}?done=consultationSent`, 303)
  }
  return newCodePage(c, outcome.code)
}

function newCodePage(c: Ctx, code: string): Response | Promise<Response> {
  const { consultation: text } = c.var.text
  return page(
    c,
    text.codeTitle,
    <section class='narrow'>
      <h1>{text.codeTitle}</h1>
      <Banner tone='caution'>{text.codeLead}</Banner>
      <p>
        <code class='code-once'>{code}</code>
      </p>
      <p>
        <a class='button' href='/consultation'>
          {text.codeSaved}
        </a>
      </p>
    </section>,
  )
}

async function codePage(c: Ctx, code: string): Promise<Response> {
  const opened = await openByCode(c.var.house, code)
  return opened ? reportPage(c, opened, code) : deskPage(c, true)
}

/** The page comes as the answer, as the code must not stand in an address. */
async function addByCode(
  c: Ctx,
  code: string,
  more: { readonly words: string } | { readonly wish: Wish },
): Promise<Response> {
  const outcome = await addToReport(c.var.house, { code }, more)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, '/consultation')
  return codePage(c, code)
}

async function reportPage(c: Ctx, opened: OpenedReport, code?: string): Promise<Response> {
  const { text, house } = c.var
  const names = await house.store.people.names()
  const by = code === undefined ? {} : { code }
  return page(
    c,
    text.consultation.title,
    <section class='narrow'>
      <Report c={c} opened={opened} names={names} {...by} />
    </section>,
  )
}

function wishIn(form: Form): Wish {
  return wishes.find((one) => one === form.text('wish', 20)) ?? 'confidential'
}

function pathOf(c: Ctx): string {
  return `/consultation/${idOf(c)}`
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
