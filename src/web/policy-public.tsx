import { html } from 'hono/html'
import { dayOf } from '../domain/business-day.ts'
import { wordsOf } from '../domain/policy-words.ts'
import { hashOfPolicy } from '../flow/policy.ts'
import { chooseLanguage, dayText, textFor } from '../text/text.ts'
import { assetPath } from './assets.ts'
import type { Ctx } from './env.ts'
import { inLanguage } from './parts/chips.tsx'
import { PolicyText } from './policy-words.tsx'
import type { Routes } from './routes.ts'

export const publicPath = '/policy/public'

/** How long others may keep the page: a change of the policy is seen within that time. */
const keptSeconds = 300

/**
 * The policy for customers, without sign-in: the same for everybody who asks in one language, so that
 * whatever lies between may keep it. Nothing of staff, sessions or the product is in it.
 */
export function publicPolicyRoute(routes: Routes): void {
  routes.get(publicPath, 'public', async (c) => {
    const { policies } = c.var.house.store
    const language = languageOf(c)
    const current = await policies.current()
    const since = current && dayOf(current.at)
    const shown = [hashOfPolicy(c.var.house.policy).slice(0, 16), since, language, style]
    const tag = `"${shown.join('.')}"`
    c.header('Cache-Control', `public, max-age=${keptSeconds}`)
    c.header('Vary', 'Accept-Language')
    c.header('ETag', tag)
    c.header('Content-Language', language)
    if (c.req.header('If-None-Match')?.includes(tag)) return c.body(null, 304)
    return publicPage(c, language, since)
  })
}

/** As the address says, else as the browser asks: cookies and accounts make no difference here. */
function languageOf(c: Ctx) {
  const asked = c.req.query('lang')
  return asked === 'ja' || asked === 'en'
    ? asked
    : chooseLanguage(undefined, undefined, c.req.header('Accept-Language'))
}

const style = assetPath('mamori.css')

function publicPage(c: Ctx, language: 'ja' | 'en', since: string | null) {
  const text = textFor(language)
  const words = wordsOf(c.var.house.policy)
  const [title, company] = [words.title, words.company].map((one) => inLanguage(one, language))
  const other = language === 'ja' ? 'en' : 'ja'
  return c.html(
    html`<!doctype html>${(
      <html lang={language}>
        <head>
          <meta charset='utf-8' />
          <meta name='viewport' content='width=device-width, initial-scale=1' />
          <meta name='color-scheme' content='light dark' />
          <title>{`${title} · ${company}`}</title>
          <link rel='icon' href={assetPath('icon.svg')} type='image/svg+xml' />
          <link rel='stylesheet' href={style} />
        </head>
        <body class='plain'>
          <main id='main' class='policy public'>
            <p class='help'>{company}</p>
            <h1>{title}</h1>
            <p class='help policy-version'>
              <span>{text.policy.version(words.version)}</span>
              {since && <span>{text.policy.since(dayText(since, language))}</span>}
              <a href={`${publicPath}?lang=${other}`} lang={other} hreflang={other}>
                {text.policy.language[other]}
              </a>
            </p>
            <PolicyText words={words} language={language} text={text} forStaff={false} />
          </main>
        </body>
      </html>
    )}`,
  )
}

/** The page's whole address. */
export function publicAddress(c: Ctx): string {
  return `${c.var.site.baseUrl.replace(/\/$/, '')}${publicPath}`
}

/** Where customers read the policy: where the company published it, else here; null where only inside. */
export function customersRead(c: Ctx): string | null {
  const { url } = c.var.house.policy
  if (url !== '') return url
  return c.var.site.secure ? publicAddress(c) : null
}
