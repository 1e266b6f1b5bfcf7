import type { FC } from 'hono/jsx'
import {
  isTemplateName,
  kindOf,
  languageOf,
  type TemplateFlaw,
  type TemplateName,
  templateNames,
} from '../domain/notice.ts'
import { may } from '../domain/person.ts'
import { flawsOfTemplate, proposeTemplateChange } from '../flow/template-changes.ts'
import { partsOf, textOf } from '../templates.engine.ts'
import { sampleFacts, typeOf, variables } from '../templates.facts.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { page } from './frame.tsx'
import { Time } from './parts/chips.tsx'
import { Empty, Field, Form } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import type { Routes } from './routes.ts'
import { Difference, otherOf, Preview, TemplateFlaws, titleOf } from './template-parts.tsx'
import { proposalRoutes } from './template-proposal.tsx'
import { answer } from './thread-routes.tsx'

const listed = 100

/** The words of notices: read, tried on samples, and changed with another supervisor's approval. */
export function templateRoutes(routes: Routes): void {
  routes.get('/templates', 'see_templates', listPage)
  proposalRoutes(routes)
  routes.get('/templates/:name', 'see_templates', (c) => editPage(c, nameIn(c), null))
  routes.post('/templates/:name/proposals', 'propose_templates', propose)
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const { templates: words } = text
  await house.templates.follow()
  const proposals = await house.store.templateProposals.list(
    ['open', 'approved', 'declined', 'withdrawn'],
    listed,
  )
  const waiting = proposals.filter(({ state }) => state === 'open')
  return page(
    c,
    words.title,
    <section>
      <h1>{words.title}</h1>
      <p class='help'>{words.lead}</p>
      <ol class='threads'>
        {templateNames.map((name) => (
          <li>
            <a class='thread-row' href={`/templates/${name}`}>
              <span class='who'>{words.kind[kindOf(name)]}</span>
              <span class='subject'>{words.language[languageOf(name)]}</span>
              <span class='gist'>
                {house.templates.text(name) === house.templates.file(name)
                  ? words.fromFile
                  : words.changedHere}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <h2>{words.waiting}</h2>
      <Proposals c={c} proposals={waiting} />
      <h2>{words.past}</h2>
      <Proposals c={c} proposals={proposals.filter(({ state }) => state !== 'open')} />
    </section>,
  )
}

type Listed = Awaited<ReturnType<Ctx['var']['house']['store']['templateProposals']['list']>>

const Proposals: FC<{ c: Ctx; proposals: Listed }> = ({ c, proposals }) => {
  const { templates: text } = c.var.text
  if (proposals.length === 0) return <Empty>{text.none}</Empty>
  return (
    <ol class='threads'>
      {proposals.map(({ id, template, state, reason, proposedAt }) => (
        <li>
          <a class='thread-row' href={`/templates/proposals/${id}`}>
            <span class='who'>{text.kind[kindOf(template)]}</span>
            <span class='subject'>{text.language[languageOf(template)]}</span>
            <span class='gist'>{reason}</span>
            <span class='chips'>
              <span class={`chip ${state === 'open' ? 'accent' : 'neutral'}`}>
                {text.state[state]}
              </span>
            </span>
            <span class='when'>
              <Time c={c} at={proposedAt} />
            </span>
          </a>
        </li>
      ))}
    </ol>
  )
}

/** What somebody is writing: it may not be a template yet. */
type Draft = {
  readonly subject: string
  readonly body: string
  readonly reason: string
  readonly flaws: readonly TemplateFlaw[]
}

async function propose(c: Ctx): Promise<Response> {
  const { house, person } = c.var
  const template = nameIn(c)
  const form = await readForm(c)
  const [subject, body, reason] = [
    form.text('templateSubject', 500),
    form.text('templateBody', bodyLengthMax),
    form.text('reason'),
  ]
  const content = textOf(subject, body)
  if (form.text('do') !== 'propose') {
    const flaws = await flawsOfTemplate(house, template, content)
    return editPage(c, template, { subject, body, reason, flaws })
  }
  const outcome = await proposeTemplateChange(house, { template, content, reason }, person)
  if (outcome.kind === 'flawed') {
    return editPage(c, template, { subject, body, reason, flaws: outcome.flaws })
  }
  if (outcome.kind === 'refused') return answer(c, outcome, `/templates/${template}`, 'saved')
  const path = `/templates/proposals/${outcome.proposalId}`
  return answer(c, { kind: 'done' }, path, 'templateProposed')
}

/** A little more than a template may have: what is too long is told, not cut. */
const bodyLengthMax = 25_000

async function editPage(c: Ctx, name: TemplateName, draft: Draft | null): Promise<Response> {
  const { house, person, text } = c.var
  const { templates: words } = text
  await house.templates.follow()
  const inForce = house.templates.text(name)
  const from = c.req.query('from') === 'file' ? house.templates.file(name) : inForce
  const { subject, body, reason, flaws } = draft ?? { ...partsOf(from), reason: '', flaws: [] }
  const content = draft ? textOf(subject, body) : from
  const sound = flaws.length === 0
  return page(
    c,
    titleOf(c, name),
    <section>
      <p>
        <a href='/templates'>{words.title}</a>
      </p>
      <h1>{titleOf(c, name)}</h1>
      {!sound && <TemplateFlaws c={c} flaws={flaws} />}
      {sound && content !== inForce && <Difference c={c} before={inForce} after={content} />}
      <h2>{words.previewTitle}</h2>
      <div class='pair'>
        {sound && <Preview c={c} name={name} text={content} />}
        <Preview c={c} name={otherOf(name)} text={house.templates.text(otherOf(name))} />
      </div>
      {may(person, 'propose_templates') && (
        <Editor c={c} name={name} words={{ subject, body, reason }} />
      )}
    </section>,
    sound ? 200 : 409,
  )
}

type EditorProps = { c: Ctx; name: TemplateName; words: Omit<Draft, 'flaws'> }

const Editor: FC<EditorProps> = ({ c, name, words }) => {
  const { templates: text } = c.var.text
  return (
    <>
      <h2>{text.edit}</h2>
      <Form c={c} action={`/templates/${name}/proposals`}>
        <Field id='templateSubject' label={text.subject} value={words.subject} required />
        <Field
          id='templateBody'
          label={text.body}
          help={text.bodyHelp}
          value={words.body.trim()}
          rows={22}
          required
        />
        <Field id='reason' label={text.reason} value={words.reason} rows={2} />
        <div class='buttons'>
          <button type='submit' name='do' value='preview'>
            {text.preview}
          </button>
          <button class='primary' type='submit' name='do' value='propose'>
            {text.propose}
          </button>
        </div>
      </Form>
      <p>
        <a href={`/templates/${name}?from=file`}>{text.useFile}</a>
      </p>
      <h2>{text.variables}</h2>
      <dl class='facts'>
        {variables.map((variable) => (
          <>
            <dt>
              <code>{`{{ ${variable} }}`}</code>
            </dt>
            <dd>
              {text.variable[variable]} · {text.type[typeOf(variable)]} · {text.sample}:{' '}
              {[sampleFacts[variable]].flat().join('、')}
            </dd>
          </>
        ))}
      </dl>
    </>
  )
}

function nameIn(c: Ctx): TemplateName {
  const name = c.req.param('name') ?? ''
  if (!isTemplateName(name)) throw new Missing()
  return name
}
