import type { FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import { type Language, may } from '../domain/person.ts'
import { type PolicyVersion, wordsOf } from '../domain/policy-words.ts'
import { confirmPolicy, hashOfPolicy } from '../flow/policy.ts'
import { dayText, fullTime, textFor } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { publicAddress, publicPath, publicPolicyRoute } from './policy-public.tsx'
import { readerRoutes } from './policy-readers.tsx'
import { PolicyText } from './policy-words.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** The policy made known (周知): to staff, who confirm that they read it, and to customers. */
export function policyRoutes(routes: Routes): void {
  routes.get('/policy', 'signed_in', policyPage)
  routes.post('/policy/confirmation', 'signed_in', async (c) => {
    const shown = (await readForm(c)).text('version', 64)
    const outcome = await confirmPolicy(c.var.house, shown, c.var.account)
    return answer(c, outcome, '/policy', 'policyRead')
  })
  publicPolicyRoute(routes)
  readerRoutes(routes)
}

type Shown = Pick<PolicyVersion, 'words' | 'sha256'> & { readonly since: string | null }

/** The version in force, or the one in the address. */
async function policyPage(c: Ctx): Promise<Response> {
  const { text, language, house, account } = c.var
  const hash = hashOfPolicy(house.policy)
  const asked = c.req.query('version') ?? hash
  const versions = await house.store.policies.versions()
  const kept = versions.find(({ sha256 }) => sha256 === asked)
  if (!kept && asked !== hash) throw new Missing()
  const words = kept?.words ?? wordsOf(house.policy)
  const shown = { words, sha256: asked, since: kept?.at ?? null }
  return page(
    c,
    text.policy.nav,
    <article class='policy'>
      <h1>{inLanguage(words.title, language)}</h1>
      <p class='help'>{text.policy.lead}</p>
      <VersionLine c={c} shown={shown} />
      {asked !== hash && (
        <Banner tone='caution'>
          {text.policy.earlier} <a href='/policy'>{text.policy.now}</a>
        </Banner>
      )}
      {words.prose === null && may(account, 'see_rules') && (
        <Banner tone='caution'>{text.policy.proseMissing}</Banner>
      )}
      <PolicyText words={words} language={language} text={text} forStaff />
      <p>
        <a href='/consultation'>{text.policy.desk}</a>
      </p>
      {asked === hash && <Confirming c={c} hash={hash} />}
      {may(account, 'see_policy_readers') && <ForCustomers c={c} />}
    </article>,
  )
}

const VersionLine: FC<{ c: Ctx; shown: Shown }> = ({ c, shown: { words, sha256, since } }) => {
  const { text, language, account } = c.var
  return (
    <p class='help policy-version'>
      <span>{text.policy.version(words.version)}</span>
      <span>
        {since === null
          ? text.policy.sinceUnknown
          : text.policy.since(dayText(dayOf(since), language))}
      </span>
      <span>
        {text.policy.mark} <code>{sha256.slice(0, 12)}</code>
      </span>
      {may(account, 'see_policy_readers') && (
        <a href={`/policy/readers?version=${sha256}`}>{text.policy.readersGo}</a>
      )}
    </p>
  )
}

/** One button, or when it was pressed. */
const Confirming: FC<{ c: Ctx; hash: string }> = async ({ c, hash }) => {
  const { text, language, house, account } = c.var
  const given = await house.store.policies.confirmation(account.id, hash)
  if (given)
    return <Banner tone='calm'>{text.policy.confirmed(fullTime(given.at, language))}</Banner>
  return (
    <section class='card'>
      <Form c={c} action='/policy/confirmation'>
        <p>{text.policy.confirmLead}</p>
        <input type='hidden' name='version' value={hash} />
        <button type='submit' class='primary'>
          {text.policy.confirm}
        </button>
      </Form>
    </section>
  )
}

/** The public page's address, and words with it for the foot of mail, in both languages. */
const ForCustomers: FC<{ c: Ctx }> = ({ c }) => {
  const { text, house } = c.var
  const address = publicAddress(c)
  return (
    <section class='card' aria-labelledby='for-customers'>
      <h2 id='for-customers'>{text.policy.publicTitle}</h2>
      <p class='help'>{text.policy.publicLead}</p>
      <p>
        <a href={publicPath}>{text.policy.publicOpen}</a> <code class='address'>{address}</code>
      </p>
      {!c.var.site.secure && <p class='help'>{text.policy.publicInside}</p>}
      {house.policy.url === '' && <p class='help'>{text.policy.publicLetters}</p>}
      <h3>{text.policy.footerTitle}</h3>
      <p class='help'>{text.policy.footerLead}</p>
      {(['ja', 'en'] as const).map((language) => (
        <div class='field'>
          <label for={`footer-${language}`}>{text.policy.footerOf[language]}</label>
          <textarea id={`footer-${language}`} lang={language} rows={4} readonly>
            {footerIn(c, language)}
          </textarea>
        </div>
      ))}
    </section>
  )
}

function footerIn(c: Ctx, language: Language): string {
  const { company, title, url } = c.var.house.policy
  const address = url === '' ? `${publicAddress(c)}?lang=${language}` : url
  const names = [company, title].map((one) => inLanguage(one, language))
  return textFor(language).policy.footer(names[0] ?? '', names[1] ?? '', address)
}
