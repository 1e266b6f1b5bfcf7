import { randomUUID } from 'node:crypto'
import type { FC } from 'hono/jsx'
import { NotFound } from '../flow/act.ts'
import { replyLengthMax } from '../flow/review.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'
import { Forbidden, ForeignForm, Missing, Refused, SignInFirst } from './problems.ts'

/** The page that says what went wrong, and gives people back the words they had written. */
export function onError(error: Error, c: Ctx): Response | Promise<Response> {
  const { text } = c.var
  if (error instanceof SignInFirst) return toSignIn(c, error)
  if (error instanceof Refused) return refused(c, error)
  if (error instanceof Forbidden) return problemPage(c, text.errorTitle, text.forbidden, 403)
  if (error instanceof ForeignForm) return foreignForm(c)
  if (error instanceof Missing || error instanceof NotFound) {
    return problemPage(c, text.errorTitle, text.notFound, 404)
  }
  const code = randomUUID().slice(0, 8)
  c.var.house.log.error({ err: error, code, path: new URL(c.req.url).pathname }, 'a request failed')
  return problemPage(c, text.errorTitle, `${text.unexpected} ${text.errorCode(code)}`, 500)
}

/**
 * Somebody whose session ended while they wrote gets their words back: they are on no other page.
 * Only from a page of ours, as another site could put words of its own before them.
 */
async function foreignForm(c: Ctx): Promise<Response> {
  const { text } = c.var
  const own = c.req.header('Sec-Fetch-Site') === 'same-origin'
  const body = (
    <section class='narrow'>
      <h1>{text.errorTitle}</h1>
      <p>{text.csrf}</p>
      {own && <Words title={text.yourWords} words={await wordsOf(c)} />}
    </section>
  )
  return page(c, text.errorTitle, body, 403)
}

async function signInWithWords(c: Ctx, words: readonly string[]): Promise<Response> {
  const { text } = c.var
  const body = (
    <section class='narrow'>
      <h1>{text.conflict}</h1>
      <Banner tone='caution'>{text.replies.signedOut}</Banner>
      <Words title={text.yourWords} words={words} />
      <p>
        <a class='button' href='/sign-in' target='_blank' rel='noopener'>
          {text.replies.signIn}
        </a>
      </p>
    </section>
  )
  return page(c, text.conflict, body, 401)
}

async function toSignIn(c: Ctx, { next }: SignInFirst): Promise<Response> {
  const isQuiet = c.req.header('HX-Request') || c.req.header('Accept') === 'application/json'
  if (isQuiet || c.req.path === '/events') return c.body(null, 401)
  const words = c.req.method === 'POST' ? await wordsOf(c) : []
  if (words.length > 0) return signInWithWords(c, words)
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
      <Words title={text.yourWords} words={words} />
      <p>
        <a class='button' href={backTo}>
          {text.back}
        </a>
      </p>
    </section>
  )
  return page(c, text.conflict, body, 409)
}

const Words: FC<{ title: string; words: readonly string[] }> = ({ title, words }) =>
  words.length === 0 ? null : (
    <section class='card' aria-labelledby='words-title'>
      <h2 id='words-title'>{title}</h2>
      {words.map((one) => (
        <p class='words'>{one}</p>
      ))}
    </section>
  )

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
  'snippetBody',
  'account',
  'noteText',
  'words',
  'joinReason',
]

async function wordsOf(c: Ctx): Promise<string[]> {
  const form = await readForm(c)
  return written.map((name) => form.text(name, replyLengthMax)).filter((words) => words !== '')
}

/** A form that is larger than its route takes. */
export function tooLarge(c: Ctx): Response | Promise<Response> {
  return problemPage(c, c.var.text.errorTitle, c.var.text.tooLarge, 413)
}

/** A page of a few words and the way on. */
export function problemPage(
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
