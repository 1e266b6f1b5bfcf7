import type { Person } from '../domain/person.ts'
import { stillTold } from '../domain/told.kinds.ts'
import type { Notification } from '../store/notifications.ts'
import { textFor } from '../text/text.ts'
import type { House } from './house.ts'
import { mailsStaff, staffMailTo, type Words } from './staff-mail.ts'

/** Notices taken at a time. */
const batch = 200

/** Named one by one in a mail; of more only the number is said. */
const namedMax = 20

/**
 * Puts what is due by mail into the staff's own outbox, one mail a person. Whoever has read it in
 * the page meanwhile, or may not see it any more, gets none. Returns how many mails it made.
 */
export async function mailTold(house: House): Promise<number> {
  const { store, now } = house
  const due = await store.notifications.toMail(now(), batch)
  if (due.length === 0) return 0
  const people = new Map((await store.people.list()).map((one) => [one.id, one]))
  const canMail = await mailsStaff(house)
  let count = 0
  for (const [personId, all] of Map.groupBy(due, (one) => one.personId)) {
    const person = people.get(personId)
    const told = person && canMail ? all.filter((one) => isWanted(person, one)) : []
    const mail =
      person && told.length > 0 ? staffMailTo(house, person, wordsFor(house, person, told)) : null
    await store.notifications.mailed(all, mail)
    if (mail) count += 1
  }
  return count
}

function isWanted(person: Person, told: Notification): boolean {
  return told.readAt === null && stillTold(person, told)
}

/** Kinds, severities, categories and links: nothing of a customer's is in it. */
function wordsFor(
  { baseUrl }: House,
  { language, name }: Person,
  told: readonly Notification[],
): Words {
  const text = textFor(language)
  const lines = told.slice(0, namedMax).map(({ kind, severity, categories, path }) => ({
    kind: text.told.kind[kind],
    severity: severity === 0 ? null : text.severity[severity],
    categories: categories.map((code) => text.category[code]),
    url: baseUrl + path,
  }))
  return text.told.mail(name, lines, told.length - lines.length, baseUrl)
}
