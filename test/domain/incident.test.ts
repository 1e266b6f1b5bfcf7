import { describe, expect, it } from 'vitest'
import {
  applyToIncident,
  giveIncidentReview,
  type Incident,
  type IncidentFacts,
  isIncidentEvent,
  openIncident,
  recordIncident,
  settleIncident,
  stateOf,
  visibleIncidentReviews,
} from '../../src/domain/incident.ts'
import type { Opinion } from '../../src/domain/review.ts'
import type { Refusal, Step } from '../../src/domain/step.ts'
import { answerOf, at, harassment, ids, ordinary } from '../support/matters.ts'
import { ito, kato, person, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

const facts: IncidentFacts = {
  id: 'i',
  senderId: 's',
  mailboxId: 'support',
  kind: 'phone',
  occurredAt: '2026-11-22T05:00:00.000Z',
  minutes: 130,
  takenBy: null,
  contentSha256: 'h',
  pictureSha256: null,
  account: '二時間以上、同じ話を繰り返した。',
  postUrl: '',
}

function record(over: Partial<IncidentFacts> = {}, who = sato, opinion: Opinion = harassment()) {
  return recordIncident({ ...facts, ...over }, opinion, who, at, ids())
}

function after(decision: Step | Refusal, before?: Incident): Incident {
  if (decision.kind === 'refused') throw new Error(decision.reason)
  const [first] = decision.events
  const opened = before ?? (first?.kind === 'incident_recorded' ? openIncident(first) : null)
  if (!opened) throw new Error('nothing was recorded')
  return decision.events.filter(isIncidentEvent).reduce(applyToIncident, opened)
}

const review = (incident: Incident, who: typeof sato, opinion: Opinion = harassment()) =>
  giveIncidentReview(incident, opinion, who, at, ids())

describe('an incident', () => {
  it('is judged by who records it and by another person, as mail is', () => {
    const recorded = after(record())
    expect(stateOf(recorded)).toBe('second_review')
    expect(answerOf(review(recorded, sato))).toBe('already_reviewed')
    const wider = harassment({ categories: ['time_restraint'], severity: 1 })
    const decided = after(review(recorded, suzuki, wider), recorded)
    expect(decided.decision).toMatchObject({
      how: 'agreed',
      outcome: 'harassment',
      categories: ['verbal_abuse', 'time_restraint'],
      severity: 1,
      reviewers: ['sato', 'suzuki'],
    })
    expect(answerOf(review(decided, kato))).toBe('review_complete')
  })

  it('hides the first verdict from whoever may be second', () => {
    const recorded = after(record())
    expect(visibleIncidentReviews(recorded, suzuki, true)).toEqual([])
    expect(visibleIncidentReviews(recorded, sato, true)).toHaveLength(1)
    expect(visibleIncidentReviews(recorded, takahashi, true)).toHaveLength(1)
  })

  it('goes to a supervisor who was neither where the two differ', () => {
    const disputed = after(review(after(record()), tanaka, ordinary), after(record()))
    expect(stateOf(disputed)).toBe('disputed')
    const verdict = harassment().verdict as Extract<Opinion['verdict'], { kind: 'harassment' }>
    const settled = (who: typeof sato, reason = '録音を確認') =>
      settleIncident(disputed, verdict, reason, who, at, ids())
    expect(answerOf(settled(tanaka))).toBe('reviewer_cannot_settle')
    expect(answerOf(settled(suzuki))).toBe('not_allowed')
    const watanabe = person('watanabe', 'supervisor')
    expect(answerOf(settled(watanabe, ''))).toBe('reason_missing')
    expect(after(settled(watanabe), disputed).decision).toMatchObject({
      how: 'settled',
      settledBy: 'watanabe',
    })
  })

  it('is judged by two others where it hit the one who records it', () => {
    const recorded = after(record({ takenBy: 'sato' }))
    expect(stateOf(recorded)).toBe('new')
    expect(answerOf(review(recorded, sato))).toBe('is_target')
    const once = after(review(recorded, suzuki), recorded)
    expect(after(review(once, kato), once).decision?.outcome).toBe('harassment')
  })

  it('is recorded by people who may, in that mailbox', () => {
    for (const who of [takahashi, ito]) expect(answerOf(record({}, who))).toBe('not_allowed')
    const local = { ...person('mori', 'reviewer'), within: { reviewer: ['billing'] } }
    expect(answerOf(record({}, local))).toBe('not_allowed')
    expect(answerOf(record({ mailboxId: 'billing' }, local))).toBe('accepted')
  })

  it.each([
    [{ occurredAt: '2026-11-24T05:00:00.000Z' }, 'incident_time_wrong'],
    [{ occurredAt: '' }, 'incident_time_wrong'],
    [{ minutes: null }, 'minutes_wrong'],
    [{ minutes: -1 }, 'minutes_wrong'],
    [{ minutes: 2000 }, 'minutes_wrong'],
    [{ kind: 'visit', minutes: 10 }, 'minutes_wrong'],
    [{ kind: 'post', minutes: null, postUrl: 'javascript:alert(1)' }, 'post_url_wrong'],
    [{ kind: 'post', minutes: null, postUrl: '' }, 'post_url_wrong'],
    [{ account: ' ' }, 'account_missing'],
  ] as const)('with %j is refused: %s', (over, reason) => {
    expect(answerOf(record(over))).toBe(reason)
  })
})
