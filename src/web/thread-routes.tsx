import { reveal } from '../flow/care.ts'
import type { Outcome } from '../flow/house.ts'
import { change, giveBack, withdraw } from '../flow/reply.ts'
import { approve, replyLengthMax, review, settle } from '../flow/review.ts'
import { propose, recordIdentity } from '../flow/suspend.ts'
import { dropTyped } from '../flow/typed.ts'
import type { ThreadRecord } from '../store/threads.ts'
import { arrangeRoutes } from './arrange.tsx'
import { deskRoutes } from './desk.tsx'
import { download } from './download.ts'
import { draftRoutes } from './drafts.tsx'
import type { Ctx } from './env.ts'
import { numberIn, opinionIn, ownPath, readForm, verdictIn } from './forms.ts'
import { fragment } from './frame.tsx'
import { gateIn } from './gate-form.tsx'
import { messageOf } from './message-asked.ts'
import { noteRoutes } from './notes.tsx'
import { Revealed } from './passage-parts.tsx'
import { type PassageInfo, passageAt, wholeInfo } from './passages.ts'
import { presenceRoutes } from './presence.tsx'
import { previewRoutes } from './preview.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { termsIn } from './terms-form.tsx'
import { threadPage } from './thread.tsx'
import { targetRoutes } from './thread-target.tsx'
import { viewOf } from './view.ts'
import { viewRoutes } from './view-routes.ts'

/** A thread and everything that people do on it: each act is a form. */
export function threadRoutes(routes: Routes): void {
  routes.get('/threads/:id', 'read', (c) => threadPage(c, id(c)))
  routes.post('/threads/:id/reviews', 'review', giveReview)
  routes.post('/threads/:id/settlement', 'settle', settleDispute)
  routes.post('/threads/:id/measures', 'propose', proposeMeasure)
  routes.post('/threads/:id/identity', 'record_identity', async (c) => {
    const form = await readForm(c)
    const { house, person } = c.var
    const outcome = await recordIdentity(house, id(c), form.text('proof'), person)
    return answer(c, outcome, ownPath(form.text('back'), `/threads/${id(c)}`), 'identity')
  })
  draftRoutes(routes)
  arrangeRoutes(routes)
  targetRoutes(routes)
  deskRoutes(routes)
  noteRoutes(routes)
  presenceRoutes(routes)
  letterRoutes(routes)
  messageRoutes(routes)
  viewRoutes(routes)
  previewRoutes(routes)
}

function letterRoutes(routes: Routes): void {
  routes.post('/letters/:id/approval', 'approve', async (c) => {
    const form = await readForm(c)
    const shown = { sha256: form.text('shown', 64), at: form.text('shownAt', 40) }
    return answer(
      c,
      await approve(c.var.house, id(c), shown, c.var.person),
      await backOf(c),
      'approved',
    )
  })
  routes.post('/letters/:id/return', 'approve', async (c) => {
    const remark = (await readForm(c)).text('remark')
    return answer(
      c,
      await giveBack(c.var.house, id(c), remark, c.var.person),
      await backOf(c),
      'returned',
    )
  })
  routes.post('/letters/:id/change', 'approve', async (c) => {
    const form = await readForm(c)
    const words = {
      subject: form.text('changeSubject', 500),
      body: form.text('changeBody', replyLengthMax),
      before: form.text('before', 64),
    }
    return answer(
      c,
      await change(c.var.house, id(c), words, c.var.person),
      await backOf(c),
      'changed',
    )
  })
  routes.get('/letters/:id/files/:file', 'read', async (c) => {
    const { store } = c.var.house
    const files = await store.letterVersions.filesOf(id(c))
    const file = files.find((one) => one.id === c.req.param('file'))
    const bytes = file && (await store.uploads.bytesOf([file.id])).get(file.id)
    if (!file || !bytes) throw new Missing()
    return download(c, bytes, file.filename)
  })
  routes.post('/letters/:id/withdrawal', 'reply', async (c) =>
    answer(c, await withdraw(c.var.house, id(c), c.var.person), await backOf(c), 'withdrawn'),
  )
}

