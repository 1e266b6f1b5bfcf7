import type { FC } from 'hono/jsx'
import { type Evidence, factText, factWords } from '../domain/assessment.ts'
import { may } from '../domain/person.ts'
import type { PolicyCategory } from '../domain/policy.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { inLanguage, SeverityChip } from './parts/chips.tsx'

/** Why the rules say what they say, in their own words: no word of the customer's. */
export const Reasons: FC<{ c: Ctx; record: ThreadRecord }> = ({ c, record }) => {
  const { text, house } = c.var
  const result = record.latest?.result
  if (!result) return null
  return (
    <section class='card reasons' aria-labelledby='reasons-title'>
      <h2 id='reasons-title'>{text.reasons}</h2>
      {result.categories.length === 0 && result.flags.length === 0 && <p>{text.reasonsNone}</p>}
      {result.categories.map(({ code, score, severity, evidence }) => {
        const policy = house.policy.categories.find((one) => one.code === code)
        return (
          <details open>
            <summary>
              <strong>{text.category[code]}</strong>
              <SeverityChip text={text} severity={severity} />
              <small>{text.score(Math.round(score * 100))}</small>
            </summary>
            <EvidenceList c={c} evidence={evidence} />
            {policy && (
              <details class='policy'>
                <summary>{text.policyExamples}</summary>
                <PolicyExamples c={c} policy={policy} />
              </details>
            )}
          </details>
        )
      })}
      {result.flags.map(({ code, evidence }) => (
        <details open>
          <summary>
            <strong>{text.flag[code]}</strong>
          </summary>
          <EvidenceList c={c} evidence={evidence} />
        </details>
      ))}
      {result.against.length > 0 && (
        <>
          <h3>{text.reasonsAgainst}</h3>
          <EvidenceList c={c} evidence={result.against} />
        </>
      )}
      <p class='help'>
        {may(c.var.person, 'see_rules') ? (
          <a href={`/rules/versions/${result.ruleSet}`}>{text.ruleSet(result.ruleSet)}</a>
        ) : (
          text.ruleSet(result.ruleSet)
        )}
      </p>
    </section>
  )
}

/** The policy's own examples of a category, and its guidance for the answer. */
export const PolicyExamples: FC<{ c: Ctx; policy: PolicyCategory }> = ({ c, policy }) => {
  const { text, language } = c.var
  return (
    <>
      <ul>
        {policy.examples.map((example) => (
          <li>{inLanguage(example, language)}</li>
        ))}
      </ul>
      <p>
        <strong>{text.guidance}</strong> {inLanguage(policy.guidance, language)}
      </p>
    </>
  )
}

/** What was counted, where the words of the fact do not say it themselves. */
const Figure: FC<{ c: Ctx; fact: Extract<Evidence, { kind: 'fact' }> }> = ({ c, fact }) => {
  const { why, text } = fact
  if (text === factText(why)) return null
  return <small> {inLanguage(factWords(text), c.var.language)}</small>
}

/** Rules in plain words; how often each was seen, and facts with their figures. */
export const EvidenceList: FC<{ c: Ctx; evidence: readonly Evidence[] }> = ({ c, evidence }) => {
  const byRule = Map.groupBy(evidence, ({ rule }) => rule)
  return (
    <ul>
      {[...byRule.values()].map((seen) => {
        const [one] = seen
        return (
          one && (
            <li>
              {inLanguage(one.why, c.var.language)}
              {one.kind === 'fact' ? (
                <Figure c={c} fact={one} />
              ) : (
                seen.length > 1 && <small> ×{seen.length}</small>
              )}
            </li>
          )
        )
      })}
    </ul>
  )
}
