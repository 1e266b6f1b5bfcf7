import { randomUUID } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { NotFound } from '../flow/act.ts'
import type { House } from '../flow/house.ts'
import { replyLengthMax } from '../flow/review.ts'
import type { SignIns } from '../flow/sign-in.ts'
import { accountRoutes } from './account.tsx'
import { alertRoutes } from './alerts.tsx'
import { assetRoutes } from './assets.ts'
import { authenticityRoutes } from './authenticity.tsx'
import { demoRoutes } from './demo.tsx'
import { designRoutes } from './design.tsx'
import type { Ctx, Site } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { ownForms, secureHeaders, whoCalls } from './guard.ts'
import { invitationRoutes } from './invitation.tsx'
import { liveRoutes } from './live.ts'
import { logRoutes } from './log.tsx'
import { mailboxRoutes } from './mailboxes.tsx'
import { measureRoutes } from './measures.tsx'
import { openIdRoutes } from './openid.tsx'
import { outboxRoutes } from './outbox.tsx'
import { Banner } from './parts/fields.tsx'
import { peopleRoutes } from './people.tsx'
import { Forbidden, ForeignForm, Missing, Refused, SignInFirst } from './problems.ts'
import { queueRoutes } from './queue.tsx'
import { openRoutes, type Routes } from './routes.ts'
import { ruleRoutes } from './rules.tsx'
import { searchRoutes } from './search.tsx'
import { secondFactorRoutes } from './second-factor.tsx'
import { senderRoutes } from './senders.tsx'
import { settingsRoutes } from './settings.tsx'
import { signInRoutes } from './sign-in.tsx'
import { templateRoutes } from './templates.tsx'
import { threadRoutes } from './thread-routes.tsx'

/** The longest form: a reply with room to spare. */
const formBytesMax = 512 * 1024

/** The whole web room: guards in order, then one file a screen. */
export function openApp(house: House, signIns: SignIns, site: Site): Routes {
  const routes = openRoutes()
  const { app } = routes
  app.use(secureHeaders(site))
  app.use(whoCalls(house, signIns, site))
  app.use(bodyLimit({ maxSize: formBytesMax, onError: (c) => tooLarge(c as Ctx) }))
  app.use(ownForms(site))
  assetRoutes(routes)
  signInRoutes(routes)
  secondFactorRoutes(routes)
  openIdRoutes(routes)
  accountRoutes(routes)
  invitationRoutes(routes)
  peopleRoutes(routes)
  queueRoutes(routes)
  searchRoutes(routes)
  threadRoutes(routes)
  measureRoutes(routes)
  alertRoutes(routes)
  outboxRoutes(routes)
  senderRoutes(routes)
  logRoutes(routes)
  mailboxRoutes(routes)
  ruleRoutes(routes)
  templateRoutes(routes)
  settingsRoutes(routes)
  authenticityRoutes(routes)
  liveRoutes(routes)
  if (site.demo) {
    demoRoutes(routes)
    designRoutes(routes)
  }
  app.notFound((c) => problemPage(c, c.var.text.errorTitle, c.var.text.notFound, 404))
  app.onError((error, c) => onError(error, c))
  return routes
}

function onError(error: Error, c: Ctx): Response | Promise<Response> {
  const { text } = c.var
  if (error instanceof SignInFirst) return toSignIn(c, error)
  if (error instanceof Refused) return refused(c, error)
  if (error instanceof Forbidden) return problemPage(c, text.errorTitle, text.forbidden, 403)
  if (error instanceof ForeignForm) return problemPage(c, text.errorTitle, text.csrf, 403)
  if (error instanceof Missing || error instanceof NotFound) {
    return problemPage(c, text.errorTitle, text.notFound, 404)
  }
  const code = randomUUID().slice(0, 8)
  c.var.house.log.error({ err: error, code, path: new URL(c.req.url).pathname }, 'a request failed')
  return problemPage(c, text.errorTitle, `${text.unexpected} ${text.errorCode(code)}`, 500)
}

function toSignIn(c: Ctx, { next }: SignInFirst): Response {
  if (c.req.header('HX-Request') || c.req.path === '/events') return c.body(null, 401)
  const stage = c.var.entry?.stage
  if (stage === 'enrolment') return c.redirect('/account', 303)
  const where = stage === 'second_factor' ? '/sign-in/second' : '/sign-in'
  return c.redirect(next === '/' ? where : `${where}?next=${encodeURIComponent(next)}`, 303)
}

/** What was refused and why, what the person had written, and the way to the newest state. */
async function refused(c: Ctx, { reason, backTo }: Refused): Promise<Response> {
  const { text } = c.var
  const words = await wordsOf(c)
  const body = (
    <section class='narrow'>
      <h1>{text.conflict}</h1>
      <Banner tone='grave'>{text.refused[reason]}</Banner>
      {words.length > 0 && (
        <section class='card' aria-labelledby='words-title'>
          <h2 id='words-title'>{text.yourWords}</h2>
          {words.map((one) => (
            <p class='words'>{one}</p>
          ))}
        </section>
      )}
      <p>
        <a class='button' href={backTo}>
          {text.back}
        </a>
      </p>
    </section>
  )
  return page(c, text.conflict, body, 409)
}

/** Fields in which people write sentences of their own. */
const written = [
  'reason',
  'fairRequest',
  'improperWhy',
  'measureReason',
  'skipWarning',
  'skipExplanation',
  'gate_own_fault_words',
  'gate_accommodation_words',
  'gate_must_stay_open_words',
  'gate_fair_request_words',
  'openLine',
  'openAddress',
  'note',
  'replySubject',
  'replyBody',
  'changeSubject',
  'changeBody',
  'remark',
  'proof',
  'addMatches',
  'addPasses',
  'yaml',
  'templateSubject',
  'templateBody',
]

async function wordsOf(c: Ctx): Promise<string[]> {
  const form = await readForm(c)
  return written.map((name) => form.text(name, replyLengthMax)).filter((words) => words !== '')
}

function tooLarge(c: Ctx): Response | Promise<Response> {
  return problemPage(c, c.var.text.errorTitle, c.var.text.tooLarge, 413)
}

function problemPage(
  c: Ctx,
  title: string,
  words: string,
  status: 403 | 404 | 413 | 500,
): Response | Promise<Response> {
  const body = (
    <section class='narrow'>
      <h1>{title}</h1>
      <p>{words}</p>
      <p>
        <a class='button' href='/'>
          {c.var.text.toQueue}
        </a>
      </p>
    </section>
  )
  return page(c, title, body, status)
}