function messageRoutes(routes: Routes): void {
  routes.post('/messages/:id/reveal', 'reveal', revealPassage)
  // A POST, as it leaves a trace: the original holds every word that the page keeps back.
  routes.post('/messages/:id/original', 'reveal', async (c) => {
    const { message, record } = await messageOf(c)
    const bytes = await c.var.house.store.raws.find(message.rawSha256)
    if (!bytes) throw new Missing()
    await recordReveal(c, record, wholeInfo(record, message, 'original'))
    return download(c, bytes, `${message.id}.eml`)
  })
  routes.get('/messages/:id/attachments/:sha256', 'read', async (c) => {
    const { message } = await messageOf(c)
    const parts = await c.var.house.store.threads.attachmentsOf(message.id)
    const part = parts.find(({ sha256 }) => sha256 === c.req.param('sha256'))
    const raw = part && (await c.var.house.store.raws.find(message.rawSha256))
    const bytes = part && raw && (await c.var.site.parser.take(raw, part))
    if (!part || !bytes) throw new Missing()
    return download(c, bytes, part.filename)
  })
}

async function giveReview(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const judgement = form.has('judgement') ? { judgement: form.text('judgement') } : {}
  const given = { revision: numberIn(form, 'revision'), opinion: opinionIn(form), ...judgement }
  const { house, person } = c.var
  const outcome = await review(house, id(c), given, person)
  if (outcome.kind === 'done') {
    await dropTyped(house, { personId: person.id, threadId: id(c), kind: 'review' })
  }
  return answer(c, outcome, `/threads/${id(c)}`, 'review')
}

async function settleDispute(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const verdict = verdictIn(form)
  const back = `/threads/${id(c)}`
  if (verdict.kind === 'unsure') throw new Refused('nothing_to_settle', back)
  const { house, person } = c.var
  return answer(c, await settle(house, id(c), verdict, form.text('reason'), person), back, 'settle')
}

async function proposeMeasure(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const measureKind = form.text('kind') === 'suspension' ? 'suspension' : 'warning'
  const reason = form.text('measureReason')
  const proposal = {
    measureKind,
    reason,
    skipWarning: form.text('skipWarning'),
    skipExplanation: form.text('skipExplanation'),
    gate: gateIn(form),
    terms: termsIn(form),
  } as const
  const outcome = await propose(c.var.house, id(c), proposal, c.var.person)
  return answer(c, outcome, `/threads/${id(c)}`, 'proposed')
}

async function revealPassage(c: Ctx): Promise<Response> {
  const place = (await readForm(c)).text('place', 64)
  const { message, record } = await messageOf(c)
  const found = passageAt(record, message, place)
  if (!found) throw new Missing()
  const exposureId = await recordReveal(c, record, found.info)
  if (c.req.header('HX-Request')) {
    return fragment(c, <Revealed c={c} record={record} passage={found.info} words={found.text} />)
  }
  return c.redirect(`/threads/${record.id}?shown=${exposureId}#m-${message.id}`, 303)
}

/** Puts on record who chose to see what, before they see it. */
async function recordReveal(c: Ctx, record: ThreadRecord, info: PassageInfo): Promise<string> {
  const { messageId, place: passage, categories, severity } = info
  const seen = { threadId: record.id, messageId, passage, categories, severity }
  const outcome = await reveal(c.var.house, seen, c.var.person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, `/threads/${record.id}`)
  return outcome.exposureId
}

async function backOf(c: Ctx): Promise<string> {
  const letter = await viewOf(c).letters.find(id(c))
  if (!letter) throw new Missing()
  return `/threads/${letter.threadId}`
}

/** Done: back to the page, which says so. Refused: a page with the reason and the way back. */
export function answer(c: Ctx, outcome: Outcome, back: string, done: string): Response {
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
  return c.redirect(`${back}?done=${done}`, 303)
}

function id(c: Ctx): string {
  return c.req.param('id') ?? ''
}
