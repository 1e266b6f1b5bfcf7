import type { FC } from 'hono/jsx'
import type { Drill, DrillAnswer, DrillCase } from '../domain/drill.ts'
import { reveal } from '../flow/care.ts'
import { type OpenedCase, openCase } from '../flow/drill-case.ts'
import { answerDrill, passDrillCase } from '../flow/drills.ts'
import { AnswerForm } from './drill-answer.tsx'
import { DrillMails } from './drill-mails.tsx'
import { Over } from './drill-over.tsx'
import { packName } from './drill-packs.ts'
import { DrillResult } from './drill-result.tsx'
import type { Ctx } from './env.ts'
import { numberIn, readForm, verdictIn } from './forms.ts'
import { page } from './frame.tsx'
import { gistWords } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { isOpen, type Shown, shieldedIn } from './passages.ts'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** One drill. It is there for the person whose it is, and for nobody else. */
export function drillCaseRoutes(routes: Routes): void {
  routes.get('/drills/:id', 'drill', drillPage)
  routes.post('/drills/:id/answers', 'drill', async (c) => {
    const form = await readForm(c)
    const given = verdictIn(form)
    const place = numberIn(form, 'case')
    const back = `/drills/${idOf(c)}?case=${place}`
    if (given.kind === 'unsure') throw new Refused('reason_missing', back)
    const improperConduct = form.has('improperConduct')
    const answer: DrillAnswer =
      given.kind === 'ordinary'
        ? { outcome: 'ordinary', categories: [], severity: 0, elements: noElements }
        : {
            ...{ outcome: 'harassment', categories: given.categories, severity: given.severity },
            elements: { ...given.elements, improperConduct },
          }
    const outcome = await answerDrill(c.var.house, idOf(c), { place, answer }, c.var.person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
    return c.redirect(`${back}#result`, 303)
  })
  routes.post('/drills/:id/passing', 'drill', async (c) => {
    const place = numberIn(await readForm(c), 'case')
    const outcome = await passDrillCase(c.var.house, idOf(c), place, c.var.person)
    if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/drills/${idOf(c)}`)
    return c.redirect(`/drills/${idOf(c)}`, 303)
  })
  routes.post('/drills/:id/passages', 'drill', revealPassage)
}

const noElements = {
  ...{ superiorPosition: false, improperConduct: false },
  harmToWorkEnvironment: false,
}

/** Shows what the shield keeps back: of real mail on record as exposure, before it is shown. */
async function revealPassage(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const at = numberIn(form, 'case')
  const { opened } = await caseOf(c, at)
  const mail = opened?.mails[numberIn(form, 'mail')]
  const info =
    opened && mail && shieldedIn(opened, mail).find(({ place }) => place === form.text('place', 64))
  if (!info || !mail || !opened) throw new Missing()
  const back = `/drills/${idOf(c)}?case=${at}`
  const anchor = `#m-${opened.mails.indexOf(mail) + 1}`
  if (opened.threadId === null) {
    return c.redirect(`${back}&open=${mail.id}:${info.place}${anchor}`, 303)
  }
  const { place: passage, categories, severity } = info
  const seen = { threadId: opened.threadId, messageId: mail.id, passage, categories, severity }
  const outcome = await reveal(c.var.house, seen, c.var.person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
  return c.redirect(`${back}&shown=${outcome.exposureId}${anchor}`, 303)
}

async function drillOf(c: Ctx): Promise<{ drill: Drill; cases: readonly DrillCase[] }> {
  const { house, account } = c.var
  const drill = await house.store.drills.find(idOf(c))
  if (drill?.personId !== account.id) throw new Missing()
  return { drill, cases: await house.store.drills.casesOf(drill.id) }
}

/** A case of the drill, one that was asked already or the next one. */
async function caseOf(c: Ctx, place: number) {
  const { drill, cases } = await drillOf(c)
  const next = cases.find(({ state }) => state === 'open')
  const one = place === 0 ? next : cases.find((other) => other.place === place)
  if (place > 0 && (!one || (one.state === 'open' && one !== next))) throw new Missing()
  const { house, account, language } = c.var
  const opened = one ? await openCase(house, one.ref, account, language) : null
  return { drill, cases, one, opened }
}

async function drillPage(c: Ctx): Promise<Response> {
  const { drills: words } = c.var.text
  const { drill, cases, one, opened } = await caseOf(c, Number(c.req.query('case')) || 0)
  const pack = packName(c.var.text, drill.pack)
  if (!one) return page(c, words.over, <Over c={c} drill={drill} cases={cases} />)
  const title = words.case(one.place, drill.cases)
  const shown = opened && (await shownIn(c, opened))
  return page(
    c,
    title,
    <section class='thread drill'>
      <header class='thread-head'>
        <p>
          <a href='/drills'>{words.back}</a>
        </p>
        <h1>{title}</h1>
        <p class='chips'>
          <span class='chip neutral'>{pack}</span>
        </p>
        {opened && <p class='help'>{opened.threadId === null ? words.ownCase : words.mailCase}</p>}
      </header>
      {opened ? (
        <div class='columns'>
          <div class='conversation'>
            <Gist c={c} opened={opened} />
            <DrillMails c={c} drillId={drill.id} place={one.place} opened={opened} shown={shown} />
          </div>
          <aside class='panel'>
            {one.state === 'open' ? (
              <AnswerForm c={c} drillId={drill.id} place={one.place} />
            ) : (
              <DrillResult c={c} drill={drill} one={one} opened={opened} />
            )}
          </aside>
        </div>
      ) : (
        <Gone c={c} drill={drill} one={one} />
      )}
    </section>,
  )
}

/** The passage that was just asked for. Of our own cases the address says which: nobody is exposed. */
async function shownIn(c: Ctx, opened: OpenedCase): Promise<Shown | null> {
  const { house, account } = c.var
  if (opened.threadId === null) {
    const [messageId = '', ...rest] = (c.req.query('open') ?? '').split(':')
    return messageId === '' ? null : { messageId, passage: rest.join(':') }
  }
  const exposure = await house.store.exposures.find(c.req.query('shown') ?? '')
  const isTheirs = exposure?.threadId === opened.threadId
  return isTheirs && isOpen(exposure, account.id, house.now()) ? exposure : null
}

const Gist: FC<{ c: Ctx; opened: OpenedCase }> = ({ c, opened }) => (
  <section class='card gist-card' aria-labelledby='gist-title'>
    <h2 id='gist-title'>{c.var.text.drills.summary}</h2>
    <ul>
      {gistWords(opened.gist, c.var.text).map((words) => (
        <li>{words}</li>
      ))}
    </ul>
  </section>
)

/** A case whose mail is not there any more: what was decided, where it was answered, is all there is. */
const Gone: FC<{ c: Ctx; drill: Drill; one: DrillCase }> = ({ c, drill, one }) => {
  const { drills: words } = c.var.text
  if (one.state === 'answered') return <DrillResult c={c} drill={drill} one={one} opened={null} />
  return (
    <section class='card'>
      <Banner tone='caution'>{words.gone}</Banner>
      {one.state === 'open' && (
        <Form c={c} action={`/drills/${drill.id}/passing`}>
          <input type='hidden' name='case' value={String(one.place)} />
          <button type='submit' class='primary'>
            {words.goPast}
          </button>
        </Form>
      )}
    </section>
  )
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}
