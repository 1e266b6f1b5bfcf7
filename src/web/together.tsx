import type { FC } from 'hono/jsx'
import type { RefusalReason } from '../domain/step.ts'
import type { QueueItem } from '../store/queue.ts'
import type { Ctx } from './env.ts'
import { Banner } from './parts/fields.tsx'

/** How many threads something was done with, in words. */
export type TogetherCount = {
  readonly n: number
  readonly words: (n: number) => string
  readonly tone: 'calm' | 'caution'
}

type ResultProps = {
  c: Ctx
  title: string
  counts: readonly TogetherCount[]
  refused: readonly { readonly threadId: string; readonly reason: RefusalReason }[]
  /** Threads that were ticked and are not there for this person. */
  missing: number
  known: readonly QueueItem[]
  back: { readonly href: string; readonly words: string }
}

/** What came of an act on several threads: what was done, and of each other one why not. */
export const TogetherResult: FC<ResultProps> = (props) => {
  const { c, title, counts, refused, missing, known, back } = props
  const { together, refused: reasons } = c.var.text
  const done = counts.filter(({ n }) => n > 0)
  const left = refused.length + missing
  const subjects = new Map(known.map((item) => [item.id, subjectOf(c, item)]))
  return (
    <section class='narrow'>
      <h1>{title}</h1>
      {done.length + left === 0 && <Banner tone='caution'>{together.none}</Banner>}
      {done.map(({ n, words, tone }) => (
        <Banner tone={tone}>{words(n)}</Banner>
      ))}
      {left > 0 && (
        <Banner tone='caution'>
          <p>{together.refused(left)}</p>
          <ul>
            {refused.map(({ threadId, reason }) => (
              <li>
                <a href={`/threads/${threadId}`}>{subjects.get(threadId)}</a> {reasons[reason]}
              </li>
            ))}
            {missing > 0 && <li>{together.missing}</li>}
          </ul>
        </Banner>
      )}
      <p>
        <a class='button' href={back.href}>
          {back.words}
        </a>
      </p>
    </section>
  )
}

/** A thread's subject as a list may name it. */
export function subjectOf({ var: { text } }: Ctx, { subject }: QueueItem): string {
  return subject === null ? text.shieldedSubject : subject || text.noSubject
}
