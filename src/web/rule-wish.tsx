import type { FC } from 'hono/jsx'
import type { RuleOverlay } from '../domain/rule-change.ts'
import type { ProposalRecord } from '../store/rule-proposals.ts'
import type { Ctx } from './env.ts'

/** What a proposal would change; its examples are harsh and come only when somebody asks. */
export const Wish: FC<{ c: Ctx; proposal: ProposalRecord; shown: boolean }> = ({
  c,
  proposal,
  shown,
}) => {
  const { text } = c.var
  const { wish, id: proposalId } = proposal
  if (wish.kind === 'restore') {
    return (
      <p>
        <a href={`/rules/versions/${wish.version}`}>{text.rules.restoreOf(wish.version)}</a>
      </p>
    )
  }
  const { overlay } = wish
  const harsh = overlay.matches.length + overlay.passes.length > 0 || overlay.text !== null
  return (
    <>
      <ul>
        {wordsOf(c, overlay).map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      {harsh && !shown && (
        <p>
          <a href={`/rules/proposals/${proposalId}?words=shown`}>{text.rules.wishShow}</a>
        </p>
      )}
      {harsh && shown && <WishWords c={c} overlay={overlay} />}
    </>
  )
}

const WishWords: FC<{ c: Ctx; overlay: RuleOverlay }> = ({ c, overlay }) => {
  const { text } = c.var
  return (
    <>
      <h3>{text.rules.examplesMatch}</h3>
      <ul class='examples'>
        {overlay.matches.map((example) => (
          <li>{example}</li>
        ))}
      </ul>
      <h3>{text.rules.examplesPass}</h3>
      <ul class='examples'>
        {overlay.passes.map((example) => (
          <li>{example}</li>
        ))}
      </ul>
      {overlay.text && (
        <pre class='source' tabindex={0}>
          {overlay.text.yaml}
        </pre>
      )}
    </>
  )
}

/** What a change says, without a word of its examples. */
export function wordsOf(
  { var: { text } }: Ctx,
  { off, weight, severity, matches, passes, text: written }: RuleOverlay,
): string[] {
  const words = [
    ...(written ? [written.over === null ? text.rules.wishNew : text.rules.wishText] : []),
    ...(off ? [text.rules.wishOff] : []),
    ...(weight === null ? [] : [text.rules.wishWeight(weight)]),
    ...(severity === null ? [] : [text.rules.wishSeverity(text.severity[severity])]),
    ...(matches.length > 0 ? [text.rules.wishMatches(matches.length)] : []),
    ...(passes.length > 0 ? [text.rules.wishPasses(passes.length)] : []),
  ]
  return words.length > 0 ? words : [text.rules.wishFiles]
}
