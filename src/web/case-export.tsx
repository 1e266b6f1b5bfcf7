import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { exportToSend } from '../flow/export.ts'
import { downloadStream } from './download.ts'
import type { Ctx } from './env.ts'
import { Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { problemPage } from './trouble.tsx'

/** The case as a package; a POST, as it goes on record. */
export function exportRoute(routes: Routes): void {
  routes.post('/cases/:id/package', 'export_case', async (c) => {
    const { house, person, language, site } = c.var
    const id = c.req.param('id') ?? ''
    const senderId = await house.store.dossiers.sender({ id, address: '' })
    if (senderId === null) throw new Missing()
    const wanted = { senderId, language, by: person.id }
    try {
      return downloadStream(c, await exportToSend(house, site.parser.take, wanted))
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'EvidenceError') throw error
      house.log.error({ err: error, senderId }, 'a case could not be exported')
      return problemPage(c, c.var.text.errorTitle, c.var.text.casePackage.failed, 500)
    }
  })
}

/** For whoever may take everything about a sender out of the house. */
export const CaseExport: FC<{ c: Ctx; senderId: string }> = ({ c, senderId }) => {
  const { account, text } = c.var
  if (!may(account, 'export_case')) return null
  return (
    <Form c={c} action={`/cases/${senderId}/package`}>
      <p class='help'>{text.casePackage.help}</p>
      <div class='buttons'>
        <button type='submit'>{text.casePackage.button}</button>
      </div>
    </Form>
  )
}
