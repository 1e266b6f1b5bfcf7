import type { FC } from 'hono/jsx'
import { categories } from '../domain/category.ts'
import { may } from '../domain/person.ts'
import { type RulesState, rulesState, type WrittenRule } from '../flow/rule-reading.ts'
import { fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { fragment, page } from './frame.tsx'
import { Banner } from './parts/fields.tsx'
import type { Routes } from './routes.ts'
import { rulePageRoutes } from './rule.tsx'
import { ruleFormRoutes } from './rule-form.tsx'
import { Mistakes, ProposalLines, RuleLine } from './rule-line.tsx'
import { proposalRoutes } from './rule-proposal.tsx'
import { versionRoutes } from './rule-versions.tsx'

const listed = 50

/** The rules and how they fare; a change is one person's proposal and another one's approval. */
export function ruleRoutes(routes: Routes): void {
  routes.get('/rules', 'see_rules', listPage)
  routes.get('/rules/state', 'see_rules', async (c) =>
    fragment(c, <State c={c} state={await rulesState(c.var.house)} />),
  )
  ruleFormRoutes(routes)
  proposalRoutes(routes)
  versionRoutes(routes)
  rulePageRoutes(routes)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house, person } = c.var
  const { written } = house.rulebook.current()
  const figures = await house.store.ruleHits.figures()
  const proposals = await house.store.ruleProposals.list(['open'], listed)
  return page(
    c,
    text.rules.title,
    <section class='rules-page'>
      <div class='title-row'>
        <h1>{text.rules.title}</h1>
        <div class='buttons'>
          <a class='button' href='/rules/versions'>
            {text.rules.versions}
          </a>
          {may(person, 'propose_rules') && (
            <a class='button' href='/rules/new'>
              {text.rules.add}
            </a>
          )}
        </div>
      </div>
      <p class='help'>{text.rules.lead}</p>
      <State c={c} state={await rulesState(house)} />
      <section class='card' aria-labelledby='proposals-title'>
        <h2 id='proposals-title'>{text.rules.proposals}</h2>
        {proposals.length === 0 && <p>{text.rules.proposalsNone}</p>}
        <ProposalLines c={c} proposals={proposals} />
        <p>
          <a href='/rules/proposals'>{text.rules.proposalsPast}</a>
        </p>
      </section>
      {groupsOf(c, written).map(({ key, title, rules }) => (
        <section aria-labelledby={`group-${key}`}>
          <h2 id={`group-${key}`}>{title}</h2>
          <ul class='rules'>
            {rules.map((rule) => (
              <RuleLine c={c} rule={rule} figures={figures.get(rule.id)} />
            ))}
          </ul>
        </section>
      ))}
    </section>,
  )
}

/** The version in force, how far it got with open threads, and what is wrong with the files. */
const State: FC<{ c: Ctx; state: RulesState }> = ({ c, state }) => {
  const { text, language } = c.var
  const { version, changes, reign, trouble } = state
  const running = reign !== null && reign.finishedAt === null
  const again = running
    ? { 'hx-get': '/rules/state', 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' }
    : {}
  return (
    <div class='card rules-state' {...again}>
      <p>
        <a href={`/rules/versions/${version}`}>
          <strong>{text.rules.inForce(version)}</strong>
        </a>
        {reign && (
          <time class='faint' datetime={reign.at}>
            {text.rules.since(fullTime(reign.at, language))}
          </time>
        )}
        <span class='chip neutral'>{text.rules.approvedChanges(changes)}</span>
      </p>
      {reign && <Progress c={c} looked={reign.looked} total={reign.total} reign={reign} />}
      {trouble && (
        <Banner tone='grave'>
          <p>{text.rules.trouble}</p>
          <details>
            <summary>{text.rules.troubleWhat}</summary>
            <Mistakes mistakes={trouble} />
          </details>
        </Banner>
      )}
    </div>
  )
}

const Progress: FC<{
  c: Ctx
  looked: number
  total: number
  reign: NonNullable<RulesState['reign']>
}> = ({ c, looked, total, reign }) => {
  const { text } = c.var
  if (reign.finishedAt !== null) {
    return <p class='faint'>{text.rules.progressDone(looked, reign.changed)}</p>
  }
  // Threads may come in meanwhile.
  const most = Math.max(total, looked)
  const words = text.rules.progress(looked, most)
  return (
    <p role='status'>
      {words} <progress value={looked} max={Math.max(most, 1)} aria-label={words} />
    </p>
  )
}

type Group = {
  readonly key: string
  readonly title: string
  readonly rules: readonly WrittenRule[]
}

function groupsOf({ var: { text } }: Ctx, written: readonly WrittenRule[]): Group[] {
  const groups: Group[] = [
    ...categories.map((code) => ({
      key: code,
      title: text.category[code],
      rules: written.filter(({ source }) => source.category === code),
    })),
    {
      key: 'flags',
      title: text.rules.flags,
      rules: written.filter(({ source }) => source.flag !== undefined),
    },
    {
      key: 'against',
      title: text.rules.against,
      rules: written.filter(({ source }) => source.against !== undefined),
    },
  ]
  return groups.filter(({ rules }) => rules.length > 0)
}
