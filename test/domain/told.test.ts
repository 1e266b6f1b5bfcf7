import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/domain/event.ts'
import type { Person } from '../../src/domain/person.ts'
import { kindsFor, plainChoices, sendAt, stillTold, waysOf } from '../../src/domain/told.kinds.ts'
import { reviewDue, type ThreadFacts } from '../../src/domain/told.table.ts'
import { isToldOf, peopleTold, secondReviewLate, tellingOf } from '../../src/domain/told.ts'
import { failuresMax, hears, retryAt, type Webhook } from '../../src/domain/webhook.ts'
import { at } from '../support/matters.ts'
import { ito, kato, person, sato, suzuki, takahashi, tanaka, watanabe } from '../support/people.ts'

const elsewhere: Person = { ...person('mori', 'supervisor'), within: { supervisor: ['other'] } }
const left: Person = { ...person('gone', 'supervisor', 'admin'), disabledAt: new Date(at) }
const secondAdmin = person('ota', 'admin')
const staff = [sato, suzuki, kato, tanaka, watanabe, takahashi, ito, secondAdmin, elsewhere, left]

const facts: ThreadFacts = {
  mailboxId: 'mailbox-1',
  severity: 2,
  categories: ['verbal_abuse'],
  targets: [],
  reviewers: ['sato', 'suzuki'],
  writers: { 'letter-1': ['sato'] },
  involved: { x: ['sato', 'suzuki', 'tanaka'] },
  sides: [],
}

/** Names of who is told of it, in the order of the staff. */
function told(event: Record<string, unknown>, given: Partial<ThreadFacts> = {}): string[] {
  const whole = { at, by: null, threadId: 'thread-1', ...event } as Event
  const telling = tellingOf(7, whole, { ...facts, ...given })
  return telling ? peopleTold(telling, staff).map(({ id }) => id) : []
}

const assessed = {
  kind: 'thread_assessed',
  messageId: 'm',
  ruleSet: 'r',
  severity: 3,
  categories: ['threat'],
  flags: [],
  muted: false,
}

