import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import type { Effect, Held } from '../domain/rule-effect.ts'
import type { ExampleEffect, ThreadEffect } from '../domain/rule-trial.ts'
import type { QueueItem } from '../store/queue.ts'
import type { ProposalRecord, Trial } from '../store/rule-proposals.ts'
import type { Ctx } from './env.ts'
import { Banner } from './parts/fields.tsx'
import { Mistakes } from './rule-line.tsx'

/** Lines of a trial that a page shows. */
export const effectsListed = 100

type Props = {
  readonly c: Ctx
  readonly proposal: ProposalRecord
  readonly trial: Trial | null
  readonly threads: ReadonlyMap<string, QueueItem>
}

/** How far a trial is and what it found: codes and links, no word of anybody's mail. */
export const TrialView: FC<Props> = ({ c, proposal, trial, threads }) => {
  const { text } = c.var
  const running = proposal.state === 'open' && (trial === null || trial.finishedAt === null)
  const again = running
    ? {
        'hx-get': `/rules/proposals/${proposal.id}/trial`,
        'hx-trigger': 'every 2s',
        'hx-swap': 'outerHTML',
      }
    : {}
  return (
    <section class='card trial' aria-labelledby='trial-title' {...again}>
      <h2 id='trial-title'>{text.rules.trial}</h2>
      {trial === null && proposal.state === 'open' && (
        <p role='status'>{text.rules.trialWaiting}</p>
      )}
      {trial?.trouble && (
        <Banner tone='grave'>
          <p>{text.rules.trialTrouble}</p>
          <Mistakes mistakes={trial.trouble} />
        </Banner>
      )}
      {trial && !trial.trouble && <Found c={c} trial={trial} threads={threads} />}
    </section>
  )
}

type FoundProps = { c: Ctx; trial: Trial; threads: ReadonlyMap<string, QueueItem> }

const Found: FC<FoundProps> = ({ c, trial, threads }) => {
  const { text, person } = c.var
  const { looked, total, finishedAt, result } = trial
  const words = text.rules.trialRunning(looked, Math.max(total, looked))
  return (
    <>
      {finishedAt === null ? (
        <p role='status'>
          {words} <progress value={looked} max={Math.max(total, looked, 1)} aria-label={words} />
        </p>
      ) : (
        <p>{text.rules.trialDone(looked)}</p>
      )}
      {result.changedThreads === 0 ? (
        finishedAt !== null && <p>{text.rules.trialNothing}</p>
      ) : (
        <p>
          <strong>{text.rules.trialChanged(result.changedThreads)}</strong>{' '}
          {text.rules.trialLeaning(result.nearer, result.farther)}
        </p>
      )}
      {may(person, 'read') && (
        <ThreadEffects
          c={c}
          effects={result.threads}
          all={result.changedThreads}
          threads={threads}
        />
      )}
      {result.examplesLooked > 0 && (
        <p>{text.rules.trialExamples(result.changedExamples, result.examplesLooked)}</p>
      )}
      <ExampleEffects c={c} effects={result.examples} all={result.changedExamples} />
    </>
  )
}

const ThreadEffects: FC<{
  c: Ctx
  effects: readonly ThreadEffect[]
  all: number
  threads: ReadonlyMap<string, QueueItem>
}> = ({ c, effects, all, threads }) => {
  const { text } = c.var
  // Threads of other mailboxes count, but are not named.
  const shown = effects.slice(0, effectsListed).filter((one) => threads.has(one.threadId))
  return (
    <>
      <ul class='effects'>
        {shown.map((effect) => {
          const thread = threads.get(effect.threadId)
          return (
            <li>
              <a href={`/threads/${effect.threadId}`}>
                {thread?.subject === null
                  ? text.shieldedSubject
                  : thread?.subject || text.rules.thread}
              </a>
              <EffectWords c={c} effect={effect} />
              <span class='faint'>{text.rules.heldAs(heldWords(c, effect.held))}</span>
              <Agreement c={c} effect={effect} />
            </li>
          )
        })}
      </ul>
      {all > shown.length && <p>{text.rules.trialMore(all - shown.length)}</p>}
    </>
  )
}

const ExampleEffects: FC<{ c: Ctx; effects: readonly ExampleEffect[]; all: number }> = ({
  c,
  effects,
  all,
}) => {
  const { text } = c.var
  const shown = effects.slice(0, effectsListed)
  return (
    <>
      <ul class='effects'>
        {shown.map((effect) => (
          <li>
            <a href={`/rules/${effect.rule}`}>{effect.rule}</a>{' '}
            {text.rules.exampleOf(effect.kind, effect.place + 1)}
            <EffectWords c={c} effect={effect} />
            <Agreement c={c} effect={effect} />
          </li>
        ))}
      </ul>
      {all > shown.length && <p>{text.rules.trialMore(all - shown.length)}</p>}
    </>
  )
}

const EffectWords: FC<{ c: Ctx; effect: Effect }> = ({ c, effect }) => {
  const { text } = c.var
  const { gained, lost, flagsGained, flagsLost, severity } = effect
  const comes = [
    ...gained.map((one) => text.category[one]),
    ...flagsGained.map((f) => text.flag[f]),
  ]
  const goes = [...lost.map((one) => text.category[one]), ...flagsLost.map((f) => text.flag[f])]
  const [before, after] = severity
  return (
    <span>
      {comes.length > 0 && <span>{text.rules.gained(comes.join('・'))} </span>}
      {goes.length > 0 && <span>{text.rules.lost(goes.join('・'))} </span>}
      {before !== after && (
        <span>{text.rules.severityFromTo(text.severity[before], text.severity[after])}</span>
      )}
    </span>
  )
}

const tones = { nearer: 'calm', farther: 'caution', neither: 'neutral' } as const

const Agreement: FC<{ c: Ctx; effect: Effect }> = ({ c, effect: { agreement } }) => (
  <span class={`chip ${tones[agreement]}`}>{c.var.text.rules.agreement[agreement]}</span>
)

function heldWords({ var: { text } }: Ctx, { outcome, categories, severity }: Held): string {
  if (outcome === 'ordinary') return text.outcome.ordinary
  return `${categories.map((code) => text.category[code]).join('・')} · ${text.severity[severity]}`
}
