import type { FC } from 'hono/jsx'
import type { GistPart } from '../../domain/assessment.ts'
import type { Category, Flag, Severity } from '../../domain/category.ts'
import type { QueueState } from '../../domain/matter.ts'
import type { Language } from '../../domain/person.ts'
import { ago, fullTime, type Text } from '../../text/text.ts'
import type { Ctx } from '../env.ts'
import { Icon, type IconName } from './icon.tsx'

const severityIcons: Record<Severity, IconName> = { 0: 'dot', 1: 'dot', 2: 'diamond', 3: 'alert' }
const tones: Record<Severity, string> = { 0: 'neutral', 1: 'caution', 2: 'caution', 3: 'grave' }

/** Severity by word, shape and colour: never by colour alone. */
export const SeverityChip: FC<{ text: Text; severity: Severity }> = ({ text, severity }) => (
  <span class={`chip ${tones[severity]}`}>
    <Icon name={severityIcons[severity]} />
    {text.severity[severity]}
  </span>
)

export const CategoryChips: FC<{ text: Text; codes: readonly Category[] }> = ({ text, codes }) => (
  <>
    {codes.map((code) => (
      <span class='chip shielded'>{text.category[code]}</span>
    ))}
  </>
)

const graveFlags: readonly Flag[] = ['self_harm', 'safety', 'legal_notice']

export const FlagChips: FC<{ text: Text; codes: readonly Flag[] }> = ({ text, codes }) => (
  <>
    {codes.map((code) => (
      <span class={`chip ${graveFlags.includes(code) ? 'grave' : 'neutral'}`}>
        {text.flag[code]}
      </span>
    ))}
  </>
)

const stateTones: Record<QueueState, string> = {
  disputed: 'caution',
  approval: 'accent',
  second_review: 'accent',
  new: 'neutral',
  to_answer: 'neutral',
  to_act: 'caution',
  done: 'calm',
  filed: 'neutral',
  filed_second: 'accent',
  muted: 'shielded',
  joined: 'neutral',
}

export const StateChip: FC<{ text: Text; state: QueueState }> = ({ text, state }) => (
  <span class={`chip ${stateTones[state]}`}>{text.state[state]}</span>
)

/** A time as people say it, with the exact one beside it for whoever points or listens. */
export const Time: FC<{ c: Ctx; at: string; exact?: boolean }> = ({ c, at, exact }) => {
  const { language, house } = c.var
  const full = fullTime(at, language)
  return (
    <time datetime={at} title={full}>
      {exact ? full : ago(at, house.now(), language)}
    </time>
  )
}

/** The neutral summary in words: codes and figures made by rules, no word of the customer's. */
export function gistWords(parts: readonly GistPart[], text: Text): string[] {
  return parts.map((part) => gistWord(part, text))
}

function gistWord(part: GistPart, text: Text): string {
  switch (part.kind) {
    case 'nth_mail':
      return text.gistNth(part.n, part.days)
    case 'demand':
      return text.demand[part.what]
    case 'conduct':
      return text.gistConduct(text.category[part.category], part.count)
    case 'flag':
      return text.flag[part.flag]
    case 'attachments':
      return text.gistAttachments(part.count)
  }
}

/** The sentence of a language out of two. */
export function inLanguage(
  words: { readonly ja: string; readonly en: string },
  language: Language,
): string {
  return words[language]
}