describe('who is told of what', () => {
  it.each<[string, Record<string, unknown>, Partial<ThreadFacts>, string[]]>([
    ['an alert', { kind: 'alert_raised' }, {}, ['tanaka', 'watanabe']],
    ['an urgent thread', assessed, {}, ['sato', 'suzuki', 'kato', 'tanaka', 'watanabe']],
    [
      'a life at risk',
      { ...assessed, severity: 0, flags: ['self_harm'] },
      { targets: ['kato'] },
      ['sato', 'suzuki', 'tanaka', 'watanabe'],
    ],
    ['any other mail', { ...assessed, severity: 2 }, {}, []],
    ['muted mail', { ...assessed, muted: true }, {}, []],
    ['mail that came in', { kind: 'message_received' }, {}, []],
    ['a dispute', { kind: 'dispute_opened' }, {}, ['tanaka', 'watanabe']],
    [
      'a dispute of a supervisor’s review',
      { kind: 'dispute_opened' },
      { reviewers: ['tanaka', 'sato'] },
      ['watanabe'],
    ],
    [
      'a measure',
      { kind: 'measure_proposed', measureId: 'x', reviewers: ['sato', 'tanaka'], by: 'sato' },
      {},
      ['watanabe'],
    ],
    [
      'a measure about mail that attacks a supervisor',
      { kind: 'measure_proposed', measureId: 'x', reviewers: ['sato', 'suzuki'] },
      { targets: ['tanaka'] },
      ['watanabe'],
    ],
    [
      'a reply that waits',
      { kind: 'reply_submitted', letterId: 'letter-1', by: 'sato' },
      {},
      ['suzuki', 'kato', 'tanaka', 'watanabe'],
    ],
    [
      'a reply that came back',
      { kind: 'reply_returned', letterId: 'letter-1', by: 'suzuki' },
      {},
      ['sato'],
    ],
    [
      'a reply that was changed',
      { kind: 'reply_changed', letterId: 'letter-1', by: 'suzuki' },
      { writers: { 'letter-1': ['suzuki', 'sato'] } },
      ['sato'],
    ],
    [
      'a note that calls people',
      { kind: 'note_written', noteId: 'n', mentions: ['kato', 'takahashi'] },
      {},
      ['kato', 'takahashi'],
    ],
    [
      'a note that calls its own writer',
      { kind: 'note_written', noteId: 'n', mentions: ['kato'], by: 'kato' },
      {},
      [],
    ],
    [
      'a thread that is handed over',
      { kind: 'thread_assigned', to: 'kato', how: 'handed', by: 'sato' },
      {},
      ['kato'],
    ],
    ['a thread given by load', { kind: 'thread_assigned', to: 'kato', how: 'load' }, {}, ['kato']],
    ['a thread that somebody took', { kind: 'thread_assigned', to: 'kato', how: 'taken' }, {}, []],
    [
      'a review date that is near',
      { kind: 'review_reminded', measureId: 'x', reviewAt: at },
      { targets: ['tanaka'] },
      ['watanabe'],
    ],
    [
      'an objection to what a supervisor confirmed',
      { kind: 'objection_received', measureId: 'x', by: 'kato' },
      {},
      ['watanabe'],
    ],
    [
      'figures of muted mail',
      { kind: 'digest_made', measureId: 'x', mails: 2, severity: 1, categories: { threat: 1 } },
      {},
      ['tanaka', 'watanabe'],
    ],
    [
      'figures of no mail',
      { kind: 'digest_made', measureId: 'x', mails: 0, severity: 0, categories: {} },
      {},
      [],
    ],
    [
      'a letter that bounced',
      { kind: 'bounce_received', letterId: 'letter-1' },
      {},
      ['sato', 'tanaka', 'watanabe'],
    ],
    [
      'a letter that was refused',
      { kind: 'letter_refused', letterId: 'letter-1' },
      {},
      ['sato', 'tanaka', 'watanabe'],
    ],
    [
      'a letter of unknown result',
      { kind: 'letter_uncertain', letterId: 'none' },
      {},
      ['tanaka', 'watanabe'],
    ],
  ])('%s', (_, event, given, who) => {
    expect(told(event, given)).toEqual(who)
  })

  it('is nobody of the whole house’s own affairs but who decides on them', () => {
    const about = (event: Record<string, unknown>) => {
      const telling = tellingOf(1, { at, by: null, ...event } as Event, null)
      return telling ? peopleTold(telling, staff).map(({ id }) => id) : []
    }
    const rights = { kind: 'rights_proposed', personId: 'kato', by: 'ito' }
    expect(about({ ...rights, effectiveAt: null })).toEqual(['ota'])
    expect(about({ ...rights, effectiveAt: at })).toEqual(['tanaka', 'watanabe', 'ota', 'mori'])
    const changed = { kind: 'rule_change_proposed', proposalId: 'p', by: 'tanaka' }
    expect(about(changed)).toEqual(['watanabe'])
    expect(about({ ...changed, kind: 'template_change_proposed' })).toEqual(['watanabe'])
    const webhook = { kind: 'webhook_paused', webhookId: 'w', ownerId: null }
    expect(about(webhook)).toEqual(['ito', 'ota'])
    expect(about({ ...webhook, by: 'ito' })).toEqual([])
    expect(about({ ...webhook, kind: 'webhook_given_up', ownerId: 'sato' })).toEqual(['sato'])
  })

  it('is who may confirm a join on both sides, and never by one mailbox alone', () => {
    const join = { kind: 'join_proposed', joinId: 'j', senderId: 'a', otherId: 'b', by: 'sato' }
    const event = { at, ...join } as Event
    const telling = tellingOf(7, event, { ...facts, mailboxId: null, sides: [['other'], ['x']] })
    const names = telling && peopleTold(telling, staff).map(({ id }) => id)
    expect(names).toEqual(['suzuki', 'kato', 'tanaka', 'watanabe'])
    expect(telling).toMatchObject({ path: '/senders/a/joining', mailboxId: null })
    const local = tellingOf(7, event, { ...facts, mailboxId: null, sides: [['other'], ['other']] })
    expect(local && peopleTold(local, [elsewhere])).toEqual([elsewhere])
  })

  it('is others than whom an incident hit and who judged it', () => {
    const about = (kind: string, given: Partial<ThreadFacts>) => {
      const event = { at, by: 'sato', kind, incidentId: 'i', mailboxId: 'mailbox-1' }
      const telling = tellingOf(7, event as unknown as Event, { ...facts, ...given })
      return telling ? peopleTold(telling, staff).map(({ id }) => id) : []
    }
    const waits = { reviewers: ['sato'], targets: ['kato'] }
    expect(about('incident_recorded', waits)).toEqual(['suzuki', 'tanaka', 'watanabe'])
    expect(about('incident_recorded', { reviewers: ['sato', 'suzuki'] })).toEqual([])
    expect(about('incident_disputed', { reviewers: ['sato', 'tanaka'] })).toEqual(['watanabe'])
  })

  it('is somebody other than its maker where a token waits', () => {
    const made = (waits: boolean) => {
      const event = { kind: 'token_made', at, by: 'ito', tokenId: 't', waits }
      const telling = tellingOf(7, event as unknown as Event, null)
      return telling ? peopleTold(telling, staff).map(({ id }) => id) : []
    }
    expect(made(true)).toEqual(['tanaka', 'watanabe', 'ota'])
    expect(made(false)).toEqual([])
  })

  it('is once of a review date, whether the ladder or the calendar says it', () => {
    const reminded = { at, by: null, kind: 'review_reminded', measureId: 'm', threadId: 'thread-1' }
    const said = tellingOf(7, { ...reminded, reviewAt: at } as unknown as Event, facts)
    const due = reviewDue({ id: 'm', threadId: 'thread-1', reviewAt: at }, facts)
    expect([said?.kind, said?.source]).toEqual([due.kind, due.source])
  })

  it('is others than the first reviewer where the second review is late', () => {
    const telling = secondReviewLate('thread-1', 2, {
      ...facts,
      reviewers: ['sato'],
      targets: ['kato'],
    })
    expect(peopleTold(telling, staff).map(({ id }) => id)).toEqual(['suzuki', 'tanaka', 'watanabe'])
    expect(secondReviewLate('thread-1', 3, facts).source).not.toBe(telling.source)
  })

  it('is the supervisors where a suspension is to be reviewed', () => {
    const telling = reviewDue({ id: 'm', threadId: 'thread-1', reviewAt: at }, facts)
    expect(peopleTold(telling, staff).map(({ id }) => id)).toEqual(['tanaka', 'watanabe'])
    expect(telling.path).toBe('/measures/m')
  })

  it('loads nothing for most mail', () => {
    expect(isToldOf({ at, by: null, threadId: 't', ...assessed, severity: 2 } as Event)).toBe(false)
    expect(isToldOf({ at, by: null, threadId: 't', ...assessed } as Event)).toBe(true)
  })

  it('ends with the role or the mailbox', () => {
    const alert = { kind: 'alert', mailboxId: 'mailbox-1' } as const
    expect(stillTold(tanaka, alert)).toBe(true)
    expect(stillTold(elsewhere, alert)).toBe(false)
    expect(stillTold(left, alert)).toBe(false)
    expect(kindsFor(ito)).toEqual([
      'rights_waiting',
      'rights_objectable',
      'token_waiting',
      'care_offered',
      'consultation_answered',
      'webhook_trouble',
    ])
    expect(kindsFor(sato)).not.toContain('alert')
  })
})

