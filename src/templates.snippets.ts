import { type SnippetFacts, type SnippetVariable, snippetLengthMax } from './domain/wording.ts'
import { renderWords, variablesIn } from './templates.engine.ts'

/** What a snippet or signature cannot be; `about` names what it is about. */
export type WordingFlaw = {
  readonly kind: 'empty' | 'too_long' | 'syntax' | 'unknown_variable' | 'unsendable'
  readonly about: string
}

/** Facts that stand for a customer where one tries the words. */
export const sampleSnippetFacts: SnippetFacts = {
  customer: '山田 太郎',
  reference: 'a1b2c3d4e5f6',
  mailbox: 'お客様相談窓口',
  department: 'お客様相談窓口',
  company: '守り商事株式会社',
  today: '2026年11月23日',
  signature: '守り商事株式会社\nお客様相談窓口',
}

export const snippetVariables = Object.keys(sampleSnippetFacts) as readonly SnippetVariable[]

/** A signature does not stand in itself. */
export const signatureVariables = snippetVariables.filter((name) => name !== 'signature')

/** Everything that is wrong with a snippet's or a signature's words. */
export function checkWording(
  content: string,
  allowed: readonly string[],
  lengthMax: number = snippetLengthMax,
): WordingFlaw[] {
  if (content.trim() === '') return [{ kind: 'empty', about: '' }]
  if (content.length > lengthMax) return [{ kind: 'too_long', about: String(lengthMax) }]
  try {
    const unknown = variablesIn(content).filter((name) => !allowed.includes(name))
    if (unknown.length > 0) return unknown.map((about) => ({ kind: 'unknown_variable', about }))
    const words = renderWords(content, { ...sampleSnippetFacts })
    const unsendable = /^\.\r?$/m.test(words) || words.includes('\0') || /\r(?!\n)/.test(words)
    return unsendable ? [{ kind: 'unsendable', about: '' }] : []
  } catch (error) {
    return [{ kind: 'syntax', about: error instanceof Error ? error.message : String(error) }]
  }
}

/** The words with the facts in them; a fact is data, whatever it holds. */
export function renderWording(content: string, facts: SnippetFacts): string {
  return renderWords(content, { ...facts })
}
