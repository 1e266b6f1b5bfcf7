import { setTimeout as after } from 'node:timers/promises'
import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { exportToSend } from '../flow/export.ts'
import { type Making, type Makings, openMakings } from '../flow/makings.ts'
import { wordsToHide } from '../flow/uninvolved.ts'
import { downloadStream } from './download.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { fragment, page } from './frame.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { sizeOf } from './size.ts'
import { problemPage } from './trouble.tsx'

/** A small case is there by then, and is sent at once. */
const patienceMs = 1_500

/** The case as a package; it begins with a POST, as it goes on record. */
export function exportRoutes(routes: Routes): void {
  const makings = openMakings()
  const own = (c: Ctx): Making => {
    const making = makings.find(c.req.param('export') ?? '', c.var.person.id)
    if (!making || making.about !== c.req.param('id')) throw new Missing()
    return making
  }
  const path = '/cases/:id/package'
  routes.post(path, 'export_case', (c) => begin(c, makings))
  routes.get(`${path}/:export`, 'export_case', (c) => makingPage(c, own(c)))
  routes.get(`${path}/:export/state`, 'export_case', (c) =>
    fragment(c, <State c={c} making={own(c)} />),
  )
  routes.get(`${path}/:export/file`, 'export_case', (c) => sent(c, own(c)))
}

async function begin(c: Ctx, makings: Makings): Promise<Response> {
  const { house, person, language, site } = c.var
  const id = c.req.param('id') ?? ''
  const senderId = await house.store.dossiers.sender({ id, address: '' })
  if (senderId === null) throw new Missing()
  const form = await readForm(c)
  const words = wordsToHide(form.text('hidden', 50_000))
  if (words === null) throw new Refused('words_to_hide_wrong', `/cases/${id}`)
  const hide = { others: form.has('others'), words }
  const making = makings.begin({
    ...{ id: house.newId(), about: id, by: person.id },
    make: (progress) =>
      exportToSend(house, site.parser.take, { senderId, language, by: person.id, hide, progress }),
    failed: (err) => house.log.error({ err, senderId }, 'a case could not be exported'),
  })
  if (!making) throw new Refused('exports_under_way', `/cases/${id}`)
  await Promise.race([making.ended, after(patienceMs)])
  if (making.state === 'making') return c.redirect(`/cases/${id}/package/${making.id}`, 303)
  return sent(c, making)
}

function sent(c: Ctx, { file, state }: Making): Response | Promise<Response> {
  const { text } = c.var
  if (file) return downloadStream(c, { ...file, stream: file.open() })
  if (state === 'making') throw new Missing()
  return problemPage(c, text.errorTitle, text.casePackage.failed, 500)
}

function makingPage(c: Ctx, making: Making): Response | Promise<Response> {
  const { making: words } = c.var.text.casePackage
  return page(
    c,
    words.title,
    <section class='narrow'>
      <h1>{words.title}</h1>
      <State c={c} making={making} />
      <p>
        <a href={`/cases/${making.about}`}>{words.back}</a>
      </p>
    </section>,
  )
}

/** How far it is; asks again until it is over, by itself or by a link. */
const State: FC<{ c: Ctx; making: Making }> = ({ c, making }) => {
  const { id, about, mails, of, state, file } = making
  const { casePackage: text } = c.var.text
  const here = `/cases/${about}/package/${id}`
  if (file) {
    return (
      <section class='card'>
        <p role='status'>{text.making.ready}</p>
        <a class='button primary' href={`${here}/file`}>
          {text.making.save(sizeOf(file.bytes))}
        </a>
      </section>
    )
  }
  if (state === 'failed') {
    return (
      <Banner tone='grave'>
        <p>{text.failed}</p>
      </Banner>
    )
  }
  const said = text.making.under(mails, of)
  const again = { 'hx-get': `${here}/state`, 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' }
  return (
    <section class='card' {...again}>
      <p role='status'>
        {said} <progress value={mails} max={Math.max(of, 1)} aria-label={said} />
      </p>
      <p class='help'>{text.making.leave}</p>
      <a href={here}>{text.making.look}</a>
    </section>
  )
}

/** For whoever may take everything about a sender out of the house. */
export const CaseExport: FC<{ c: Ctx; senderId: string }> = ({ c, senderId }) => {
  const { account, text } = c.var
  if (!may(account, 'export_case')) return null
  const { help, button, hide, making } = text.casePackage
  return (
    <section class='card' aria-labelledby='package-title'>
      <h2 id='package-title'>{making.title}</h2>
      <p class='help'>{help}</p>
      <Form c={c} action={`/cases/${senderId}/package`}>
        <details>
          <summary>{hide.title}</summary>
          <div class='stack'>
            <label class='tick'>
              <input type='checkbox' name='others' value='yes' /> {hide.others}
            </label>
            <Field id='hidden' label={hide.words} help={hide.help} rows={3} />
          </div>
        </details>
        <div class='buttons'>
          <button type='submit'>{button}</button>
        </div>
      </Form>
    </section>
  )
}
