import type { FC } from 'hono/jsx'
import {
  type Difference,
  type Drill,
  type DrillCase,
  differenceOf,
  type Expected,
  isExact,
} from '../domain/drill.ts'
import type { OpenedCase } from '../flow/drill-case.ts'
import type { Ctx } from './env.ts'
import { CategoryChips, inLanguage, SeverityChip } from './parts/chips.tsx'
import { Banner } from './parts/fields.tsx'
import { opensHarm } from './passages.ts'
import { EvidenceList, PolicyExamples } from './reasons.tsx'

type ResultProps = { c: Ctx; drill: Drill; one: DrillCase; opened: OpenedCase | null }

/** Where an answer differs from what was decided, and why that was decided. */
export const DrillResult: FC<ResultProps> = ({ c, drill, one, opened }) => {
  const { drills: words } = c.var.text
  const { answer, expected } = one
  if (!answer || !expected) return null
  const difference = differenceOf(answer, expected)
  const same = isExact(difference)
  const last = drill.state === 'done'
  return (
    <>
      <section class='card' id='result' aria-labelledby='result-title'>
        <h2 id='result-title'>{same ? words.resultSame : words.resultDiffers}</h2>
        {!opened && <Banner tone='caution'>{words.decidedGone}</Banner>}
        <dl class='facts stacked'>
          <div>
            <dt>{words.yours}</dt>
            <dd>
              <Said c={c} said={answer} />
            </dd>
          </div>
          <div>
            <dt>{words.decided}</dt>
            <dd>
              <Said c={c} said={expected} />
            </dd>
          </div>
        </dl>
        {!same && <Differences c={c} difference={difference} expected={expected} />}
        <p>
          <a class='button' href={`/drills/${drill.id}`}>
            {last ? words.finish : words.next}
          </a>
        </p>
      </section>
      {opened && <Whys c={c} opened={opened} />}
      {opened && <RulesSaw c={c} opened={opened} />}
      <PolicySays
        c={c}
        codes={[...new Set([...expected.categories, ...difference.added])]}
        outcome={expected.outcome}
      />
    </>
  )
}

const Said: FC<{ c: Ctx; said: Expected }> = ({ c, said }) => {
  const { text } = c.var
  return (
    <span class='chips'>
      <span>{text.outcome[said.outcome]}</span>
      {said.severity > 0 && <SeverityChip text={text} severity={said.severity} />}
      <CategoryChips text={text} codes={said.categories} />
    </span>
  )
}

const Differences: FC<{ c: Ctx; difference: Difference; expected: Expected }> = ({
  c,
  difference,
  expected,
}) => {
  const { drills: words, category } = c.var.text
  const { outcome, missed, added, severity } = difference
  const names = (codes: Difference['missed']) => codes.map((code) => category[code]).join('・')
  return (
    <>
      <h3>{words.differences}</h3>
      <ul>
        {outcome && (
          <li>{expected.outcome === 'ordinary' ? words.outcomeFalse : words.outcomeMissed}</li>
        )}
        {missed.length > 0 && <li>{words.missed(names(missed))}</li>}
        {added.length > 0 && <li>{words.added(names(added))}</li>}
        {!outcome && severity > 0 && <li>{words.graver(severity)}</li>}
        {!outcome && severity < 0 && <li>{words.milder(-severity)}</li>}
      </ul>
    </>
  )
}

/** What the deciders wrote, without names; what repeats harsh words is left out. */
const Whys: FC<{ c: Ctx; opened: OpenedCase }> = ({ c, opened }) => {
  const { drills: words } = c.var.text
  const ours = opened.threadId === null
  const whys = opened.reasons.filter((why) => ours || !opensHarm(why, c.var.house.rules))
  if (whys.length === 0) return null
  return (
    <section class='card' aria-labelledby='why-title'>
      <h2 id='why-title'>{words.why}</h2>
      {whys.map((why) => (
        <p class='words'>{why}</p>
      ))}
    </section>
  )
}

const RulesSaw: FC<{ c: Ctx; opened: OpenedCase }> = ({ c, opened }) => {
  const { text } = c.var
  const result = opened.latest?.result
  if (!result) return null
  return (
    <section class='card reasons' aria-labelledby='rules-title'>
      <h2 id='rules-title'>{text.drills.rules}</h2>
      {result.categories.length === 0 && <p>{text.reasonsNone}</p>}
      {result.categories.map(({ code, severity, evidence }) => (
        <details open>
          <summary>
            <strong>{text.category[code]}</strong>
            <SeverityChip text={text} severity={severity} />
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
    </section>
  )
}

type PolicyProps = { c: Ctx; codes: Expected['categories']; outcome: Expected['outcome'] }

/** The policy's own examples and guidance; of ordinary mail its three elements. */
const PolicySays: FC<PolicyProps> = ({ c, codes, outcome }) => {
  const { text, language, house } = c.var
  const said = house.policy.categories.filter(({ code }) => codes.includes(code))
  return (
    <section class='card reasons' aria-labelledby='policy-title'>
      <h2 id='policy-title'>{text.drills.policyTitle}</h2>
      {outcome === 'ordinary' && (
        <ul>
          {house.policy.elements.map((element) => (
            <li>
              <strong>{inLanguage(element.name, language)}</strong>{' '}
              {inLanguage(element.text, language)}
            </li>
          ))}
        </ul>
      )}
      {said.map((policy) => (
        <details open>
          <summary>
            <strong>{text.category[policy.code]}</strong>
          </summary>
          <PolicyExamples c={c} policy={policy} />
        </details>
      ))}
    </section>
  )
}
