import {
  addedTo,
  type Consultation,
  deskFor,
  isFree,
  namedIn,
  readsOnDesk,
  reportedAt,
  seesOnDesk,
  type Wish,
} from '../domain/consultation.ts'
import { isCarer, type Person } from '../domain/person.ts'
import { type Refusal, refuse } from '../domain/step.ts'
import type { KeptConsultation } from '../store/consultations.ts'
import { StaleWrite } from '../store/engine.ts'
import { NotFound } from './act.ts'
import { hashOfCode, newCode } from './consultation-code.ts'
import { type OpenedReport, opened, sealedWord } from './consultation-words.ts'
import { done, type House, type Outcome, untilFresh } from './house.ts'

export type GivenReport = {
  /** Made with the form by chance, so that a form sent twice is one report. */
  readonly id: string
  readonly words: string
  readonly wish: Wish
  readonly hiddenFrom: readonly string[]
}

export type Reported =
  | { readonly kind: 'reported'; readonly id: string; readonly code: string | null }
  | Refusal

/**
 * Reports something to the desk. Without a name nothing that leads to a person is kept: no id of
 * theirs, no time but the day, ids made by chance, and no event.
 */
export async function report(
  house: House,
  given: GivenReport,
  who: Person | null,
): Promise<Reported> {
  const { store, vault } = house
  if (given.words === '') return refuse('text_missing')
  if (vault.trouble !== null) return refuse('no_encryption_key')
  const people = await store.people.list()
  const hiddenFrom = [...new Set([...given.hiddenFrom, ...carersNamed(given.words, people)])]
  const personId = who?.id ?? null
  if (deskFor(people, { hiddenFrom, personId }).length === 0) return refuse('consultation_nobody')
  const at = reportedAt(house.now(), who === null)
  const consultation: Consultation = {
    ...{ id: given.id, personId, wish: given.wish, hiddenFrom, receivedAt: at },
    ...{ assignee: null, firstAnsweredAt: null, state: 'open', incidentId: null },
  }
  const code = who === null ? newCode() : null
  try {
    const word = sealedWord(house, given.id, 1, null, given.words, at)
    await store.consultations.add(consultation, code && hashOfCode(code), word)
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error
    return refuse('consultation_there')
  }
  return { kind: 'reported', id: given.id, code }
}

/** A report for who may know of it; for everybody else it does not exist. */
export async function openReport(
  house: House,
  id: string,
  who: Person,
): Promise<OpenedReport | null> {
  const consultation = await house.store.consultations.find(id)
  if (!consultation) return null
  if (consultation.personId === who.id) return opened(house, consultation, 'reporter')
  if (readsOnDesk(consultation, who)) return opened(house, consultation, 'desk')
  if (!seesOnDesk(consultation, who)) return null
  const free = isFree(consultation, await house.store.people.list())
  return { consultation, side: free ? 'free' : 'taken', words: [] }
}

/** An anonymous report for who has its code. */
export async function openByCode(house: House, typed: string): Promise<OpenedReport | null> {
  const found = await findByCode(house, typed)
  return found && opened(house, found, 'reporter')
}

/** More of a reporter's words, or another wish. They come by their name, or by their code. */
export async function addToReport(
  house: House,
  by: { readonly id: string; readonly who: Person } | { readonly code: string },
  more: { readonly words: string } | { readonly wish: Wish },
): Promise<Outcome> {
  const { store } = house
  if ('words' in more && more.words === '') return refuse('text_missing')
  const people = await store.people.list()
  return untilFresh(async () => {
    const kept = 'code' in by ? await findByCode(house, by.code) : await ownOf(house, by)
    if (!kept) throw new NotFound('consultation', 'id' in by ? by.id : '')
    if ('wish' in more) {
      if (kept.incidentId !== null) return refuse('consultation_became')
      await store.consultations.commit(kept, { ...kept, wish: more.wish }, [])
      return done
    }
    const next = addedTo(kept, carersNamed(more.words, people))
    if (deskFor(people, next).length === 0) return refuse('consultation_nobody')
    const place = (await store.consultations.wordsOf(kept.id)).length + 1
    const at = reportedAt(house.now(), kept.personId === null)
    const word = sealedWord(house, kept.id, place, null, more.words, at)
    await store.consultations.commit(kept, next, [], word)
    return done
  })
}

async function findByCode({ store }: House, typed: string): Promise<KeptConsultation | null> {
  const hash = hashOfCode(typed)
  return hash === null ? null : store.consultations.byCode(hash)
}

async function ownOf({ store }: House, { id, who }: { id: string; who: Person }) {
  const kept = await store.consultations.find(id)
  return kept?.personId === who.id ? kept : null
}

/** Nobody reads what names them: only who could take it is asked for. */
function carersNamed(words: string, people: readonly Person[]): string[] {
  return namedIn(words, people.filter(isCarer))
}
