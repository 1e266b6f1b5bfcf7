import type { FC } from 'hono/jsx'
import type { Severity } from '../domain/category.ts'
import type { WrittenRule } from '../flow/rule-reading.ts'
import type { Ctx } from './env.ts'
import { Banner, Choice, Field } from './parts/fields.tsx'
import { Mistakes } from './rule-line.tsx'

/** What the form of a change holds, as it was typed. */
export type Values = {
  readonly use: boolean
  readonly weight: string
  readonly severity: Severity
  readonly addMatches: string
  readonly addPasses: string
  /** Null where the wording is not to be shown. */
  readonly yaml: string | null
  readonly reason: string
}

/** Weight, severity and further examples: what can be changed without touching the wording. */
export const PartFields: FC<{ c: Ctx; rule: WrittenRule; values: Values }> = ({
  c,
  rule,
  values,
}) => {
  const { text } = c.var
  return (
    <>
      <Field
        id='weight'
        label={text.rules.weight}
        help={text.rules.weightHelp}
        value={values.weight}
      />
      {rule.source.category && (
        <Choice
          name='severity'
          kind='radio'
          legend={text.rules.severity}
          options={([0, 1, 2, 3] as const).map((level) => ({
            value: String(level),
            label: text.severity[level],
            checked: level === values.severity,
          }))}
        />
      )}
      <Field
        id='addMatches'
        label={text.rules.addMatches}
        help={text.rules.addHelp}
        value={values.addMatches}
        rows={3}
      />
      <Field
        id='addPasses'
        label={text.rules.addPasses}
        help={text.rules.addHelp}
        value={values.addPasses}
        rows={3}
      />
    </>
  )
}

/** What the loader finds wrong with the rule as proposed. */
export const Flaws: FC<{ c: Ctx; mistakes: readonly string[] }> = ({ c, mistakes }) => {
  if (mistakes.length === 0) return null
  return (
    <Banner tone='grave'>
      <p>{c.var.text.rules.invalid}</p>
      <Mistakes mistakes={mistakes} />
    </Banner>
  )
}

/** The rule in its own wording. */
export const YamlField: FC<{ c: Ctx; yaml: string }> = ({ c, yaml }) => (
  <Field
    id='yaml'
    label={c.var.text.rules.yaml}
    help={c.var.text.rules.textLead}
    value={yaml}
    rows={16}
    required
  />
)

/** Why somebody wants it so; it goes on record. */
export const ReasonField: FC<{ c: Ctx; reason?: string }> = ({ c, reason }) => (
  <Field
    id='reason'
    label={c.var.text.rules.reason}
    help={c.var.text.rules.reasonHelp}
    value={reason ?? ''}
    rows={3}
    required
  />
)
