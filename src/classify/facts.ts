import type { Bilingual, SenderHistory } from '../domain/assessment.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import type { Scanned } from './match.ts'

/** A measured fact; `message` is the last mail it rests on. */
export type Measured = {
  readonly value: number
  readonly message: number
  readonly words: Bilingual
}

export type FactName = (typeof factNames)[number]

/** Every fact a rule may ask for by name. */
export const factNames = [
  'mails',
  'answers',
  'mails_after_refusal',
  'mails_after_final',
  'mails_after_request_to_stop',
  'refusals',
  'departments',
  'departments_after_refusal',
  'mails_in_a_row',
  'mails_within_an_hour',
  'mails_at_night',
  'same_demand',
  'our_words_picked',
  'earlier_decisions',
  'earlier_warnings',
  'departments_by_history',
] as const

type Context = { readonly mails: readonly Scanned[]; readonly history: SenderHistory | undefined }

/** Parts by which our own mails are understood; the rule files must define them. */
export const ourParts = ['our_refusal', 'our_final', 'our_stop', 'our_redirect'] as const

/** Measures everything about a thread that no single mail shows. */
export function measure(
  mails: readonly Scanned[],
  history: SenderHistory | undefined,
): ReadonlyMap<FactName, Measured> {
  const context = { mails, history }
  return new Map(factNames.map((name) => [name, measures[name](context)]))
}

const measures: Readonly<Record<FactName, (context: Context) => Measured>> = {
  mails: ({ mails }) => counted(incoming(mails), 'mails received', '通のメール'),
  answers: ({ mails }) => counted(outgoing(mails), 'answers from us', '通の当方の回答'),
  mails_after_refusal: ({ mails }) =>
    counted(
      after(mails, ['our_refusal', 'our_final']),
      'mails after our refusal',
      '通がお断りの後',
    ),
  mails_after_final: ({ mails }) =>
    counted(after(mails, ['our_final']), 'mails after our final answer', '通が最終回答の後'),
  mails_after_request_to_stop: ({ mails }) =>
    counted(after(mails, ['our_stop']), 'mails after we asked to stop', '通がお控え願いの後'),
  refusals: ({ mails }) =>
    counted(
      outgoing(mails).filter((mail) => says(mail, ['our_refusal', 'our_final'])),
      'refusals by us',
      '回のお断り',
    ),
  departments: ({ mails }) => departmentsOf(incoming(mails), redirected(mails)),
  departments_after_refusal: ({ mails }) =>
    departmentsOf(after(mails, ['our_refusal', 'our_final']), redirected(mails)),
  mails_in_a_row: ({ mails }) => longestRun(mails),
  mails_within_an_hour: ({ mails }) => densestHour(incoming(mails)),
  mails_at_night: ({ mails }) =>
    counted(incoming(mails).filter(atNight), 'mails between 22:00 and 06:00', '通が22時〜6時'),
  same_demand: ({ mails }) => sameDemand(mails),
  our_words_picked: ({ mails }) => wordsPicked(mails),
  earlier_decisions: ({ history }) =>
    figure(history?.decisions ?? 0, 'earlier decisions', '回の過去の判断'),
  earlier_warnings: ({ history }) =>
    figure(history?.warnings ?? 0, 'earlier warnings', '回の過去の警告'),
  departments_by_history: ({ history }) =>
    figure(history?.departments ?? 0, 'departments in 30 days', '部署(30日間)'),
}

function incoming(mails: readonly Scanned[]): Scanned[] {
  return mails.filter(({ mail }) => mail.message.dir === 'in')
}

function outgoing(mails: readonly Scanned[]): Scanned[] {
  return mails.filter(({ mail }) => mail.message.dir === 'out')
}

function says({ all }: Scanned, parts: readonly string[]): boolean {
  return parts.some((part) => all.has(part))
}

/** Their mails after the first of ours that says one of the parts, thanks and closings left out. */
function after(mails: readonly Scanned[], parts: readonly string[]): Scanned[] {
  const first = mails.findIndex((one) => one.mail.message.dir === 'out' && says(one, parts))
  if (first === -1) return []
  return incoming(mails.slice(first + 1)).filter((one) => !says(one, ['accepts']))
}

function counted(mails: readonly Scanned[], en: string, ja: string): Measured {
  return figure(mails.length, en, ja, mails.at(-1)?.mail.index ?? 0)
}

function figure(value: number, en: string, ja: string, message = 0): Measured {
  return { value, message, words: { ja: `${value}${ja}`, en: `${value} ${en}` } }
}

