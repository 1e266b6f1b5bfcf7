import { randomUUID } from 'node:crypto'
import type { ConsultationWord, KeptConsultation } from '../store/consultations.ts'
import type { House } from './house.ts'

/** What somebody may see of a report: the desk's list shows no words before one has taken it. */
export type OpenedReport = {
  readonly consultation: KeptConsultation
  readonly side: 'reporter' | 'desk' | 'free' | 'taken'
  readonly words: readonly {
    readonly author: string | null
    readonly words: string
    readonly at: string
  }[]
}

/** A report with its words unsealed: whoever asks has said first that they may. */
export async function opened(
  { store, vault }: House,
  consultation: KeptConsultation,
  side: 'reporter' | 'desk',
): Promise<OpenedReport> {
  const all = await store.consultations.wordsOf(consultation.id)
  const words = all.map(({ place, author, words: sealed, at }) => ({
    author,
    at,
    words: vault.open(sealed, purposeOf(consultation.id, place)),
  }))
  return { consultation, side, words }
}

/** Ids by chance: one made from the time would tell it. */
export function sealedWord(
  { vault }: House,
  consultationId: string,
  place: number,
  author: string | null,
  words: string,
  at: string,
): ConsultationWord {
  const sealed = vault.seal(words, purposeOf(consultationId, place))
  return { id: randomUUID(), consultationId, place, author, words: sealed, at }
}

/** Seals everything written with the key that is used now. Returns how many. */
export async function resealConsultations({ store, vault }: House): Promise<number> {
  let count = 0
  for (let last = ''; ; ) {
    const page = await store.consultations.wordsAfter(last, 200)
    for (const word of page.filter(({ words }) => !vault.isCurrent(words))) {
      const purpose = purposeOf(word.consultationId, word.place)
      await store.consultations.reseal(word, vault.seal(vault.open(word.words, purpose), purpose))
      count += 1
    }
    const end = page.at(-1)
    if (!end) return count
    last = end.id
  }
}

function purposeOf(consultationId: string, place: number): string {
  return `consultation:${consultationId}:${place}`
}
