import type { FC } from 'hono/jsx'
import type { SignedIn } from '../flow/sign-in.ts'
import type { Ctx } from './env.ts'
import { Form } from './parts/fields.tsx'
import { SignInFirst } from './problems.ts'

/** Whose account it is. */
export function entryOf(c: Ctx): SignedIn {
  if (!c.var.entry) throw new SignInFirst('/account')
  return c.var.entry
}

/** What is sensitive is offered to who has just shown who they are. */
export const SignInAgain: FC<{ c: Ctx; next?: string }> = ({ c, next = '/account' }) => (
  <>
    <p class='help'>{c.var.text.refused.sign_in_again}</p>
    <Form c={c} action='/sign-in/anew' class='inline'>
      <input type='hidden' name='next' value={next} />
      <button type='submit'>{c.var.text.account.again}</button>
    </Form>
  </>
)