function boxOf({ mail }: Scanned): string {
  return (mail.message.to[0] ?? '').toLowerCase().split('@', 1)[0] ?? ''
}

/** Mailboxes that we sent them to; writing there is no pressure. */
function redirected(mails: readonly Scanned[]): ReadonlySet<string> {
  const ours = outgoing(mails).filter((one) => says(one, ['our_redirect']))
  const named = ours.flatMap(({ mail }) =>
    [...mail.message.body.matchAll(/([\w.-]{1,64})@[\w.-]{3,100}/g)].map(([, box = '']) =>
      box.toLowerCase(),
    ),
  )
  return new Set(named)
}

function departmentsOf(mails: readonly Scanned[], sentTo: ReadonlySet<string>): Measured {
  const boxes = new Set(mails.map(boxOf).filter((box) => box !== '' && !sentTo.has(box)))
  return figure(boxes.size, 'mailboxes written to', '個の宛先', mails.at(-1)?.mail.index ?? 0)
}

/** Longest run of their mails without an answer of ours, each within an hour of the one before. */
function longestRun(mails: readonly Scanned[]): Measured {
  const runGapMs = 3_600_000
  let run = 0
  let best = { value: 0, message: 0 }
  let last: number | null = null
  for (const { mail } of mails) {
    if (mail.message.dir === 'out') {
      run = 0
      last = null
      continue
    }
    run = last !== null && mail.at - last <= runGapMs ? run + 1 : 1
    last = mail.at
    if (run > best.value) best = { value: run, message: mail.index }
  }
  return figure(
    best.value,
    'mails in a row within an hour of each other',
    '通を続けて',
    best.message,
  )
}

function densestHour(mails: readonly Scanned[]): Measured {
  let first = 0
  let best = { value: 0, message: 0 }
  for (const [at, { mail }] of mails.entries()) {
    while (mail.at - (mails[first]?.mail.at ?? mail.at) > 3_600_000) first += 1
    if (at - first + 1 > best.value) best = { value: at - first + 1, message: mail.index }
  }
  return figure(best.value, 'mails within one hour', '通が1時間以内', best.message)
}

/** By the writer's own clock, which the date carries. */
function atNight({ mail }: Scanned): boolean {
  const hour = Number(/T(\d{2})/.exec(mail.message.date)?.[1] ?? 12)
  return hour >= 22 || hour < 6
}

/** Their later mails that share most of what the first one asks for. */
function sameDemand(mails: readonly Scanned[]): Measured {
  const theirs = incoming(mails)
  const first = theirs[0]
  if (!first) return figure(0, 'mails with the same demand', '通が同じ要求')
  const key = termsOf(first.mail.all)
  const needed = Math.max(1, Math.min(2, key.size))
  const matter = subjectKeyOf(first.mail.message.subject)
  const again = theirs.slice(1).filter(({ mail }) => {
    const sameSubject = matter !== '' && subjectKeyOf(mail.message.subject) === matter
    return sameSubject || shared(key, termsOf(mail.all)) >= needed
  })
  return counted(again, 'later mails with the same demand', '通が同じ要求の繰り返し')
}

/** Words that carry the matter: runs of kanji or katakana, and Latin words. */
function termsOf(text: string): ReadonlySet<string> {
  const found = text.slice(0, 4000).matchAll(/[一-鿿々]{2,8}|[ァ-ヴー]{3,12}|[a-z]{5,20}|\d{2,8}/g)
  return new Set([...found].map(([term]) => term))
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((term) => b.has(term)).length
}

/** Their mails that hold up in quotation marks words which one of our mails had said before. */
function wordsPicked(mails: readonly Scanned[]): Measured {
  let ours = ''
  const picking: Scanned[] = []
  for (const one of mails) {
    if (one.mail.message.dir === 'out') ours += `\n${one.mail.all}`
    else if (citesAny(one.mail.all, ours)) picking.push(one)
  }
  return counted(picking, 'mails that pick up our own words', '通が当方の言葉尻を引用')
}

/** Cited words count as ours where most of their letter pairs stand in one of our mails. */
function citesAny(text: string, ours: string): boolean {
  if (ours === '') return false
  const cited = text.matchAll(/[「『"“]([^「」『』"“”]{2,40})[」』"”]/g)
  return [...cited].some(([, words = '']) => {
    const pairs = Array.from({ length: words.length - 1 }, (_, at) => words.slice(at, at + 2))
    return pairs.filter((pair) => ours.includes(pair)).length >= pairs.length * citedShareMin
  })
}

const citedShareMin = 0.6