describe('when it is sent', () => {
  const zone = 'Asia/Tokyo'
  const night = { ...plainChoices, quiet: { from: '22:00', to: '07:00' } }
  const mail = { kind: 'dispute', by: 'mail' } as const

  it('is at once, unless people chose otherwise', () => {
    expect(sendAt(plainChoices, mail, at, zone)).toBe(at)
    expect(waysOf(plainChoices, 'alert')).toEqual({ mail: true, webhook: true })
    expect(waysOf(plainChoices, 'approval_wanted').mail).toBe(false)
    const no = { ...plainChoices, by: { alert: { mail: false, webhook: false } } }
    expect(waysOf(no, 'alert').mail).toBe(false)
  })

  it.each([
    ['23:30 in Tokyo', '2026-11-23T14:30:20.000Z', '2026-11-23T22:00:00.000Z'],
    ['06:59 in Tokyo', '2026-11-23T21:59:59.000Z', '2026-11-23T22:00:00.000Z'],
    ['07:00 in Tokyo', '2026-11-23T22:00:00.000Z', '2026-11-23T22:00:00.000Z'],
    ['21:59 in Tokyo', '2026-11-23T12:59:00.000Z', '2026-11-23T12:59:00.000Z'],
  ])('is after the quiet hours: %s', (_, now, then) => {
    expect(sendAt(night, mail, now, zone)).toBe(then)
  })

  it('is at once all the same for what is pressing, where people want that', () => {
    const now = '2026-11-23T14:30:20.000Z'
    const alert = { kind: 'alert', by: 'mail' } as const
    expect(sendAt(night, alert, now, zone)).toBe(now)
    expect(sendAt({ ...night, pressingAnyway: false }, alert, now, zone)).not.toBe(now)
  })

  it('is with others by mail, where it is gathered', () => {
    const hourly = { ...plainChoices, gatherMinutes: 60 }
    const now = '2026-11-23T05:01:00.000Z'
    expect(sendAt(hourly, mail, now, zone)).toBe('2026-11-23T06:00:00.000Z')
    expect(sendAt(hourly, { ...mail, by: 'webhook' }, now, zone)).toBe(now)
  })
})

