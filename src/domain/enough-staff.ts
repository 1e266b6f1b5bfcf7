import { may, type Person } from './person.ts'

/** What the people of a house lack for the two-person rule and a suspension; null for nothing. */
export type Lack = 'reviewers' | 'reviewer' | 'supervisor' | 'third'

/**
 * Two people review, and a supervisor who is neither confirms: so three people at least, of whom
 * all may review but one, and one is a supervisor.
 */
export function lackOf(staff: readonly Person[]): Lack | null {
  const active = staff.filter(({ disabledAt }) => disabledAt === null)
  const reviewers = active.filter((one) => may(one, 'review'))
  const supervisors = active.filter((one) => may(one, 'confirm'))
  if (reviewers.length === 0) return 'reviewers'
  if (reviewers.length === 1) return 'reviewer'
  if (supervisors.length === 0) return 'supervisor'
  const someoneIsLeft = supervisors.some(
    (one) => reviewers.filter(({ id }) => id !== one.id).length >= 2,
  )
  return someoneIsLeft ? null : 'third'
}
