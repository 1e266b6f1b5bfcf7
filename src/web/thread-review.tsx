import type { FC } from 'hono/jsx'
import { visibleReviews } from '../domain/blind.ts'
import type { Decision } from '../domain/decision.ts'
import type { Matter } from '../domain/matter.ts'
import { may, type Person } from '../domain/person.ts'
import { whyNotHandle } from '../domain/target.ts'
import { decisionOf } from '../domain/thread.ts'
import { withdrawReview } from '../domain/withdrawal.ts'
import type { Exposure } from '../store/exposures.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { CategoryChips, SeverityChip } from './parts/chips.tsx'
import { ReviewForm, SettleForm } from './review-form.tsx'
import { ReviewWithdrawal } from './thread-desk.tsx'

/** What the parts of a thread's page are made of. */
export type ThreadShown = {
  readonly c: Ctx
  readonly matter: Matter
  readonly record: ThreadRecord
  readonly names: ReadonlyMap<string, string>
  readonly shown: Exposure | null
  readonly prefill: { readonly subject: string; readonly body: string } | null
}

/** Reviews as far as one may see them, the decision, and one's own review or settlement. */
export const ReviewPanel: FC<ThreadShown> = ({ c, matter, names }) => {
  const { text, person, house } = c.var
  const { thread } = matter
  if (thread.muted || thread.revision === 0 || thread.joinedInto !== null) return null
  const decision = decisionOf(thread)
  const own = thread.reviews.some(({ reviewer }) => reviewer === person.id)
  const open = !decision && thread.reviews.length < 2
  const seen = visibleReviews(thread, person, house.policy.review.blind)
  return (
    <section class='card' aria-labelledby='review-title'>
      <h2 id='review-title'>
        {open ? (thread.reviews.length === 0 ? text.reviewFirst : text.reviewSecond) : text.review}
      </h2>
      {decision && <DecisionView c={c} decision={decision} names={names} />}
      <ReviewList c={c} reviews={seen} names={names} />
      {open && own && <p class='help'>{text.reviewDone}</p>}
      {mayTakeBack(matter, person) && <ReviewWithdrawal c={c} threadId={thread.id} />}
      {open && !own && whyNotHandle(person, 'review', thread) === null && (
        <>
          {thread.reviews.length === 1 && <p class='help'>{text.reviewBlind}</p>}
          <ReviewForm c={c} thread={thread} />
        </>
      )}
      {thread.disputed &&
        (whyNotHandle(person, 'settle', thread) === null && !own ? (
          <SettleForm c={c} thread={thread} />
        ) : (
          <p class='help'>{text.settleWaiting}</p>
        ))}
      {thread.disputed && may(person, 'see_disputes') && (
        <a href={`/threads/${thread.id}/dispute`}>{text.replies.disputes.open}</a>
      )}
    </section>
  )
}

/** Where a reply waits for it, that is taken back instead: its own button stands below. */
function mayTakeBack(matter: Matter, person: Person): boolean {
  return withdrawReview(matter, person, '').kind === 'step'
}

export const DecisionView: FC<{
  c: Ctx
  decision: Decision
  names: ReadonlyMap<string, string>
}> = ({ c, decision, names }) => {
  const { text } = c.var
  return (
    <div class='decision'>
      <strong>{text.outcome[decision.outcome]}</strong>
      <p class='chips'>
        {decision.severity > 0 && <SeverityChip text={text} severity={decision.severity} />}
        <CategoryChips text={text} codes={decision.categories} />
      </p>
      <small>
        {text.decided[decision.how]}
        {decision.settledBy && ` · ${names.get(decision.settledBy) ?? ''}`}
      </small>
      {decision.reason && <p class='words'>{decision.reason}</p>}
    </div>
  )
}

export const ReviewList: FC<{
  c: Ctx
  reviews: Matter['thread']['reviews']
  names: ReadonlyMap<string, string>
}> = ({ c, reviews, names }) => {
  const { text } = c.var
  return (
    <ul class='reviews'>
      {reviews.map(({ reviewer, verdict, reason, fairRequest, demand }) => (
        <li>
          <strong>{names.get(reviewer) ?? reviewer}</strong> {text.verdictName[verdict.kind]}
          {verdict.kind === 'harassment' && (
            <p class='chips'>
              <SeverityChip text={text} severity={verdict.severity} />
              <CategoryChips text={text} codes={verdict.categories} />
            </p>
          )}
          {reason && <p class='words'>{reason}</p>}
          <small>
            {text.demandLabel} {text.demandValue[demand]}
            {fairRequest && ` · ${text.fairRequest}: ${fairRequest}`}
          </small>
        </li>
      ))}
    </ul>
  )
}
