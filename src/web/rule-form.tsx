import type { Severity } from '../domain/category.ts'
import { asInFiles, type RuleOverlay, type RuleWish } from '../domain/rule-change.ts'
import { proposeRuleChange } from '../flow/rule-changes.ts'
import { type WrittenRule, yamlOf } from '../flow/rule-reading.ts'
import type { Ctx } from './env.ts'
import { type Form as Fields, numberIn, readForm } from './forms.ts'
import { page } from './frame.tsx'
import { inLanguage } from './parts/chips.tsx'
import { Form, Tick } from './parts/fields.tsx'
import { Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { ruleIn } from './rule.tsx'
import { Flaws, PartFields, ReasonField, type Values, YamlField } from './rule-fields.tsx'

/** One rule as YAML: longer than any in the files. */
const yamlLengthMax = 20_000

/** Proposing a change of one rule, or a new one. Nothing that was written is lost to a mistake. */
export function ruleFormRoutes(routes: Routes): void {
  routes.get('/rules/new', 'propose_rules', (c) =>
    newPage(c, { yaml: c.var.text.rules.newTemplate, reason: '' }, []),
  )
  routes.post('/rules/new', 'propose_rules', proposeNew)
  routes.get('/rules/:id/change', 'propose_rules', (c) => {
    const rule = ruleIn(c)
    const yaml = c.req.query('text') === 'shown' ? yamlOf(rule) : null
    return changePage(c, rule, valuesOf(rule, yaml), [])
  })
  routes.post('/rules/:id/proposals', 'propose_rules', proposeChange)
}

function valuesOf({ source, overlay }: WrittenRule, yaml: string | null): Values {
  const { weight, severity } = source
  const empty = { addMatches: '', addPasses: '', reason: '' }
  return { use: !overlay?.off, weight: String(weight), severity, yaml, ...empty }
}

async function proposeChange(c: Ctx): Promise<Response> {
  const rule = ruleIn(c)
  const form = await readForm(c)
  const values: Values = {
    use: form.has('use'),
    weight: form.text('weight', 12),
    severity: severityOf(form),
    addMatches: form.text('addMatches'),
    addPasses: form.text('addPasses'),
    yaml: form.has('yaml') ? form.text('yaml', yamlLengthMax) : null,
    reason: form.text('reason'),
  }
  const overlay = form.has('asFiles') ? asInFiles(rule.id) : overlayOf(rule, values)
  return propose(
    c,
    { kind: 'change', overlay },
    values.reason,
    `/rules/${rule.id}/change`,
    (flaws) => changePage(c, rule, values, flaws),
  )
}

async function proposeNew(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const values = { yaml: form.text('yaml', yamlLengthMax), reason: form.text('reason') }
  const id = /^id:\s*["']?([\w.-]+)/m.exec(values.yaml)?.[1] ?? 'new.rule'
  const overlay = { ...asInFiles(id), text: { yaml: values.yaml, over: null } }
  return propose(c, { kind: 'change', overlay }, values.reason, '/rules/new', (flaws) =>
    newPage(c, values, flaws),
  )
}

/** Proposes, and goes on to the proposal; mistakes come back with the form. */
export async function propose(
  c: Ctx,
  wish: RuleWish,
  reason: string,
  back: string,
  mend: (mistakes: readonly string[]) => Response | Promise<Response>,
): Promise<Response> {
  const outcome = await proposeRuleChange(c.var.house, wish, reason, c.var.person)
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, back)
  if (outcome.kind === 'invalid') return mend(outcome.mistakes)
  return c.redirect(`/rules/proposals/${outcome.proposalId}?done=ruleProposed`, 303)
}

/** What the form asks for, on top of what people changed before. */
function overlayOf(rule: WrittenRule, values: Values): RuleOverlay {
  const { id, source, over } = rule
  if (values.yaml !== null) {
    return { ...asInFiles(id), off: !values.use, text: { yaml: values.yaml, over } }
  }
  const before = rule.overlay ?? asInFiles(id)
  const weight = Number(values.weight) || 0
  return {
    ...before,
    off: !values.use,
    weight: weight === source.weight ? before.weight : weight,
    severity: values.severity === source.severity ? before.severity : values.severity,
    matches: [...before.matches, ...linesOf(values.addMatches)],
    passes: [...before.passes, ...linesOf(values.addPasses)],
  }
}

function linesOf(words: string): string[] {
  return words
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function severityOf(form: Fields): Severity {
  const given = numberIn(form, 'severity')
  return given === 1 || given === 2 || given === 3 ? given : 0
}

function changePage(
  c: Ctx,
  rule: WrittenRule,
  values: Values,
  mistakes: readonly string[],
): Response | Promise<Response> {
  const { text, language } = c.var
  const action = `/rules/${rule.id}/proposals`
  return page(
    c,
    text.rules.changeTitle(rule.id),
    <section class='narrow'>
      <h1>{text.rules.changeTitle(rule.id)}</h1>
      <p>{inLanguage(rule.source.why, language)}</p>
      <p class='help'>{text.rules.changeLead}</p>
      <Flaws c={c} mistakes={mistakes} />
      <Form c={c} action={action}>
        <Tick name='use' label={text.rules.use} checked={values.use} />
        {values.yaml === null ? (
          <PartFields c={c} rule={rule} values={values} />
        ) : (
          <YamlField c={c} yaml={values.yaml} />
        )}
        <ReasonField c={c} reason={values.reason} />
        {rule.overlay && <Tick name='asFiles' label={text.rules.asFiles} />}
        <button class='primary' type='submit'>
          {text.rules.propose}
        </button>
      </Form>
      {values.yaml === null && (
        <p>
          <a href={`/rules/${rule.id}/change?text=shown`}>{text.rules.textShow}</a>
        </p>
      )}
    </section>,
  )
}

function newPage(
  c: Ctx,
  { yaml, reason }: { readonly yaml: string; readonly reason: string },
  mistakes: readonly string[],
): Response | Promise<Response> {
  const { text } = c.var
  return page(
    c,
    text.rules.newTitle,
    <section class='narrow'>
      <h1>{text.rules.newTitle}</h1>
      <p class='help'>{text.rules.changeLead}</p>
      <Flaws c={c} mistakes={mistakes} />
      <Form c={c} action='/rules/new'>
        <YamlField c={c} yaml={yaml} />
        <ReasonField c={c} reason={reason} />
        <button class='primary' type='submit'>
          {text.rules.propose}
        </button>
      </Form>
    </section>,
  )
}