describe('a webhook of the house', () => {
  const webhook: Webhook = {
    id: 'w',
    ownerId: null,
    name: 'chat',
    format: 'slack',
    host: 'hooks.example.org',
    language: 'ja',
    kinds: ['alert'],
    mailboxes: ['a'],
    pausedAt: null,
    failures: 0,
  }

  it('hears of its kinds in its mailboxes, and of nothing while it is paused', () => {
    expect(hears(webhook, { kind: 'alert', mailboxId: 'a' })).toBe(true)
    expect(hears(webhook, { kind: 'alert', mailboxId: 'b' })).toBe(false)
    expect(hears(webhook, { kind: 'alert', mailboxId: null })).toBe(false)
    expect(hears(webhook, { kind: 'dispute', mailboxId: 'a' })).toBe(false)
    expect(hears({ ...webhook, pausedAt: at }, { kind: 'alert', mailboxId: 'a' })).toBe(false)
    expect(hears({ ...webhook, mailboxes: null }, { kind: 'alert', mailboxId: null })).toBe(true)
    expect(hears({ ...webhook, ownerId: 'sato' }, { kind: 'alert', mailboxId: 'a' })).toBe(false)
  })

  it('is tried again for a day with growing pauses', () => {
    const made = '2026-11-23T00:00:00.000Z'
    const times: string[] = []
    for (let now: string | null = made; now; now = retryAt(times.length, made, now)) times.push(now)
    expect(times[1]).toBe('2026-11-23T00:00:30.000Z')
    expect(times.length).toBeGreaterThan(8)
    expect(times.length).toBeLessThan(failuresMax)
    expect((times.at(-1) ?? '') <= '2026-11-24T00:00:00.000Z').toBe(true)
    expect((times.at(-1) ?? '') >= '2026-11-23T20:00:00.000Z').toBe(true)
  })
})
