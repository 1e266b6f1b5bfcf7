import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { exportToSend } from '../flow/export.ts'
import { wordsToHide } from '../flow/uninvolved.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { type MakingRoutes, makingRoutes } from './makings.tsx'
import { Field, Form } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'

/** The case as a package; it begins with a POST, as it goes on record. */
export function exportRoutes(routes: Routes): void {
  const path = '/cases/:id/package'
  const makings = makingRoutes(routes, {
    ...{ path, action: 'export_case', back: (id) => `/cases/${id}` },
    words: (c) => c.var.text.casePackage,
  })
  routes.post(path, 'export_case', (c) => begin(c, makings))
}

async function begin(c: Ctx, makings: MakingRoutes): Promise<Response> {
  const { house, person, language, site } = c.var
  const id = c.req.param('id') ?? ''
  const senderId = await house.store.dossiers.sender({ id, address: '' })
  if (senderId === null) throw new Missing()
  const form = await readForm(c)
  const words = wordsToHide(form.text('hidden', 50_000))
  if (words === null) throw new Refused('words_to_hide_wrong', `/cases/${id}`)
  const wanted = { senderId, language, by: person.id, hide: { others: form.has('others'), words } }
  return makings.begin(c, (progress) =>
    exportToSend(house, site.parser.take, { ...wanted, progress }),
  )
}

/** For whoever may take everything about a sender out of the house. */
export const CaseExport: FC<{ c: Ctx; senderId: string }> = ({ c, senderId }) => {
  const { account, text } = c.var
  if (!may(account, 'export_case')) return null
  const { title, help, button, hide } = text.casePackage
  return (
    <section class='card' aria-labelledby='package-title'>
      <h2 id='package-title'>{title}</h2>
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
