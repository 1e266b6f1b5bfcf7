import type { FC } from 'hono/jsx'
import { casesMin, proportionOf } from '../domain/proportion.ts'
import { aboutOf } from '../domain/rule-change.ts'
import type { WrittenRule } from '../flow/rule-reading.ts'
import type { RuleFigures } from '../store/rule-hits.ts'
import type { ProposalRecord } from '../store/rule-proposals.ts'
import type { Ctx } from './env.ts'
import { inLanguage, SeverityChip, Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'

type LineProps = { c: Ctx; rule: WrittenRule; figures: RuleFigures | undefined }

/** A rule in a list: its reason, and how it fares. */
export const RuleLine: FC<LineProps> = ({ c, rule, figures }) => {
  const { text, language } = c.var
  const { id, source } = rule
  return (
    <li>
      <a class='rule-line' href={`/rules/${id}`}>
        <span class='why'>{inLanguage(source.why, language)}</span>
        <span class='faint rule-id'>{id}</span>
        <span class='chips'>
          <RuleChips c={c} rule={rule} />
        </span>
        <span class='faint'>
          {text.rules.hitsShort(figures?.open ?? 0, figures?.decided ?? 0)}
          {' · '}
          {text.rules.examplesCount(source.matches.length, source.passes.length)}
        </span>
        <span>
          {text.rules.precision}: <Precision c={c} rule={rule} figures={figures} />
        </span>
      </a>
    </li>
  )
}

/** What a rule is, at a glance: off or changed, how heavy, how grave. */
export const RuleChips: FC<{ c: Ctx; rule: WrittenRule }> = ({ c, rule }) => {
  const { text } = c.var
  const { source, overlay, file } = rule
  return (
    <>
      {overlay?.off && <span class='chip caution'>{text.rules.off}</span>}
      {overlay && !overlay.off && (
        <span class='chip accent'>{file === null ? text.rules.added : text.rules.changed}</span>
      )}
      <span class='chip neutral'>
        {text.rules.weight} {source.weight}
      </span>
      {source.category && <SeverityChip text={text} severity={source.severity} />}
    </>
  )
}

/** How often people upheld a rule, with the interval, or that there are too few cases to say. */
export const Precision: FC<LineProps> = ({ c, rule, figures }) => {
  const { text } = c.var
  if (rule.source.flag !== undefined) return <>{text.rules.precisionNone}</>
  const { hits, of, share, low, high } = proportionOf(figures?.upheld ?? 0, figures?.judged ?? 0)
  if (of < casesMin) return <>{text.rules.precisionFew(hits, of)}</>
  const percent = (one: number) => Math.round(one * 100)
  return <>{text.rules.precisionOf(hits, of, percent(share), percent(low), percent(high))}</>
}

/** Proposals as lines. */
export const ProposalLines: FC<{ c: Ctx; proposals: readonly ProposalRecord[] }> = ({
  c,
  proposals,
}) => {
  const { text } = c.var
  return (
    <ul class='rules'>
      {proposals.map((proposal) => (
        <li>
          <a class='rule-line' href={`/rules/proposals/${proposal.id}`}>
            <span class='why'>{titleOf(c, proposal)}</span>
            <span class='faint'>{proposal.reason}</span>
            <span class='chips'>
              <span class='chip neutral'>{text.rules.state[proposal.state]}</span>
              <Time c={c} at={proposal.proposedAt} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

export function titleOf({ var: { text } }: Ctx, { wish }: ProposalRecord): string {
  return wish.kind === 'restore'
    ? text.rules.restoreOf(wish.version)
    : text.rules.proposal(aboutOf(wish))
}

/** Nothing to show in a list of proposals or versions. */
export const NoProposals: FC<{ c: Ctx }> = ({ c }) => (
  <Empty>{c.var.text.rules.proposalsNone}</Empty>
)

/** Mistakes in rules, in the loader's words. */
export const Mistakes: FC<{ mistakes: readonly string[] }> = ({ mistakes }) => (
  <ul class='mistakes' lang='en'>
    {mistakes.map((mistake) => (
      <li>{mistake}</li>
    ))}
  </ul>
)
