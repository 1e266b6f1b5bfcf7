import { page } from './frame.tsx'
import { Empty } from './parts/fields.tsx'
import { LetterView } from './reply.tsx'
import type { Routes } from './routes.ts'

/** The demo's window on the other side: what customers have received. */
export function demoRoutes(routes: Routes): void {
  routes.get('/demo/sent', 'signed_in', (c) => {
    const { text, site } = c.var
    const sent = site.demo?.sent() ?? []
    return page(
      c,
      text.demoSentTitle,
      <section class='narrow'>
        <h1>{text.demoSentTitle}</h1>
        <p class='help'>{text.demoSentLead}</p>
        {sent.length === 0 && <Empty>{text.demoSentEmpty}</Empty>}
        {sent.map((mail) => (
          <LetterView c={c} letter={{ ...mail, writtenAt: mail.sentAt }} />
        ))}
      </section>,
    )
  })
}
