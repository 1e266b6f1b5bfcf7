import { describe, expect, it } from 'vitest'
import { assign, type Load, leastLoaded, release } from '../../src/domain/assignment.ts'
import type { Event } from '../../src/domain/event.ts'
import { fileAway } from '../../src/domain/filing.ts'
import { apply, type Matter, queueStateOf } from '../../src/domain/matter.ts'
import { mentionedIn, writeNote } from '../../src/domain/note.ts'
import { submitReply, withdrawReply } from '../../src/domain/reply.ts'
import { morningOn, presetInstant, snooze, wake } from '../../src/domain/snooze.ts'
import { nameTarget } from '../../src/domain/target.ts'
import { giveReview } from '../../src/domain/thread.ts'
import { daysAfter } from '../../src/domain/time.ts'
import { withdrawReview } from '../../src/domain/withdrawal.ts'
import {
  after,
  answerOf,
  at,
  harassment,
  ids,
  mailIn,
  newMatter,
  ordinary,
} from '../support/matters.ts'
import { kato, person, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

const assessed = (severity: 0 | 1 | 2 | 3, flags: readonly 'self_harm'[] = []): Event => ({
  kind: 'thread_assessed',
  at,
  by: null,
  threadId: 'thread-1',
  messageId: 'message-1',
  ruleSet: 'r',
  severity,
  categories: [],
  flags,
  muted: false,
})

const to = (one: typeof sato, from: string | null = null, remark = '') => ({
  to: one,
  from,
  remark,
})

describe('an assignment', () => {
  it('is taken, handed on with a remark, and given back', () => {
    const taken = after(newMatter(), assign(newMatter().thread, to(sato), sato, at))
    expect(taken.thread.assignment).toMatchObject({ to: 'sato', how: 'taken', by: 'sato' })
    const given = after(taken, assign(taken.thread, to(suzuki, 'sato', '詳しい方へ'), sato, at))
    expect(given.thread.assignment).toMatchObject({
      to: 'suzuki',
      how: 'handed',
      by: 'sato',
      remark: '詳しい方へ',
    })
    expect(after(given, release(given.thread, 'suzuki', kato, at)).thread.assignment).toBeNull()
  })

  it('is refused on a page that somebody has overtaken', () => {
    const taken = after(newMatter(), assign(newMatter().thread, to(sato), sato, at))
    expect(answerOf(assign(taken.thread, to(suzuki), suzuki, at))).toBe('assigned_meanwhile')
    expect(answerOf(release(taken.thread, null, suzuki, at))).toBe('assigned_meanwhile')
  })

  it('goes to nobody who cannot review, has left, or is attacked; and falls when they are', () => {
    const m = newMatter()
    const gone = { ...kato, disabledAt: new Date(at) }
    for (const one of [takahashi, gone]) {
      expect(answerOf(assign(m.thread, to(one), sato, at))).toBe('cannot_be_assigned')
    }
    const taken = after(m, assign(m.thread, to(suzuki), sato, at))
    const attacked = after(taken, nameTarget(taken.thread, 'suzuki', sato, at))
    expect(attacked.thread.assignment).toBeNull()
    expect(answerOf(assign(attacked.thread, to(suzuki), sato, at))).toBe('cannot_be_assigned')
    expect(answerOf(assign(attacked.thread, to(suzuki), suzuki, at))).toBe('is_target')
  })

  it('limits nobody: another one reviews what is somebody’s', () => {
    const taken = after(newMatter(), assign(newMatter().thread, to(sato), sato, at))
    const given = { revision: 1, opinion: ordinary }
    expect(answerOf(giveReview(taken.thread, given, suzuki, at, ids()))).toBe('accepted')
  })
})

describe('the load', () => {
  const load = (one: typeof sato, open: number, burden = 0, absent = false, harsh = 0): Load => ({
    person: one,
    open,
    harsh,
    lastHarsh: false,
    burden,
    absent,
  })
  const { thread } = newMatter()

  it('sends a thread to who has least, exposure counted in and more so for a harsh one', () => {
    expect(leastLoaded(thread, [load(sato, 3), load(suzuki, 2)])?.id).toBe('suzuki')
    const loads = [load(sato, 4), load(suzuki, 1, 2)]
    expect(leastLoaded(thread, loads)?.id).toBe('suzuki')
    const harsh = apply(newMatter(), assessed(2)).thread
    expect(leastLoaded(harsh, loads)?.id).toBe('sato')
  })

  it('gives nobody a second harsh thread while somebody else has none', () => {
    const harsh = apply(newMatter(), assessed(2)).thread
    expect(leastLoaded(harsh, [load(sato, 1, 0, false, 1), load(suzuki, 9, 4)])?.id).toBe('suzuki')
    expect(leastLoaded(thread, [load(sato, 1, 0, false, 1), load(suzuki, 9, 4)])?.id).toBe('sato')
    const both = [load(sato, 1, 0, false, 1), load(suzuki, 9, 4, false, 1)]
    expect(leastLoaded(harsh, both)?.id).toBe('sato')
  })

  it('gives nobody two harsh threads in a row while somebody else is free', () => {
    const harsh = apply(newMatter(), assessed(3)).thread
    const had = { ...load(sato, 0), lastHarsh: true }
    expect(leastLoaded(harsh, [had, load(suzuki, 9, 4)])?.id).toBe('suzuki')
    // One who has a harsh one open, but had another since, comes before who just had one.
    expect(leastLoaded(harsh, [had, load(suzuki, 9, 4, false, 1)])?.id).toBe('suzuki')
    expect(leastLoaded(thread, [had, load(suzuki, 9, 4)])?.id).toBe('sato')
    expect(leastLoaded(harsh, [had, load(suzuki, 9, 4, true)])?.id).toBe('sato')
  })

  it('offers a thread to nobody who passed it on', () => {
    const loads = [load(sato, 0), load(suzuki, 5)]
    expect(leastLoaded(thread, loads, new Set(['sato']))?.id).toBe('suzuki')
    expect(leastLoaded(thread, loads, new Set(['sato', 'suzuki']))).toBeNull()
  })

  it('leaves out who is absent, attacked, gone, or no reviewer of that mailbox', () => {
    const elsewhere = { ...kato, within: { reviewer: ['other'] } }
    const gone = { ...sato, disabledAt: new Date(at) }
    const loads = [load(suzuki, 0, 0, true), load(elsewhere, 0), load(gone, 0), load(tanaka, 0)]
    expect(leastLoaded(thread, loads)).toBeNull()
    expect(leastLoaded({ ...thread, targets: ['sato'] }, [load(sato, 0)])).toBeNull()
  })
})

describe('a snooze', () => {
  const until = daysAfter(at, 2)
  const off = after(newMatter(), snooze(newMatter(), until, sato, at))

  it('puts a thread off, and anybody may bring it back', () => {
    expect(off.thread.snoozed).toEqual({ until, by: 'sato' })
    expect(after(off, wake(off, suzuki, at)).thread.snoozed).toBeNull()
  })

  it('ends with new mail, with harm that was found, and with whatever somebody does next', () => {
    expect(apply(off, mailIn('message-2')).thread.snoozed).toBeNull()
    expect(apply(off, mailIn('message-2', { mutedBy: 'm' })).thread.snoozed).not.toBeNull()
    expect(apply(off, assessed(3)).thread.snoozed).toBeNull()
    expect(apply(off, assessed(2)).thread.snoozed).not.toBeNull()
    const given = { revision: 1, opinion: ordinary }
    expect(after(off, giveReview(off.thread, given, sato, at, ids())).thread.snoozed).toBeNull()
    expect(after(off, assign(off.thread, to(suzuki), sato, at)).thread.snoozed).toBeNull()
  })

  it('is refused for what is urgent, done, disputed, or beyond a sane date', () => {
    const urgent = apply(newMatter(), assessed(3))
    const ill = apply(newMatter(), assessed(0, ['self_harm']))
    for (const m of [urgent, ill]) {
      expect(answerOf(snooze(m, until, sato, at))).toBe('urgent_waits_not')
    }
    for (const wrong of [at, daysAfter(at, -1), daysAfter(at, 91)]) {
      expect(answerOf(snooze(newMatter(), wrong, sato, at))).toBe('snooze_date_wrong')
    }
    const one = after(newMatter(), review(newMatter(), sato, harassment()))
    const disputed = after(one, review(one, suzuki, ordinary))
    expect(answerOf(snooze(disputed, until, kato, at))).toBe('not_allowed')
    expect(answerOf(snooze(disputed, until, tanaka, at))).toBe('accepted')
    const no = { ...ordinary, verdict: { kind: 'ordinary', needsReply: false } } as const
    const first = after(newMatter(), review(newMatter(), sato, no))
    const done = after(first, review(first, suzuki, no))
    expect(answerOf(snooze(done, until, kato, at))).toBe('not_in_queue')
  })

  it('has presets on Japan’s mornings, whatever the hour', () => {
    // Sunday 23:30 in Tokyo, and Monday 00:30 there.
    const sunday = '2026-11-29T14:30:00.000Z'
    const monday = '2026-11-29T15:30:00.000Z'
    expect(presetInstant('tomorrow', sunday)).toBe('2026-11-30T00:00:00.000Z')
    expect(presetInstant('monday', sunday)).toBe('2026-11-30T00:00:00.000Z')
    expect(presetInstant('monday', monday)).toBe('2026-12-07T00:00:00.000Z')
    expect(presetInstant('week', monday)).toBe('2026-12-07T00:00:00.000Z')
    expect(morningOn('2026-12-24')).toBe('2026-12-24T00:00:00.000Z')
    for (const wrong of ['', 'tomorrow', '2026-13-40', '24.12.2026']) {
      expect(morningOn(wrong)).toBeNull()
    }
  })
})

describe('a first review', () => {
  const one = after(newMatter(), review(newMatter(), sato, harassment()))

  it('is taken back by its author, and is as if it had not been', () => {
    const back = after(one, withdrawReview(one, sato, at))
    expect(back).toEqual(newMatter())
    expect(queueStateOf(back)).toBe('new')
    expect(answerOf(review(back, sato, ordinary))).toBe('accepted')
  })

  it('is not taken back by others, after a second one, or once new mail came', () => {
    expect(answerOf(withdrawReview(one, suzuki, at))).toBe('review_not_open')
    const two = after(one, review(one, suzuki, harassment()))
    for (const who of [sato, suzuki]) {
      expect(answerOf(withdrawReview(two, who, at))).toBe('review_not_open')
    }
    const disputed = after(one, review(one, suzuki, ordinary))
    expect(answerOf(withdrawReview(disputed, sato, at))).toBe('review_not_open')
    expect(answerOf(withdrawReview(apply(one, mailIn('m2')), sato, at))).toBe('review_not_open')
  })

  const writing = { letterId: 'letter-1', revision: 1, contentSha256: 'b'.repeat(64) }

  it('that was a reply goes with the reply, and not without it', () => {
    const m = after(newMatter(), submitReply(newMatter(), writing, sato, at, ids()))
    expect(answerOf(withdrawReview(m, sato, at))).toBe('reply_stands_for_review')
    const gone = after(m, withdrawReply(m, 'letter-1', sato, at))
    expect(gone.thread.reviews).toEqual([])
    expect(queueStateOf(gone)).toBe('new')
  })

  it('that was given before the reply stays when the reply is withdrawn', () => {
    const judged = after(newMatter(), review(newMatter(), sato, ordinary))
    const m = after(judged, submitReply(judged, writing, sato, at, ids()))
    expect(answerOf(withdrawReview(m, sato, at))).toBe('reply_stands_for_review')
    const gone = after(m, withdrawReply(m, 'letter-1', sato, at))
    expect(gone.thread.reviews).toHaveLength(1)
  })
})

function review(m: Matter, who: typeof sato, opinion: typeof ordinary) {
  return giveReview(m.thread, { revision: m.thread.revision, opinion }, who, at, ids())
}

describe('a note', () => {
  it('calls only who reads the mailbox', () => {
    const { thread } = newMatter()
    const note = { noteId: 'n', bodySha256: 'c'.repeat(64) }
    const elsewhere = { ...kato, within: { reviewer: ['other'] } }
    expect(answerOf(writeNote(thread, { ...note, mentions: [suzuki] }, sato, at))).toBe('accepted')
    expect(answerOf(writeNote(thread, { ...note, mentions: [elsewhere] }, sato, at))).toBe(
      'mention_unknown',
    )
    expect(answerOf(writeNote(thread, { ...note, mentions: [] }, takahashi, at))).toBe(
      'not_allowed',
    )
  })

  const staff = [
    { id: '1', name: '佐藤 美咲' },
    { id: '2', name: '佐藤 健' },
    { id: '3', name: '鈴木 健太' },
    { id: '4', name: 'Anna Lee' },
    { id: '5', name: '鈴' },
  ]
  const called = (body: string) => mentionedIn(body, staff).map(({ id }) => id)

  it.each([
    ['@佐藤美咲さん、お願いします。', ['1']],
    ['＠佐藤　健 さんへ', ['2']],
    ['@鈴木さん確認をお願いします', ['3']],
    ['@佐藤さんへ', []],
    ['@anna lee please', ['4']],
    ['cc @佐藤 美咲 @鈴木健太', ['1', '3']],
    ['佐藤 美咲さんは休みです。mail@example.com', []],
    ['@', []],
    ['@鈴さん', ['5']],
  ])('finds whom %s calls', (body, expected) => {
    expect(called(body)).toEqual(expected)
  })
})

describe('mail of machines', () => {
  const machine = apply(newMatter(0), {
    ...(mailIn('m1') as Extract<Event, { kind: 'message_received' }>),
    nature: 'auto_generated',
  })

  it('is filed away by two different people, and by nobody alone', () => {
    const one = after(machine, fileAway(machine.thread, 1, sato, at, ids()))
    expect([queueStateOf(machine), queueStateOf(one)]).toEqual(['filed', 'filed_second'])
    expect(answerOf(fileAway(one.thread, 1, sato, at, ids()))).toBe('already_reviewed')
    const two = after(one, fileAway(one.thread, 1, suzuki, at, ids()))
    expect(two.thread.decisions[0]).toMatchObject({ outcome: 'ordinary', needsReply: false })
    expect(queueStateOf(two)).toBe('done')
  })

  it('is looked at by itself where the rules saw something, and a person’s mail always is', () => {
    for (const seen of [assessed(1), assessed(0, ['self_harm'])]) {
      const { thread } = apply(machine, seen)
      expect(answerOf(fileAway(thread, 1, sato, at, ids()))).toBe('look_at_it_first')
    }
    expect(answerOf(fileAway(newMatter().thread, 1, sato, at, ids()))).toBe('not_filed')
    expect(answerOf(fileAway(machine.thread, 0, sato, at, ids()))).toBe('stale_revision')
    const attacked = { ...machine.thread, targets: ['sato'] }
    expect(answerOf(fileAway(attacked, 1, sato, at, ids()))).toBe('is_target')
  })
})

it('nobody works on a thread by a role that holds elsewhere only', () => {
  const mori = { ...person('mori', 'reviewer'), within: { reviewer: ['other'] } }
  const m = newMatter()
  for (const step of [
    assign(m.thread, to(sato), mori, at),
    assign(m.thread, to(mori), sato, at),
    snooze(m, daysAfter(at, 1), mori, at),
    withdrawReview(m, mori, at),
    wake(m, mori, at),
  ]) {
    expect(['not_allowed', 'cannot_be_assigned']).toContain(answerOf(step))
  }
})
