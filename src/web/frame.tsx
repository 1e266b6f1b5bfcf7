import { html } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { assetPath } from './assets.ts'
import type { Ctx } from './env.ts'
import { KeyMap, Palette } from './key-map.tsx'
import { Icon } from './parts/icon.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

/** A page in its frame, as the answer to a request. */
export function page(
  c: Ctx,
  title: string,
  body: Child,
  status: 200 | 401 | 403 | 404 | 409 | 413 | 429 | 500 = 200,
): Response | Promise<Response> {
  const whole = (
    <Page c={c} title={title}>
      {body}
    </Page>
  )
  return c.html(html`<!doctype html>${whole}`, status)
}

/** A fragment of a page, for a request that fills a place in one. */
export function fragment(c: Ctx, body: Child): Response | Promise<Response> {
  return c.html(html`${body}`)
}

export const Page: FC<{ c: Ctx; title: string; children?: Child }> = ({ c, title, children }) => {
  const { language, text, signedIn, notice } = c.var
  return (
    <html lang={language} data-theme={themeOf(c)}>
      <head>
        <meta charset='utf-8' />
        <meta name='viewport' content='width=device-width, initial-scale=1' />
        <meta name='color-scheme' content='light dark' />
        <meta name='csrf' content={c.var.csrfToken} />
        <title>{`${title} · ${text.product}`}</title>
        <link rel='icon' href={assetPath('icon.svg')} type='image/svg+xml' />
        <link rel='stylesheet' href={assetPath('mamori.css')} />
        <script src={assetPath('htmx.js')} defer />
        <script src={assetPath('app.js')} type='module' />
        {signedIn && <script src={assetPath('keys.js')} type='module' />}
      </head>
      <body
        class={signedIn ? 'framed' : 'plain'}
        data-live={may(c.var.account, 'read') ? 'yes' : undefined}
      >
        <a class='skip' href='#main'>
          {text.skip}
        </a>
        {signedIn && <Rail c={c} />}
        <div class='page'>
          {signedIn && <TopBar c={c} />}
          <p class='banner caution' id='offline' role='status' hidden>
            {text.reconnecting}
          </p>
          <main id='main' tabindex={-1}>
            <div aria-live='polite' id='live'>
              {notice !== '' && (
                <p class='banner calm' role='status'>
                  <Icon name='check' /> {notice}
                </p>
              )}
            </div>
            {children}
          </main>
        </div>
        {signedIn && <KeyMap c={c} />}
        {signedIn && <Palette c={c} />}
      </body>
    </html>
  )
}

function themeOf(c: Ctx): string | undefined {
  const cookie = c.req.header('Cookie') ?? ''
  const [, theme] = /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookie) ?? []
  return theme
}
