import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import type { Ctx } from './env.ts'
import { Bell } from './told-bell.tsx'

/** What stands above every page of who is signed in: the search, the language, the person. */
export const TopBar: FC<{ c: Ctx }> = ({ c }) => {
  const { text, account } = c.var
  return (
    <header class='top'>
      {may(account, 'read') && (
        <search>
          <form action='/search' method='get'>
            <label class='hidden' for='q'>
              {text.searchLabel}
            </label>
            <input
              id='q'
              name='q'
              type='search'
              placeholder={text.searchLabel}
              value={c.req.query('q') ?? ''}
              autocomplete='off'
            />
          </form>
        </search>
      )}
      <div class='me'>
        <button type='button' class='quiet scripted' id='find' aria-keyshortcuts='Control+K Meta+K'>
          {text.keys.palette} <kbd>Ctrl K</kbd>
        </button>
        <Bell c={c} />
        <LanguageSwitch c={c} />
        <Who c={c} />
        <SignOut c={c} />
      </div>
    </header>
  )
}

/** Who is signed in, and as what. */
export const Who: FC<{ c: Ctx }> = ({ c }) => {
  const { text, account } = c.var
  return (
    <span class='who'>
      {account.name}
      <small>{account.roles.map((role) => text.role[role]).join(' · ')}</small>
    </span>
  )
}

export const SignOut: FC<{ c: Ctx }> = ({ c }) => (
  <form action='/sign-out' method='post'>
    <input type='hidden' name='csrf' value={c.var.csrfToken} />
    <button class='quiet' type='submit'>
      {c.var.text.signOut}
    </button>
  </form>
)

/** Both languages, each named in itself. */
export const LanguageSwitch: FC<{ c: Ctx }> = ({ c }) => {
  const other = c.var.language === 'ja' ? 'en' : 'ja'
  return (
    <form action='/language' method='post'>
      <input type='hidden' name='csrf' value={c.var.csrfToken} />
      <input type='hidden' name='language' value={other} />
      <input type='hidden' name='next' value={new URL(c.req.url).pathname} />
      <button class='quiet' type='submit' lang={other}>
        {other === 'en' ? 'English' : '日本語'}
      </button>
    </form>
  )
}
