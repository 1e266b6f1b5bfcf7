import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compositionOf,
  type Held,
  join,
  type MailFacts,
  split,
  undo,
} from '../../src/domain/arrange.ts'
import type { ArrangeEvent } from '../../src/domain/arrange-event.ts'
import type { Event } from '../../src/domain/event.ts'
import { type Matter, queueRankOf, queueStateOf, rankOutside } from '../../src/domain/matter.ts'
import { giveReview } from '../../src/domain/thread.ts'
import { openWorld, type World } from '../../src/domain/world.ts'
import { answerOf, at, ids, mailIn, newMatter, ordinary } from '../support/matters.ts'
import { kato, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

/** Threads of two senders with every mail in them, as the log leaves them. */
type House = {
  readonly world: World
  readonly mails: Map<string, MailFacts[]>
  readonly log: Event[]
}

function newHouse(): House {
  const house: House = { world: openWorld(), mails: new Map(), log: [] }
  for (const [thread, sender, count] of [
    ['t1', 's1', 3],
    ['t2', 's1', 2],
    ['t3', 's2', 2],
  ] as const) {
    for (let n = 1; n <= count; n += 1) {
      const muted = thread === 't2' && n === 1 ? 'suspension' : null
      const over = { identity: n === 2 ? ('unverified' as const) : ('verified' as const) }
      const event = mailIn(`${thread}-m${n}`, muted ? { ...over, mutedBy: muted } : over)
      happen(house, [{ ...event, threadId: thread, senderId: sender } as Event])
      const facts = { id: `${thread}-m${n}`, direction: 'in', nature: 'person', ...over } as const
      const mail = { ...facts, mutedBy: muted, mailboxId: 'mailbox-1', senderId: sender }
      house.mails.set(thread, [...(house.mails.get(thread) ?? []), mail])
    }
  }
  return house
}

function happen(house: House, events: readonly Event[]): void {
  for (const event of events) {
    house.log.push(event)
    house.world.apply(event)
    if (event.kind !== 'mails_moved_in') continue
    const moved = (house.mails.get(event.other) ?? []).filter(({ id }) =>
      event.messageIds.includes(id),
    )
    const left = (house.mails.get(event.other) ?? []).filter((mail) => !moved.includes(mail))
    house.mails.set(event.other, left)
    house.mails.set(event.threadId, [...(house.mails.get(event.threadId) ?? []), ...moved])
  }
}

function held(house: House, id: string): Held {
  return { matter: house.world.matter(id) as Matter, mails: house.mails.get(id) ?? [] }
}

const act = fc.record({
  kind: fc.constantFrom('split', 'split', 'join', 'join', 'undo', 'undo', 'mail', 'review'),
  from: fc.nat({ max: 5 }),
  into: fc.nat({ max: 5 }),
  chosen: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }),
  who: fc.constantFrom(sato, tanaka, takahashi),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

let count = 0
function fresh(what: string): string {
  count += 1
  return `${what}-${count}`
}

function play(house: House, { kind, from, into, chosen, who }: Act): void {
  const all = [...house.world.threadIds()]
  const [source, target] = [all[from % all.length] ?? '', all[into % all.length] ?? '']
  const a = held(house, source)
  const b = held(house, target)
  const { revision } = a.matter.thread
  const step = (() => {
    switch (kind) {
      case 'split': {
        const messageIds = chosen.flatMap((n) => a.mails[n]?.id ?? [])
        const made = { move: fresh('move'), thread: fresh('thread') }
        return split(a, { revision, messageIds }, made, who, at)
      }
      case 'join': {
        const intoRevision = b.matter.thread.revision
        return join(a, b, { revision, intoRevision }, fresh('move'), who, at)
      }
      case 'undo': {
        const moves = house.log.filter(
          (e): e is ArrangeEvent & Event => e.kind === 'mails_moved_out',
        )
        const undone = new Set(moves.map(({ undoes }) => undoes))
        const open = moves.filter(({ moveId }) => !undone.has(moveId))
        const move = open[from % Math.max(open.length, 1)]
        if (!move) return null
        const [there, back] = [held(house, move.other), held(house, move.threadId)]
        return undo(move, there, back, fresh('move'), who, at)
      }
      case 'review':
        return giveReview(a.matter.thread, { revision, opinion: ordinary }, who, at, ids())
      case 'mail': {
        if (a.matter.thread.joinedInto !== null) return null
        const { senderId } = a.matter.thread
        const id = fresh('m')
        const mail = mailIn(id)
        const facts = { id, direction: 'in', nature: 'person', identity: 'verified' } as const
        const kept = { ...facts, mutedBy: null, mailboxId: 'mailbox-1', senderId }
        house.mails.set(source, [...a.mails, kept])
        return { kind: 'step' as const, events: [{ ...mail, threadId: source, senderId } as Event] }
      }
    }
  })()
  if (step?.kind === 'step') happen(house, step.events)
}

const runs = { numRuns: 1_000 }

describe('in no sequence of splits, joins and undos', () => {
  it('is a mail lost, or in two threads, or with another sender’s', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const house = newHouse()
        for (const one of acts) play(house, one)
        const received = house.log.filter(({ kind }) => kind === 'message_received').length
        const all = [...house.mails.values()].flat()
        expect(new Set(all.map(({ id }) => id)).size).toBe(received)
        for (const [id, mails] of house.mails) {
          const sender = house.world.matter(id)?.thread.senderId
          expect(mails.every(({ senderId }) => senderId === sender)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('does a thread differ from what its mails say, or an empty one wait for anybody', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const house = newHouse()
        for (const one of acts) play(house, one)
        for (const id of house.world.threadIds()) {
          const matter = house.world.matter(id) as Matter
          const mails = house.mails.get(id) ?? []
          const { unverified, filed, muted, joinedInto } = matter.thread
          const now = compositionOf(mails)
          expect({ mails: mails.length, unverified, filed, muted }).toEqual(now)
          expect(joinedInto !== null).toBe(mails.length === 0)
          if (mails.length > 0) continue
          expect(queueStateOf(matter)).toBe('joined')
          expect(queueRankOf(matter)).toBeGreaterThanOrEqual(rankOutside)
          let end = matter.thread
          for (let hop = 0; end.joinedInto !== null; hop += 1) {
            expect(hop).toBeLessThan(40)
            end = (house.world.matter(end.joinedInto) as Matter).thread
          }
        }
      }),
      runs,
    )
  })

  it('does replaying the log give another state', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const house = newHouse()
        for (const one of acts) play(house, one)
        const again = openWorld()
        for (const event of house.log) again.apply(event)
        for (const id of house.world.threadIds()) {
          expect(again.matter(id)).toEqual(house.world.matter(id))
        }
      }),
      runs,
    )
  })
})

