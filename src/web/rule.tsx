import type { FC } from 'hono/jsx'
import { queueStates } from '../domain/matter.ts'
import { may } from '../domain/person.ts'
import { type WrittenRule, yamlOf } from '../flow/rule-reading.ts'
import type { QueueItem } from '../store/queue.ts'
import type { RuleFigures, RuleHit } from '../store/rule-hits.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { inLanguage, StateChip, Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { Precision, RuleChips } from './rule-line.tsx'
import { viewOf } from './view.ts'

const listed = 50

/** One rule in detail. Its examples are harsh: they come only when somebody asks. */
export function rulePageRoutes(routes: Routes): void {
  routes.get('/rules/:id', 'see_rules', rulePage)
}

/** The rule that the address names, as it is in force. */
export function ruleIn(c: Ctx): WrittenRule {
  const id = c.req.param('id')
  const rule = c.var.house.rulebook.current().written.find((one) => one.id === id)
  if (!rule) throw new Missing()
  return rule
}

async function rulePage(c: Ctx): Promise<Response> {
  const { text, house, person, language } = c.var
  const rule = ruleIn(c)
  const figures = (await house.store.ruleHits.figures(rule.id)).get(rule.id)
  const hits = await house.store.ruleHits.threads(rule.id, listed)
  const why = inLanguage(rule.source.why, language)
  return page(
    c,
    why,
    <section class='narrow'>
      <p>
        <a href='/rules'>{text.rules.title}</a>
      </p>
      <h1>{why}</h1>
      <p class='chips'>
        <span class='faint rule-id'>{rule.id}</span>
        <RuleChips c={c} rule={rule} />
      </p>
      {may(person, 'propose_rules') && (
        <p>
          <a class='button' href={`/rules/${rule.id}/change`}>
            {text.rules.change}
          </a>
        </p>
      )}
      <Fares c={c} rule={rule} figures={figures} />
      <Makeup c={c} rule={rule} />
      <Examples c={c} rule={rule} shown={c.req.query('examples') === 'shown'} />
      {may(person, 'read') && <Threads c={c} hits={hits} />}
    </section>,
  )
}

type RuleProps = { c: Ctx; rule: WrittenRule }

const Fares: FC<RuleProps & { figures: RuleFigures | undefined }> = ({ c, rule, figures }) => {
  const { text } = c.var
  const speaksAgainst = rule.source.against !== undefined
  return (
    <section class='card' aria-labelledby='fares-title'>
      <h2 id='fares-title'>{text.rules.precision}</h2>
      <p>
        <Precision c={c} rule={rule} figures={figures} />
      </p>
      <p>
        {text.rules.hits}: {text.rules.hitsShort(figures?.open ?? 0, figures?.decided ?? 0)}
      </p>
      {rule.source.flag === undefined && (
        <p class='help'>{speaksAgainst ? text.rules.precisionAgainst : text.rules.precisionHelp}</p>
      )}
    </section>
  )
}

/** What a rule is put together from, by the names of its word classes: none of its words. */
const Makeup: FC<RuleProps> = ({ c, rule }) => {
  const { text } = c.var
  const { source, file } = rule
  const cancelling = [...source.unless, ...source.unlessMail]
  return (
    <section class='card' aria-labelledby='makeup-title'>
      <h2 id='makeup-title'>{text.rules.parts}</h2>
      {source.when.length > 0 && (
        <>
          <p class='help'>{text.rules.partsHelp}</p>
          <ul>
            {source.when.map((words) => (
              <li>{namesIn(words, text.rules.pattern)}</li>
            ))}
          </ul>
        </>
      )}
      {cancelling.length > 0 && (
        <p>
          {text.rules.unless}:{' '}
          {cancelling.map((words) => namesIn(words, text.rules.pattern)).join(', ')}
        </p>
      )}
      {Object.keys(source.facts).length > 0 && (
        <p>
          {text.rules.facts}: {Object.keys(source.facts).join(', ')}
        </p>
      )}
      <p class='faint'>
        {text.rules.where}: {file ?? text.rules.addedByPeople}
      </p>
    </section>
  )
}

/** Names of word classes; a pattern is a harsh word more often than not. */
function namesIn(words: string, pattern: string): string {
  return words.replace(/\/[^/]*\//g, pattern).replaceAll('|', ' / ')
}

const Examples: FC<RuleProps & { shown: boolean }> = ({ c, rule, shown }) => {
  const { text } = c.var
  const { matches, passes } = rule.source
  return (
    <section class='card' aria-labelledby='examples-title' id='examples'>
      <h2 id='examples-title'>{text.rules.examples}</h2>
      <p>{text.rules.examplesCount(matches.length, passes.length)}</p>
      {!shown && (
        <>
          <p class='help'>{text.rules.examplesKeptBack}</p>
          <p>
            <a class='button' href={`/rules/${rule.id}?examples=shown#examples`}>
              {text.rules.examplesShow}
            </a>
          </p>
        </>
      )}
      {shown && (
        <>
          <h3>{text.rules.examplesMatch}</h3>
          <ExampleList examples={matches} />
          <h3>{text.rules.examplesPass}</h3>
          <ExampleList examples={passes} />
          <h3>{text.rules.yaml}</h3>
          <pre class='source' tabindex={0}>
            {yamlOf(rule)}
          </pre>
        </>
      )}
    </section>
  )
}

const ExampleList: FC<{ examples: readonly (readonly string[])[] }> = ({ examples }) => (
  <ul class='examples'>
    {examples.map((mails) => (
      <li>{mails.join(' / ')}</li>
    ))}
  </ul>
)

const Threads: FC<{ c: Ctx; hits: readonly RuleHit[] }> = async ({ c, hits }) => {
  const { text } = c.var
  const ids = hits.map(({ threadId }) => threadId)
  const all = { states: queueStates, ids }
  const threads = await viewOf(c).queue.list(all, { offset: 0, limit: listed })
  return (
    <section aria-labelledby='threads-title'>
      <h2 id='threads-title'>{text.rules.threads}</h2>
      {threads.length === 0 && <Empty>{text.rules.threadsNone}</Empty>}
      <ol class='threads'>
        {threads.map((thread) => (
          <ThreadLine
            c={c}
            thread={thread}
            hit={hits.find(({ threadId }) => threadId === thread.id)}
          />
        ))}
      </ol>
    </section>
  )
}

const ThreadLine: FC<{ c: Ctx; thread: QueueItem; hit: RuleHit | undefined }> = (props) => {
  const { c, thread, hit } = props
  const { text } = c.var
  const upheld = hit?.upheld === true ? 'yes' : hit?.upheld === false ? 'no' : 'none'
  const tone = { yes: 'calm', no: 'caution', none: 'neutral' }[upheld]
  return (
    <li>
      <a class='thread-row' href={`/threads/${thread.id}`}>
        <span class='who'>{thread.senderName || text.unknownSender}</span>
        <span class='subject'>
          {thread.subject === null ? text.shieldedSubject : thread.subject || text.noSubject}
        </span>
        <span class='chips'>
          <span class={`chip ${tone}`}>{text.rules.upheld[upheld]}</span>
          <StateChip text={text} state={thread.state} />
        </span>
        <span class='when'>
          <Time c={c} at={thread.lastAt} />
        </span>
      </a>
    </li>
  )
}
