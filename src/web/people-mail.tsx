import type { Invited, Writing } from '../flow/invitation.ts'
import { textFor } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'

/** How mails to the staff are worded: each in the language of who gets it. */
export const writing: Writing = {
  invitation: (to, link, expiresAt) =>
    textFor(to.language).people.mail.invitation(to.name, link, expiresAt),
  notice(to, about, by, { roles, effectiveAt }) {
    const text = textFor(to.language)
    const named = roles.map((role) => text.role[role]).join('・')
    return text.people.mail.rights(about.name, by.name, named, effectiveAt ?? '')
  },
}

/** What became of an invitation: a link is shown here and nowhere else. */
export function invitedPage(
  c: Ctx,
  { link }: Extract<Invited, { kind: 'invited' }>,
  email: string,
): Response | Promise<Response> {
  const { invited } = c.var.text.people
  return page(
    c,
    invited.title,
    <section class='narrow'>
      <h1>{invited.title}</h1>
      {link === null ? (
        <p>{invited.mailed(email)}</p>
      ) : (
        <>
          <Banner tone='caution'>{invited.link}</Banner>
          <p class='address'>
            <code id='invitation-link'>{link}</code>
          </p>
        </>
      )}
      <p class='help'>{invited.waits}</p>
      <p>
        <a class='button' href='/people'>
          {invited.back}
        </a>
      </p>
    </section>,
  )
}
