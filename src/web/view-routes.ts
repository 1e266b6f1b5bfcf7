import { revealAll } from '../flow/care.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { messageOf } from './message-asked.ts'
import type { PassageInfo } from './passages.ts'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { addressOf, viewKinds, viewOfMail, withPictures } from './views.ts'

/** A mail in other views than its text. */
export function viewRoutes(routes: Routes): void {
  // A POST, as it leaves a trace: the view shows what the text keeps back.
  routes.post('/messages/:id/views', 'reveal', async (c) => {
    const asked = (await readForm(c)).text('as', 20)
    const as = viewKinds.find((kind) => kind === asked)
    if (!as) throw new Missing()
    const { message, record } = await messageOf(c)
    const { holds } = await viewOfMail(c, record, message, as)
    await recordAll(c, record, message, holds)
    return c.redirect(addressOf(message, as), 303)
  })
  routes.get('/messages/:id/formatted', 'read', async (c) => {
    const { message, record } = await messageOf(c)
    const { closed, content } = await viewOfMail(c, record, message, 'formatted')
    if (closed.length > 0 || content.kind !== 'formatted') throw new Missing()
    const shown = await withPictures(c, record, message, content.formatted)
    return c.body(documentOf(shown.html), 200, frameHeaders)
  })
}

/** Puts on record who asked for all of these passages of a mail, before they are shown. */
export async function recordAll(
  c: Ctx,
  record: ThreadRecord,
  message: StoredMessage,
  passages: readonly PassageInfo[],
): Promise<void> {
  const { house, person } = c.var
  const seen = passages.map(({ place: passage, categories, severity }) => {
    return { threadId: record.id, messageId: message.id, passage, categories, severity }
  })
  const outcome = await revealAll(house, record.id, seen, person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${record.id}`)
}

/**
 * The frame's own rules, whoever opens it: an origin of its own, nothing fetched, nothing run, no
 * form; a link opens beside it when somebody presses it.
 */
const frameHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'no-referrer',
}

/** Mail is written for white paper: the frame is that in a dark room as well. */
const style = [
  ':root{color-scheme:light;background:#fff;color:#1d2229}',
  'body{margin:16px;font:16px/1.7 "Hiragino Sans","Yu Gothic UI","Noto Sans JP",sans-serif;',
  'overflow-wrap:anywhere}',
  'img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}',
  'blockquote{margin:0 0 0 4px;padding-inline-start:12px;border-inline-start:2px solid #dfdeda}',
  '.left-out,.target{color:#49505a;font-size:13px}',
].join('')

function documentOf(body: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>-</title><style>${style}</style><body>${body}`
}
