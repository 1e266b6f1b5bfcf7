import { may, type Person } from '../domain/person.ts'
import { type Refusal, refuse, type Step } from '../domain/step.ts'
import {
  keepSignature,
  keepSnippet,
  removeSnippet,
  type SnippetFacts,
  signatureLengthMax,
} from '../domain/wording.ts'
import { StaleWrite } from '../store/engine.ts'
import { sha256 } from '../store/sealing.ts'
import type { ThreadRecord } from '../store/threads.ts'
import type { Snippet } from '../store/wordings.ts'
import {
  checkWording,
  renderWording,
  signatureVariables,
  snippetVariables,
  type WordingFlaw,
} from '../templates.snippets.ts'
import { NotFound } from './act.ts'
import { done, type House, type Outcome } from './house.ts'
import { oneLine } from './letter-content.ts'
import { referenceFor } from './reference.ts'

export type WordingOutcome =
  | Outcome
  /** It would be no such words: everything that is wrong with them. */
  | { readonly kind: 'flawed'; readonly flaws: readonly WordingFlaw[] }

export type GivenSnippet = {
  /** Null for all mailboxes. */
  readonly mailboxId: string | null
  readonly title: string
  readonly content: string
  /** The version that one saw; 0 for a new one. */
  readonly version: number
}

/** Keeps a new snippet, or other words for one; what cannot be used is told with its reasons. */
export async function writeSnippet(
  house: House,
  id: string | null,
  given: GivenSnippet,
  who: Person,
): Promise<WordingOutcome> {
  const was = id === null ? null : await snippetOf(house, id)
  const title = oneLine(given.title).slice(0, 100)
  const content = given.content.replaceAll('\r\n', '\n').trimEnd()
  const contentSha256 = sha256(content)
  const [snippetId, at] = [id ?? house.newId(), house.now()]
  const { mailboxId } = given
  const decision = keepSnippet(
    { snippetId, forMailbox: mailboxId, contentSha256 },
    was === null ? undefined : was.mailboxId,
    who,
    at,
  )
  if (decision.kind === 'refused') return decision
  if (title === '') return refuse('name_missing')
  const flaws = checkWording(content, snippetVariables)
  if (flaws.length > 0) return { kind: 'flawed', flaws }
  if (was !== null && was.version !== given.version) return refuse('wording_changed_meanwhile')
  const version = (was?.version ?? 0) + 1
  const kept = { title, content, contentSha256, version, removed: false, by: who.id, at }
  return keep(decision, (event) =>
    house.store.wordings.keepSnippet({ id: snippetId, mailboxId, ...kept }, event),
  )
}

/** Takes a snippet out of use; replies that have its words keep them. */
export async function dropSnippet(house: House, id: string, who: Person): Promise<Outcome> {
  const snippet = await snippetOf(house, id)
  const at = house.now()
  const decision = removeSnippet(id, snippet.mailboxId, who, at)
  if (decision.kind === 'refused') return decision
  const next = { ...snippet, removed: true, version: snippet.version + 1, by: who.id, at }
  return keep(decision, (event) => house.store.wordings.keepSnippet(next, event))
}

/** Sets a mailbox's signature; empty words take it away. */
export async function writeSignature(
  house: House,
  mailboxId: string,
  given: { readonly content: string; readonly version: number },
  who: Person,
): Promise<WordingOutcome> {
  const { wordings } = house.store
  const content = given.content.replaceAll('\r\n', '\n').trimEnd()
  const contentSha256 = sha256(content)
  const at = house.now()
  const decision = keepSignature(mailboxId, contentSha256, who, at)
  if (decision.kind === 'refused') return decision
  const flaws = content === '' ? [] : checkWording(content, signatureVariables, signatureLengthMax)
  if (flaws.length > 0) return { kind: 'flawed', flaws }
  const was = await wordings.signature(mailboxId)
  if ((was?.version ?? 0) !== given.version) return refuse('wording_changed_meanwhile')
  const version = given.version + 1
  const kept = { id: mailboxId, content, contentSha256, version, by: who.id, at }
  return keep(decision, (event) => wordings.keepSignature(kept, event))
}

/** The signature below the replies of a thread's mailbox; empty where there is none. */
export async function signatureFor(house: House, record: ThreadRecord): Promise<string> {
  const signature = await house.store.wordings.signature(record.mailbox.id)
  if (!signature || signature.content === '') return ''
  return renderWording(signature.content, factsOf(house, record))
}

/** The snippets that replies of a thread may take, with the thread's facts in them. */
export async function snippetsFor(
  { store }: House,
  record: ThreadRecord,
  who: Person,
): Promise<Snippet[]> {
  if (!may(who, 'reply', record.mailbox.id)) return []
  return store.wordings.snippets([record.mailbox.id])
}

/** A snippet's words for that thread, or null where it is not for its mailbox. */
export async function snippetText(
  house: House,
  record: ThreadRecord,
  snippetId: string,
  who: Person,
): Promise<string | null> {
  const snippet = (await snippetsFor(house, record, who)).find(({ id }) => id === snippetId)
  return snippet ? renderWording(snippet.content, await snippetFacts(house, record)) : null
}

/** What snippets say, with the signature in it. */
async function snippetFacts(house: House, record: ThreadRecord): Promise<SnippetFacts> {
  return { ...factsOf(house, record), signature: await signatureFor(house, record) }
}

function factsOf(house: House, record: ThreadRecord): SnippetFacts {
  const last = record.messages.findLast(({ direction }) => direction === 'in')
  const language = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(last?.text ?? '') ? 'ja' : 'en'
  const { company } = house.policy
  const { department, fromName } = record.mailbox
  return {
    customer: oneLine(last?.fromName ?? '').slice(0, 100),
    reference: referenceFor(house, record.id),
    mailbox: fromName ?? department[language],
    department: department[language],
    company: company[language],
    today: new Date(house.now()).toLocaleDateString(language === 'ja' ? 'ja-JP' : 'en-GB', {
      dateStyle: 'long',
      timeZone: 'Asia/Tokyo',
    }),
    signature: '',
  }
}

async function keep(
  decision: Step,
  write: (event: Step['events'][number]) => Promise<void>,
): Promise<Outcome | Refusal> {
  const [event] = decision.events
  if (!event) return done
  try {
    await write(event)
    return done
  } catch (error) {
    if (error instanceof StaleWrite) return refuse('wording_changed_meanwhile')
    throw error
  }
}

async function snippetOf({ store }: House, id: string): Promise<Snippet> {
  const snippet = await store.wordings.snippet(id)
  if (!snippet || snippet.removed) throw new NotFound('snippet', id)
  return snippet
}
