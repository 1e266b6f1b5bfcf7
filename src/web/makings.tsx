import { setTimeout as after } from 'node:timers/promises'
import type { FC } from 'hono/jsx'
import type { Action } from '../domain/person.ts'
import { type MadeFile, type Making, openMakings } from '../flow/makings.ts'
import { downloadStream } from './download.ts'
import type { Ctx } from './env.ts'
import { fragment, page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { sizeOf } from './size.ts'
import { problemPage } from './trouble.tsx'

/** A small file is there by then, and is sent at once. */
const patienceMs = 1_500

/** What is made below a path of a sender's, and how it is spoken of. */
export type MakingOf = {
  /** With `:id`, the sender's; the files lie below it. */
  readonly path: string
  readonly action: Action
  words(c: Ctx): { readonly title: string; readonly failed: string }
  /** Where somebody goes on from there. */
  back(senderId: string): string
}

export type MakingRoutes = {
  /** Begins a file of the sender whom the path names, and sends it, or the way to see how far it is. */
  begin(
    c: Ctx,
    make: (progress: (mails: number, of: number) => void) => Promise<MadeFile>,
  ): Promise<Response>
}

/** Pages for a file that takes a while: how far it is, by itself or by a link, and then the file. */
export function makingRoutes(routes: Routes, of: MakingOf): MakingRoutes {
  const makings = openMakings()
  const own = (c: Ctx): Making => {
    const making = makings.find(c.req.param('making') ?? '', c.var.person.id)
    if (!making || making.about !== c.req.param('id')) throw new Missing()
    return making
  }
  routes.get(`${of.path}/:making`, of.action, (c) => makingPage(c, own(c), of))
  routes.get(`${of.path}/:making/state`, of.action, (c) =>
    fragment(c, <State c={c} making={own(c)} of={of} />),
  )
  routes.get(`${of.path}/:making/file`, of.action, (c) => sent(c, own(c), of))
  return {
    async begin(c, make) {
      const { house, person } = c.var
      const about = c.req.param('id') ?? ''
      const failed = (err: unknown) =>
        house.log.error({ err, senderId: about }, `${of.path}: a file could not be made`)
      const making = makings.begin({ id: house.newId(), about, by: person.id, make, failed })
      if (!making) throw new Refused('exports_under_way', of.back(about))
      await Promise.race([making.ended, after(patienceMs)])
      return making.state === 'making' ? c.redirect(placeOf(making, of), 303) : sent(c, making, of)
    },
  }
}

function placeOf({ id, about }: Making, { path }: MakingOf): string {
  return `${path.replace(':id', about)}/${id}`
}

function sent(c: Ctx, { file, state }: Making, of: MakingOf): Response | Promise<Response> {
  if (file) return downloadStream(c, { ...file, stream: file.open() })
  if (state === 'making') throw new Missing()
  return problemPage(c, c.var.text.errorTitle, of.words(c).failed, 500)
}

function makingPage(c: Ctx, making: Making, of: MakingOf): Response | Promise<Response> {
  const { title } = of.words(c)
  return page(
    c,
    title,
    <section class='narrow'>
      <h1>{title}</h1>
      <State c={c} making={making} of={of} />
      <p>
        <a href={of.back(making.about)}>{c.var.text.making.back}</a>
      </p>
    </section>,
  )
}

const State: FC<{ c: Ctx; making: Making; of: MakingOf }> = ({ c, making, of }) => {
  const { mails, of: all, state, file } = making
  const { making: text } = c.var.text
  const here = placeOf(making, of)
  if (file) {
    return (
      <section class='card'>
        <p role='status'>{text.ready}</p>
        <a class='button primary' href={`${here}/file`}>
          {text.save(sizeOf(file.bytes))}
        </a>
      </section>
    )
  }
  if (state === 'failed') {
    return (
      <Banner tone='grave'>
        <p>{of.words(c).failed}</p>
      </Banner>
    )
  }
  const said = text.under(mails, all)
  const again = { 'hx-get': `${here}/state`, 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' }
  return (
    <section class='card' {...again}>
      <p role='status'>
        {said} <progress value={mails} max={Math.max(all, 1)} aria-label={said} />
      </p>
      <p class='help'>{text.leave}</p>
      <a href={here}>{text.look}</a>
    </section>
  )
}