describe('moving mails', () => {
  const two = (): Held => {
    const matter = newMatter(2)
    const facts = { direction: 'in', identity: 'verified', nature: 'person' } as const
    const mails = ['message-1', 'message-2'].map((id) => {
      return { ...facts, id, mutedBy: null, mailboxId: 'mailbox-1', senderId: 'sender-1' }
    })
    return { matter, mails }
  }
  const move = { move: 'move-1', thread: 'thread-2' }
  const given = { revision: 2, messageIds: ['message-2'] }

  it('is for who reviews, and for nobody who only reads', () => {
    expect(answerOf(split(two(), given, move, kato, at))).toBe('accepted')
    expect(answerOf(split(two(), given, move, tanaka, at))).toBe('accepted')
    expect(answerOf(split(two(), given, move, takahashi, at))).toBe('not_allowed')
  })

  it('leaves the hidden first review behind with its revision', () => {
    const from = two()
    const reviewed = giveReview(
      from.matter.thread,
      { revision: 2, opinion: ordinary },
      sato,
      at,
      ids(),
    )
    const world = openWorld()
    for (const n of [1, 2]) world.apply(mailIn(`message-${n}`))
    if (reviewed.kind === 'step') for (const event of reviewed.events) world.apply(event)
    const before = { ...from, matter: world.matter('thread-1') as Matter }
    const step = split(before, given, move, suzuki, at)
    if (step.kind === 'step') for (const event of step.events) world.apply(event)
    expect(world.matter('thread-1')?.thread).toMatchObject({ revision: 3, reviews: [] })
    expect(world.matter('thread-2')?.thread).toMatchObject({ revision: 1, reviews: [] })
  })
})
