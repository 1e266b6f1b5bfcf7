import type { Event } from '../domain/event.ts'
import { covers, type Person, reachOf } from '../domain/person.ts'
import type { DigestRhythm } from '../domain/terms.ts'
import { daysAfter, type Instant } from '../domain/time.ts'
import type { Digest } from '../store/digests.ts'
import { StaleWrite } from '../store/engine.ts'
import type { MeasureRecord } from '../store/measures.ts'
import { textFor } from '../text/text.ts'
import type { House } from './house.ts'
import { mailsStaff, staffMailTo } from './staff-mail.ts'

const days: Record<DigestRhythm, number | null> = { off: null, daily: 1, weekly: 7 }

/** Suspensions gone through in one run. */
const suspensionsMax = 1_000

/**
 * Makes the figures of muted mail that are due, and tells the supervisors who see it: counts,
 * categories and the highest severity, no word of a mail. A stretch without mail is kept and told
 * nobody. Returns how many were made.
 */
export async function makeDigests(house: House): Promise<number> {
  const inForce = await house.store.measures.inForce(house.now(), suspensionsMax)
  let made = 0
  for (const measure of inForce) {
    if (await makeDigest(house, measure)) made += 1
  }
  return made
}

async function makeDigest(house: House, measure: MeasureRecord): Promise<boolean> {
  const length = days[measure.terms.digest]
  if (length === null || measure.announcedAt === null) return false
  const { store, newId, now } = house
  const [last] = await store.digests.of(measure.id, 1)
  const since = last?.until ?? measure.announcedAt
  const until = now()
  if (until < daysAfter(since, length)) return false
  const figures = await store.digests.figures(measure.id, last?.upTo ?? '')
  const digest = { id: newId(), measureId: measure.id, since, until, ...figures }
  const mails = digest.mails > 0 ? await tellings(house, measure, digest) : []
  try {
    await store.digests.add(digest, eventOf(measure, digest), mails)
    return true
  } catch (error) {
    // Another process made it.
    if (error instanceof StaleWrite) return false
    throw error
  }
}

function eventOf({ threadId, senderId }: MeasureRecord, digest: Digest): Event {
  const { id: digestId, measureId, since: from, until: to, mails, alerts, severity } = digest
  const figures = { mails, alerts, severity, categories: digest.categories }
  const of = { at: to, by: null, measureId, threadId, senderId }
  return { ...of, kind: 'digest_made', digestId, from, to, ...figures }
}

async function tellings(house: House, measure: MeasureRecord, digest: Digest) {
  if (!(await mailsStaff(house))) return []
  const { store, baseUrl } = house
  const places = await store.places.of('measure', measure.id)
  const people = await store.people.list()
  const link = `${baseUrl}/measures/${measure.id}`
  return people
    .filter((person) => sees(person, places))
    .map((person) => staffMailTo(house, person, wordsOf(person, digest, link)))
}

/** Supervisors of the mailbox: who else sees muted mail looks by themselves. */
function sees(person: Person, places: readonly string[]): boolean {
  return places.some((place) => covers(reachOf(person, 'acknowledge_alert'), place))
}

function wordsOf({ language }: Person, digest: Digest, link: string) {
  const text = textFor(language)
  const { steps } = text
  const categories = Object.entries(digest.categories).map(([code, n]) =>
    steps.digestCategory(text.category[code as keyof typeof text.category], n),
  )
  return {
    subject: steps.digestSubject,
    text: [
      steps.digestStretch(dayOf(digest.since), dayOf(digest.until)),
      steps.digestMails(digest.mails),
      steps.digestSeverity(text.severity[digest.severity]),
      steps.digestAlerts(digest.alerts),
      ...categories,
      '',
      link,
    ].join('\n'),
  }
}

function dayOf(at: Instant): string {
  return new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })
}
