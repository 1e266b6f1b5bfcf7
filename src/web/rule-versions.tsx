import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { readVersion, reignsMax, type VersionRead } from '../flow/rule-reading.ts'
import type { Reign } from '../store/rule-sets.ts'
import { fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage, Time } from './parts/chips.tsx'
import { Banner, Empty, Form } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { ReasonField } from './rule-fields.tsx'
import { propose } from './rule-form.tsx'
import { Mistakes, RuleChips } from './rule-line.tsx'
import { wordsOf } from './rule-wish.tsx'

/** Which rules were in force when; any of them can be read, and proposed to come back. */
export function versionRoutes(routes: Routes): void {
  routes.get('/rules/versions', 'see_rules', listPage)
  routes.get('/rules/versions/:version', 'see_rules', (c) => versionPage(c, []))
  routes.post('/rules/versions/:version/proposals', 'propose_rules', async (c) => {
    const reason = (await readForm(c)).text('reason')
    const wish = { kind: 'restore', version: version(c) } as const
    return propose(c, wish, reason, `/rules/versions/${version(c)}`, (flaws) =>
      versionPage(c, flaws),
    )
  })
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const reigns = await house.store.ruleSets.reigns(reignsMax)
  const names = await house.store.people.names()
  return page(
    c,
    text.rules.versionsTitle,
    <section>
      <p>
        <a href='/rules'>{text.rules.title}</a>
      </p>
      <h1>{text.rules.versionsTitle}</h1>
      <p class='help'>{text.rules.versionsLead}</p>
      <ul class='rules'>
        {reigns.map((reign, place) => (
          <ReignLine c={c} reign={reign} now={place === 0} names={names} />
        ))}
      </ul>
    </section>,
  )
}

const ReignLine: FC<{
  c: Ctx
  reign: Reign
  now: boolean
  names: ReadonlyMap<string, string>
}> = ({ c, reign, now, names }) => {
  const { text, language } = c.var
  const { ruleSet, at, by, proposalId, looked, changed } = reign
  return (
    <li class='version-line'>
      <a href={`/rules/versions/${ruleSet}`}>{ruleSet}</a>
      {now && <span class='chip calm'>{text.rules.versionNow}</span>}
      <time class='faint' datetime={at}>
        {text.rules.since(fullTime(at, language))}
      </time>
      {proposalId === null ? (
        <span class='faint'>{text.rules.byFiles}</span>
      ) : (
        <a href={`/rules/proposals/${proposalId}`}>{names.get(by ?? '') ?? by}</a>
      )}
      <span class='faint'>{text.rules.progressDone(looked, changed)}</span>
    </li>
  )
}

async function versionPage(c: Ctx, mistakes: readonly string[]): Promise<Response> {
  const { text, house, person } = c.var
  const read = await readVersion(house, version(c))
  const isNow = house.rulebook.current().rules.version === version(c)
  return page(
    c,
    text.rules.versionTitle(version(c)),
    <section class='narrow'>
      <p>
        <a href='/rules/versions'>{text.rules.versionsTitle}</a>
      </p>
      <h1>{text.rules.versionTitle(version(c))}</h1>
      {isNow && (
        <p>
          <span class='chip calm'>{text.rules.versionNow}</span>
        </p>
      )}
      {read ? <Content c={c} read={read} /> : <Empty>{text.rules.versionMissing}</Empty>}
      {read && !isNow && may(person, 'propose_rules') && (
        <section class='card' aria-labelledby='restore-title'>
          <h2 id='restore-title'>{text.rules.restore}</h2>
          <p class='help'>{text.rules.restoreLead}</p>
          {mistakes.length > 0 && (
            <Banner tone='grave'>
              <Mistakes mistakes={mistakes} />
            </Banner>
          )}
          <Form c={c} action={`/rules/versions/${version(c)}/proposals`}>
            <ReasonField c={c} />
            <button type='submit'>{text.rules.restore}</button>
          </Form>
        </section>
      )}
    </section>,
  )
}

const Content: FC<{ c: Ctx; read: VersionRead }> = ({ c, read }) => {
  const { text, language } = c.var
  const { kept, content, written } = read
  return (
    <>
      <p class='faint'>
        {text.rules.versionMade} <Time c={c} at={kept.madeAt} exact /> ·{' '}
        {text.rules.versionRules(written.length)}
      </p>
      {content.overlays.length > 0 && (
        <section class='card' aria-labelledby='changes-title'>
          <h2 id='changes-title'>{text.rules.versionChanges}</h2>
          <ul>
            {content.overlays.map((overlay) => (
              <li>
                {overlay.rule}: {wordsOf(c, overlay).join('・')}
              </li>
            ))}
          </ul>
        </section>
      )}
      <ul class='rules'>
        {written.map((rule) => (
          <li class='rule-line'>
            <span class='why'>{inLanguage(rule.source.why, language)}</span>
            <span class='faint rule-id'>{rule.id}</span>
            <span class='chips'>
              <RuleChips c={c} rule={rule} />
            </span>
          </li>
        ))}
      </ul>
      <Files c={c} read={read} shown={c.req.query('file') ?? ''} />
    </>
  )
}

/** The files of a version: their names, and the words of the one that was asked for. */
const Files: FC<{ c: Ctx; read: VersionRead; shown: string }> = ({ c, read, shown }) => {
  const { text } = c.var
  const { id } = read.kept
  return (
    <section class='card' aria-labelledby='files-title' id='files'>
      <h2 id='files-title'>{text.rules.versionFiles}</h2>
      <p class='help'>{text.rules.withShielded}</p>
      <ul>
        {read.content.files.map((file) => (
          <li>
            {file.name}{' '}
            <a href={`/rules/versions/${id}?file=${encodeURIComponent(file.name)}#files`}>
              {text.rules.filesShow}
              <span class='hidden'> {file.name}</span>
            </a>
            {file.name === shown && (
              <pre class='source' tabindex={0}>
                {file.text}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function version(c: Ctx): string {
  return c.req.param('version') ?? ''
}
