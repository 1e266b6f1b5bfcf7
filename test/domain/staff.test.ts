import { describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import {
  applyToRights,
  declineRights,
  disable,
  type Grant,
  invite,
  proposeRights,
  type Rights,
  readmit,
  rightsDue,
  type Staff,
  secondRights,
} from '../../src/domain/staff.ts'
import type { Refusal, Step } from '../../src/domain/step.ts'
import { answerOf, at } from '../support/matters.ts'
import { ito, person, sato, suzuki, takahashi, tanaka } from '../support/people.ts'

const mori = person('mori', 'admin')
const both: Staff = { people: [sato, suzuki, tanaka, takahashi, ito, mori], waiting: [] }
const alone: Staff = { people: [sato, suzuki, tanaka, takahashi, ito], waiting: [] }
const rights = (roles: Person['roles'], within: Person['within'] = {}): Rights => ({
  roles,
  within,
})
const later = (days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString()

function eventsOf(answer: Step | Refusal) {
  if (answer.kind === 'refused') throw new Error(answer.reason)
  return answer.events
}

function waiting(staff: Staff, over: Partial<Grant> = {}): Staff {
  const grant: Grant = {
    id: 'grant-1',
    personId: 'sato',
    proposedBy: 'ito',
    proposedAt: at,
    effectiveAt: null,
    ...rights(['reviewer', 'supervisor']),
    ...over,
  }
  return { ...staff, waiting: [grant] }
}

const propose = (staff: Staff, who: Person, whom: Person, wanted: Rights) =>
  proposeRights(staff, whom.id, 'grant-1', wanted, who, at)

describe('roles', () => {
  it('are proposed by one administrator and given by another', () => {
    const [proposed] = eventsOf(propose(both, ito, sato, rights(['supervisor'])))
    expect(proposed).toMatchObject({ kind: 'rights_proposed', by: 'ito', effectiveAt: null })
    const [given] = eventsOf(secondRights(waiting(both), 'grant-1', mori, at))
    expect(given).toMatchObject({ kind: 'rights_granted', by: 'mori', personId: 'sato' })
  })

  it.each([
    ['who proposed them', ito, 'own_proposal'],
    ['a supervisor', tanaka, 'not_allowed'],
    ['a reviewer', suzuki, 'not_allowed'],
    ['an auditor', takahashi, 'not_allowed'],
  ])('are not given by %s', (_, who, reason) => {
    expect(answerOf(secondRights(waiting(both), 'grant-1', who, at))).toBe(reason)
  })

  it('are not given by who gains them, nor proposed for oneself', () => {
    const forMori = waiting(both, { personId: 'mori' })
    expect(answerOf(secondRights(forMori, 'grant-1', mori, at))).toBe('own_rights')
    const wanted = rights(['admin', 'supervisor'])
    expect(answerOf(propose(both, ito, ito, wanted))).toBe('own_rights')
    expect(answerOf(propose(both, tanaka, sato, wanted))).toBe('not_allowed')
    const left = { ...ito, disabledAt: new Date() }
    expect(answerOf(propose(both, left, sato, wanted))).toBe('not_allowed')
  })

  it('wait a day where there is nobody to second them, and supervisors can object', () => {
    const [proposed] = eventsOf(propose(alone, ito, sato, rights(['supervisor'])))
    expect(proposed).toMatchObject({ effectiveAt: later(1) })
    const staff = waiting(alone, { effectiveAt: later(1) })
    expect(rightsDue(staff, later(0.99))).toEqual([])
    expect(rightsDue(staff, later(1))).toMatchObject([{ kind: 'rights_granted', by: null }])
    expect(rightsDue(waiting(both), later(9))).toEqual([])
    expect(eventsOf(declineRights(staff, 'grant-1', tanaka, at))).toMatchObject([
      { kind: 'rights_declined', by: 'tanaka' },
    ])
    expect(answerOf(declineRights(staff, 'grant-1', sato, at))).toBe('not_allowed')
    expect(answerOf(declineRights(alone, 'grant-1', tanaka, at))).toBe('nothing_waiting')
  })

  it('do not count the person themselves, or who has left, as somebody to second', () => {
    const [proposed] = eventsOf(propose(both, ito, mori, rights(['admin', 'supervisor'])))
    expect(proposed).toMatchObject({ effectiveAt: later(1) })
    const gone = { ...both, people: [...alone.people, { ...mori, disabledAt: new Date() }] }
    expect(eventsOf(propose(gone, ito, sato, rights(['supervisor'])))).toMatchObject([
      { effectiveAt: later(1) },
    ])
  })

  it('are taken away at once, and narrowed as well; the wider ones wait', () => {
    const reduced = (wanted: Rights, whom: Person = sato) =>
      eventsOf(propose({ ...both, people: [whom, ito, mori] }, ito, whom, wanted)).map(
        ({ kind }) => kind,
      )
    expect(reduced(rights([]))).toEqual(['rights_reduced'])
    expect(reduced(rights(['reviewer'], { reviewer: ['a'] }))).toEqual(['rights_reduced'])
    const local = { ...sato, within: { reviewer: ['a', 'b'] } }
    expect(reduced(rights(['reviewer'], { reviewer: ['b'] }), local)).toEqual(['rights_reduced'])
    expect(reduced(rights(['reviewer'], { reviewer: ['c'] }), local)).toEqual(['rights_proposed'])
    expect(reduced(rights(['reviewer']), local)).toEqual(['rights_proposed'])
    expect(reduced(rights(['reviewer'], { reviewer: ['b', 'a'] }), local)).toEqual([])
  })

  it('that wait are withdrawn by new ones', () => {
    expect(
      eventsOf(propose(waiting(both), ito, sato, rights(['auditor']))).map(({ kind }) => kind),
    ).toEqual(['rights_declined', 'rights_proposed'])
  })

  it('hold in all mailboxes where they are an administrator’s', () => {
    const wanted = rights(['admin', 'reviewer'], { admin: ['a'], reviewer: ['a', 'a'] })
    expect(eventsOf(propose(both, ito, sato, wanted))).toMatchObject([
      { roles: ['reviewer', 'admin'], within: { reviewer: ['a'] } },
    ])
  })
})

describe('the last administrator', () => {
  it('is neither disabled nor left without the role', () => {
    expect(answerOf(disable(alone, 'ito', ito, at))).toBe('last_admin')
    expect(answerOf(propose(alone, ito, ito, rights(['reviewer'])))).toBe('own_rights')
    expect(answerOf(propose(alone, ito, ito, rights([])))).toBe('last_admin')
    expect(answerOf(disable(both, 'mori', ito, at))).toBe('accepted')
    expect(answerOf(disable(both, 'sato', tanaka, at))).toBe('not_allowed')
    expect(answerOf(disable(both, 'nobody', ito, at))).toBe('person_gone')
  })
})

describe('an invitation', () => {
  const link = { how: 'link', expiresAt: later(1) } as const
  const member = { personId: 'new', name: '青木', email: 'aoki@mamori.example' }
  const asked = (over: Partial<typeof member>, wanted = rights(['reviewer'])) =>
    invite(both, { ...member, ...over }, 'grant-1', wanted, link, ito, at)

  it('takes somebody in without a role, which waits for a second word', () => {
    expect(eventsOf(asked({}))).toMatchObject([
      { kind: 'person_added', roles: [] },
      { kind: 'rights_proposed', personId: 'new', roles: ['reviewer'] },
      { kind: 'invitation_made', how: 'link' },
    ])
  })

  it('that an administrator sees takes the roles back until somebody else has said yes', () => {
    const again = (how: 'mail' | 'link', who = ito, whom = 'tanaka') =>
      readmit(both, whom, 'grant-1', { ...link, how }, who, at)
    expect(eventsOf(again('link')).map(({ kind }) => kind)).toEqual([
      'rights_reduced',
      'rights_proposed',
      'invitation_made',
    ])
    expect(eventsOf(again('mail')).map(({ kind }) => kind)).toEqual(['invitation_made'])
    expect(answerOf(again('link', ito, 'ito'))).toBe('own_rights')
    expect(answerOf(again('mail', tanaka))).toBe('not_allowed')
    expect(answerOf(again('mail', ito, 'nobody'))).toBe('person_gone')
  })

  it('is refused where it is incomplete, or the address is somebody’s', () => {
    expect(answerOf(asked({ name: ' ' }))).toBe('name_missing')
    expect(answerOf(asked({ email: 'aoki' }))).toBe('address_wrong')
    expect(answerOf(asked({ email: 'SATO@mamori.example' }))).toBe('address_taken')
    expect(answerOf(asked({}, rights([])))).toBe('role_missing')
    expect(answerOf(invite(both, member, 'g', rights(['reviewer']), link, tanaka, at))).toBe(
      'not_allowed',
    )
  })
})

it('what somebody may do follows from the events alone', () => {
  const stamp = { at, by: 'ito', personId: 'sato' }
  const added = { ...stamp, kind: 'person_added', name: 'x', email: 'y', roles: [] } as const
  const given = { ...stamp, kind: 'rights_granted', grantId: 'g', ...rights(['reviewer']) } as const
  const end = { ...stamp, kind: 'person_disabled' } as const
  expect([added, given, end].reduce(applyToRights, null)).toEqual({
    roles: ['reviewer'],
    within: {},
    disabled: true,
  })
})
