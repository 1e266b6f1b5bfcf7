import { type Anonymiser, anonymiserOf, namesSomebody } from '../classify/anonymise.ts'
import { assess } from '../classify/assess.ts'
import { gist } from '../classify/gist.ts'
import type { Bilingual, Exchange, GistPart } from '../domain/assessment.ts'
import type { CaseRef, Expected } from '../domain/drill.ts'
import { covers, type Language, type Person, reachOf } from '../domain/person.ts'
import type { Instant } from '../domain/time.ts'
import { trainingCase } from '../domain/training/cases.ts'
import { exchangeOf } from '../domain/training-case.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { House } from './house.ts'

/** A mail of a case. Its words go through the case's anonymiser before anybody sees them. */
export type CaseMail = {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly at: Instant
  readonly subject: string
  readonly text: string
  readonly mutedBy: null
}

/** A case as it is asked: what came and what was answered up to the decision. */
export type OpenedCase = Pick<ThreadRecord, 'latest' | 'assessments'> & {
  readonly threadId: string | null
  readonly mails: readonly CaseMail[]
  readonly gist: readonly GistPart[]
  readonly expected: Expected
  /** Why it was decided so, anonymised: only what names nobody. */
  readonly reasons: readonly string[]
  readonly anonymise: Anonymiser
}

/**
 * The case for that person, or null where it is none any more: its mail was erased or moved, is out
 * of their reach, or was decided anew.
 */
export function openCase(
  house: House,
  ref: CaseRef,
  who: Person,
  language: Language = who.language,
): Promise<OpenedCase | null> {
  if (ref.kind === 'own') return Promise.resolve(ownCase(house, ref.code, language))
  return mailCase(house, ref.threadId, ref.decisionId, who)
}

function ownCase({ rules }: House, code: string, language: Language): OpenedCase | null {
  const training = trainingCase(code)
  if (!training) return null
  const exchange = exchangeOf(training, language)
  const result = assess(exchange, rules)
  const { outcome, categories, severity, why } = training
  const mails = exchange.messages.map(({ dir, date, subject, body }, at): CaseMail => {
    return { id: `${at}`, direction: dir, at: date, subject, text: body, mutedBy: null }
  })
  return {
    ...{ threadId: null, mails, gist: gist(exchange, result) },
    latest: { result, read: mails.map(({ id }) => id) },
    assessments: new Map(),
    expected: { outcome, categories, severity },
    reasons: [why[language satisfies keyof Bilingual]],
    anonymise: (text) => text,
  }
}

async function mailCase(
  house: House,
  threadId: string,
  decisionId: string,
  who: Person,
): Promise<OpenedCase | null> {
  const record = await house.store.threads.find(threadId)
  const decision = record?.decisions.at(-1)
  if (!record || decision?.id !== decisionId) return null
  if (!covers(reachOf(who, 'read'), record.mailbox.id)) return null
  const mails = mailsOf(record, decision.at)
  if (!mails.some(({ direction, text }) => direction === 'in' && text !== '')) return null
  const latest = readThen(record, mails)
  const whys = whysOf(record)
  const people = await house.store.people.list()
  const anonymise = anonymiserOf(
    [...mails.flatMap(({ subject, text }) => [subject, text]), ...whys],
    { names: namesBeside(record), staff: people.map(({ name }) => name), firms: firmsOf(record) },
  )
  const { outcome, categories, severity } = decision
  return {
    ...{ threadId, mails, anonymise, latest, assessments: record.assessments },
    gist: latest ? gist(exchangedBy(threadId, mails), latest.result) : [],
    expected: { outcome, categories, severity },
    reasons: whys.map(anonymise).filter((why) => !namesSomebody(why)),
  }
}

/** Up to the decision: what was answered afterwards would tell it. Muted mail is nobody's to read. */
function mailsOf({ messages, letters }: ThreadRecord, until: Instant): CaseMail[] {
  const theirs = messages
    .filter(({ mutedBy, receivedAt }) => mutedBy === null && receivedAt <= until)
    .map(({ id, direction, sentAt: at, subject, text }): CaseMail => {
      return { id, direction, at, subject, text, mutedBy: null }
    })
  const ours = letters.flatMap(({ id, sentAt, subject, body: text }): CaseMail[] =>
    sentAt !== null && sentAt <= until
      ? [{ id, direction: 'out', at: sentAt, subject, text, mutedBy: null }]
      : [],
  )
  return [...theirs, ...ours].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** What the rules said when it was decided: what came since plays no part. */
function readThen({ assessments, latest }: ThreadRecord, mails: readonly CaseMail[]) {
  const said = mails.toReversed().flatMap(({ id }) => assessments.get(id) ?? [])
  return said[0] ?? latest
}

function exchangedBy(id: string, mails: readonly CaseMail[]): Exchange {
  const nobody = { from: '', fromName: '', to: [] }
  const messages = mails.map(({ direction: dir, at: date, subject, text: body }) => {
    return { ...nobody, dir, date, subject, body }
  })
  return { id, messages }
}

/** What the deciders wrote: the supervisor's word, or the two reviews'. */
function whysOf({ decisions, reviews }: ThreadRecord): string[] {
  const decision = decisions.at(-1)
  if (!decision) return []
  const given = reviews.filter(({ revision }) => revision === decision.revision)
  const all = decision.how === 'settled' ? [decision.reason] : given.map(({ reason }) => reason)
  return [...new Set(all.map((why) => why.trim()).filter((why) => why !== ''))]
}

/** Of our own letters the other side is To: there the customer's name stands as well. */
function namesBeside({ messages, mailbox }: ThreadRecord): string[] {
  const ours = mailbox.address.toLowerCase()
  const others = messages.flatMap(({ fromAddress, fromName, to, cc }) => [
    { name: fromName, address: fromAddress },
    ...[...to, ...cc].map(({ name, address }) => ({ name, address })),
  ])
  const names = others.filter(({ address }) => address.toLowerCase() !== ours)
  return [...new Set(names.map(({ name }) => name).filter((name) => name.trim() !== ''))]
}

function firmsOf({ mailbox: { fromName } }: ThreadRecord): string[] {
  return fromName === null ? [] : [fromName]
}
