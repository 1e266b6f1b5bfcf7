import {
  kindOf,
  languageOf,
  type NoticeFacts,
  type TemplateFlaw,
  type TemplateName,
  type Variable,
} from './domain/notice.ts'
import {
  partsOf,
  type Rendered,
  render,
  type TemplateParts,
  variablesIn,
} from './templates.engine.ts'
import {
  bareFacts,
  consequences,
  needed,
  sampleFacts,
  typeOf,
  variables,
} from './templates.facts.ts'

/** Longer than any notice that somebody reads. */
const textLengthMax = 20_000

/**
 * Everything that is wrong with a template: what cannot be rendered, what a notice must say in
 * every case and does not, and whom it names. `staff` are names and addresses of people who work
 * here.
 */
export function checkTemplate(
  name: TemplateName,
  text: string,
  staff: readonly string[] = [],
): TemplateFlaw[] {
  if (text.length > textLengthMax) return [{ kind: 'too_long', about: String(textLengthMax) }]
  const parts = attempt('head', () => partsOf(text))
  if ('kind' in parts) return [parts]
  const used = attempt('syntax', () => variablesIn(`${parts.subject}\n${parts.body}`))
  if ('kind' in used) return [used]
  const flaws = flawsOfVariables(parts, used)
  if (flaws.length > 0) return flaws
  const rendered = attempt('syntax', () =>
    [sampleFacts, bareFacts].map((facts) => ({ facts, rendered: render(parts, facts) })),
  )
  if ('kind' in rendered) return [rendered]
  return [
    ...rendered.flatMap(({ facts, rendered: said }) => lackingIn(name, said, facts)),
    ...flawsOfWords(name, parts),
    ...namedIn(parts, staff),
  ].filter((flaw, at, all) => all.findIndex((one) => sameFlaw(one, flaw)) === at)
}

function attempt<T>(kind: 'head' | 'syntax', work: () => T): T | TemplateFlaw {
  try {
    return work()
  } catch (error) {
    const about = error instanceof Error ? error.message : String(error)
    return { kind, about: about.split('\n')[0] ?? '' }
  }
}

function flawsOfVariables({ variables: declared, body, subject }: TemplateParts, used: string[]) {
  const known: readonly string[] = variables
  const unknown = used.filter((one) => !known.includes(one))
  if (unknown.length > 0) return unknown.map((about) => flaw('unknown_variable', about))
  return [
    ...used
      .filter((one) => !declared.includes(one))
      .map((about) => flaw('undeclared_variable', about)),
    ...declared.filter((one) => !used.includes(one)).map((about) => flaw('idle_variable', about)),
    ...variables
      .filter((one) => typeOf(one) === 'list' && printsBare(`${subject}\n${body}`, one))
      .map((about) => flaw('list_unjoined', about)),
  ]
}

/** A list that is printed as it is runs its entries together. */
function printsBare(text: string, variable: Variable): boolean {
  return new RegExp(`\\{\\{-?\\s*${variable}\\s*-?\\}\\}`).test(text)
}

/** What must be said in every case: a condition that can be false is no place for it. */
function lackingIn(name: TemplateName, { text }: Rendered, facts: NoticeFacts): TemplateFlaw[] {
  return needed[kindOf(name)]
    .filter((variable) => ![facts[variable]].flat().every((words) => text.includes(words)))
    .map((variable) => flaw('lacks_variable', variable))
}

/** What follows is said in the template's own words, and in every case. */
function flawsOfWords(name: TemplateName, parts: TemplateParts): TemplateFlaw[] {
  const words = consequences[kindOf(name)][languageOf(name)]
  const told = [sampleFacts, bareFacts].map((facts) => render(parts, neutral(facts)).text)
  const said = told.every((text) => words.some((word) => text.toLowerCase().includes(word)))
  const sendable = told.every((text) => !/^\.$/m.test(text)) && !/[\r\n\0]/.test(parts.subject)
  return [
    ...(said ? [] : [flaw('lacks_consequence', words.join(', '))]),
    ...(sendable && !/[\0\r]/.test(parts.body) ? [] : [flaw('unsendable', '')]),
  ]
}

/** Facts that say nothing: what is found then are the template's own words. */
function neutral({ customer, policy_url }: NoticeFacts): NoticeFacts {
  const silent = Object.fromEntries(
    variables.map((one) => [one, typeOf(one) === 'list' ? ['-'] : '-']),
  ) as unknown as NoticeFacts
  return {
    ...silent,
    customer: customer === '' ? '' : '-',
    policy_url: policy_url === '' ? '' : '-',
  }
}

/** The words without what the engine reads. */
function withoutTags(body: string): string {
  return body.replace(/\{%[^%]{0,500}%\}|\{\{[^}]{0,500}\}\}/g, ' ')
}

function namedIn({ subject, body }: TemplateParts, staff: readonly string[]): TemplateFlaw[] {
  const text = folded(withoutTags(`${subject}\n${body}`))
  return staff.filter((name) => names(text, name)).map((about) => flaw('names_staff', about))
}

/** The whole name, however it is spaced; a family name with a title beside it. */
function names(text: string, name: string): boolean {
  const whole = folded(name)
  if (whole.length >= 2 && text.includes(whole)) return true
  return name
    .normalize('NFKC')
    .split(/[\s\u3000]+/)
    .map(folded)
    .filter((part) => part.length >= 2)
    .some((part) => titles.some(([before, after]) => text.includes(before + part + after)))
}

const titles: readonly (readonly [string, string])[] = [
  ['', 'さん'],
  ['', '様'],
  ['', '氏'],
  ['担当', ''],
  ['担当:', ''],
  ['担当者:', ''],
  ['責任者:', ''],
  ['mr.', ''],
  ['ms.', ''],
  ['mrs.', ''],
  ['dr.', ''],
]

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u3000]+/g, '')
}

function flaw(kind: TemplateFlaw['kind'], about: string): TemplateFlaw {
  return { kind, about }
}

function sameFlaw(a: TemplateFlaw, b: TemplateFlaw): boolean {
  return a.kind === b.kind && a.about === b.about
}

/** A flaw in words for whoever starts the product. */
export function flawWords(name: TemplateName, { kind, about }: TemplateFlaw): string {
  switch (kind) {
    case 'head':
    case 'syntax':
      return about
    case 'too_long':
      return `has more than ${about} characters`
    case 'unknown_variable':
      return `unknown variable ${about}`
    case 'undeclared_variable':
      return `uses ${about} without declaring it`
    case 'idle_variable':
      return `declares ${about} and does not use it`
    case 'list_unjoined':
      return `prints the list ${about} as it is: use {{ ${about} | join: ", " }}`
    case 'lacks_variable':
      return `a ${kindOf(name)} must say {{ ${about} }} in every case`
    case 'lacks_consequence':
      return `a ${kindOf(name)} must say what follows, for example with: ${about}`
    case 'names_staff':
      return `names ${about}: a notice names no member of staff`
    case 'unsendable':
      return 'has a line break in the subject, or a line with nothing but a dot'
  }
}
