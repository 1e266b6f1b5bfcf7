import type { Bilingual, SenderHistory } from '../domain/assessment.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import type { Scanned } from './match.ts'
import { partsOf } from './words.ts'

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
  'copies',
  'brief_mails',
  'questions',
  'hundreds_of_letters',
  'hours_held',
  'more_senders',
  'mails_before_answer',
  'settled',
  'signs_of_despair',
  'signs_of_leaving',
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
  copies: ({ mails }) => copies(incoming(mails)),
  brief_mails: ({ mails }) =>
    counted(
      incoming(mails).filter(({ mail }) => mail.body.text.trim().length <= briefMax),
      'mails of a few words',
      '通がごく短いメール',
    ),
  questions: ({ mails }) => questions(incoming(mails)),
  hundreds_of_letters: ({ mails }) => lengthOf(incoming(mails)),
  hours_held: ({ mails }) => hoursHeld(mails),
  more_senders: ({ mails }) => moreSenders(incoming(mails)),
  mails_before_answer: ({ mails }) => beforeAnswer(mails),
  settled: ({ mails }) => settled(incoming(mails)),
  signs_of_despair: ({ mails }) =>
    kindsOf(incoming(mails), 'life_', 'signs of danger to life', '種の命に関わる兆し'),
  signs_of_leaving: ({ mails }) =>
    kindsOf(incoming(mails), 'leave_', 'signs of leaving for ever', '種の別れの兆し'),
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
  return incoming(mails.slice(first + 1)).filter((one) => !closes(one))
}

/** Thanks that ask for nothing more. */
function closes(one: Scanned): boolean {
  return says(one, ['accepts']) && !goesOn.test(one.mail.body.text)
}

const goesOn =
  /[?？]|か[。\n]|しかし|ですが|ますが|でも|けれど|それでも|納得(?:でき|いか|が)|ですから|ならば|\b(?:but|however|still|yet|although|nevertheless)\b/

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
  return new Set([...found].map(([term]) => term).filter((term) => !courtesies.has(term)))
}

/** Words of every mail, whatever it is about. */
const courtesies: ReadonlySet<string> = new Set(
  `about after again already answer because before being could customer every going great hello
  might never other please regards reply really shall should since sincerely still thank thanks
  their there these thing think those though today tomorrow until which while without would write
  yesterday yours 回答 返事 返信 連絡 担当 担当者 電話 対応 確認 本日 明日 昨日 今日 先日 今回 前回 結構
  御中 様方 皆様 失礼 大変 申 何卒 宜 恐縮 以上 件名 拝啓 敬具 世話 迷惑 了解 承知 理解 説明 質問 メール`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((term) => b.has(term)).length
}

/** Their mails that hold up in quotation marks words which one of our mails had said before. */
function wordsPicked(mails: readonly Scanned[]): Measured {
  let ours = ''
  const picking: Scanned[] = []
  for (const one of mails) {
    if (one.mail.message.dir === 'out') ours += `\n${one.mail.all}`
    else {
      ours += quotedIn(one.mail.message.body)
      if (citesAny(one.mail.all, ours)) picking.push(one)
    }
  }
  return counted(picking, 'mails that pick up our own words', '通が当方の言葉尻を引用')
}

/** What an answer quotes of the mail that it answers. */
function quotedIn(body: string): string {
  const quoted = partsOf(body).filter(({ kind }) => kind === 'quoted')
  return quoted.map(({ start, end }) => `\n${body.slice(start, end).toLowerCase()}`).join('')
}

const cited =
  /[「『"“]([^「」『』"“”\n]{2,60})[」』"”]|(?:^|[\s(])'([^'\n]{2,40})'(?=[\s.,?!;:)]|$)/g

/** Cited words count as ours where most of them, by letter pairs or words, stand in our mails. */
function citesAny(text: string, ours: string): boolean {
  if (ours === '') return false
  return [...text.matchAll(cited)].some(([, double, single]) => {
    const words = double ?? single ?? ''
    const pieces = /^[\0-\x7f]*$/.test(words) ? words.match(/[a-z0-9]{2,30}/g) : pairsOf(words)
    if (!pieces || pieces.length === 0) return false
    return pieces.filter((piece) => ours.includes(piece)).length >= pieces.length * citedShareMin
  })
}

const citedShareMin = 0.6

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}

/** A mail of no more letters than this says no more than that it waits. */
const briefMax = 24

/** Mails that say nearly the same as one before; a few letters prove nothing. */
function copies(theirs: readonly Scanned[]): Measured {
  const seen: ReadonlySet<string>[] = []
  const again = theirs.filter(({ mail }) => {
    const pairs = new Set(pairsOf(mail.body.text.slice(0, 1000).replace(/\s/g, '')))
    const known = pairs.size >= 8 && seen.some((one) => alike(one, pairs))
    seen.push(pairs)
    return known
  })
  return counted(again, 'mails in nearly the same words', '通がほぼ同じ文面')
}

const copyShareMin = 0.6

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const both = [...b].filter((pair) => a.has(pair)).length
  return both >= copyShareMin * Math.max(a.size, b.size)
}

function questions(theirs: readonly Scanned[]): Measured {
  const asked = theirs.reduce(
    (sum, { mail }) => sum + (mail.spoken.match(/[?？]|か。|か(?=\n|$)/g)?.length ?? 0),
    0,
  )
  return figure(asked, 'questions', '個の質問')
}

function lengthOf(theirs: readonly Scanned[]): Measured {
  const letters = theirs.reduce((sum, { mail }) => sum + mail.body.text.length, 0)
  return figure(Math.round(letters / 100), 'hundred letters', '百字')
}

/** Most hours for which staff are, were or shall be kept busy, by either side's words. */
function hoursHeld(mails: readonly Scanned[]): Measured {
  let best = { value: 0, message: 0 }
  for (const { mail, spoken, all } of mails) {
    const view = mail.message.dir === 'out' ? all : spoken
    const holding = new Set(view.get('hold_context')?.map(({ sentence }) => sentence))
    const waiting = new Set(view.get('wait_context')?.map(({ sentence }) => sentence))
    for (const sentence of holding) {
      const stretch = mail.sentences[sentence]
      if (!stretch || waiting.has(sentence)) continue
      const value = Math.round(hoursIn(mail.all.slice(stretch.start, stretch.end)))
      if (value > best.value) best = { value, message: mail.index }
    }
  }
  return figure(best.value, 'hours for which staff are held', '時間の拘束', best.message)
}

const hoursMax = 24

/** The longest time that a sentence tells, as a number of hours or from one hour to another. */
function hoursIn(sentence: string): number {
  const told = [
    ...sentence.matchAll(/(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:時間|hours?|hrs?|h\b)/g),
  ]
  const words = [...sentence.matchAll(/\b(two|three|four|five|six|seven|eight|nine|ten) hours?\b/g)]
  const ranges = [
    ...sentence.matchAll(
      /(\d{1,2})(?:時|:\d{2})[^。\n]{0,6}(?:から|より|ー|-|–|to|till|until)\s?(?:[^。\d\n]{0,8})(\d{1,2})(?:時|:\d{2})/g,
    ),
  ]
  return Math.min(
    hoursMax,
    Math.max(
      0,
      ...told.map(([, count = '']) => numberOf(count)),
      ...words.map(([, word = '']) => numberWords.indexOf(word) + 2),
      ...ranges.map(([, from = '', to = '']) => (Number(to) - Number(from) + hoursMax) % hoursMax),
    ),
  )
}

const numberWords = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A number in digits or in Japanese numerals below one hundred. */
function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十', 2) : ['零', text]
  const digit = (one: string | undefined, empty: number) =>
    one === undefined || one === '' ? empty : '零一二三四五六七八九'.indexOf(one.charAt(0))
  return digit(tens, 1) * 10 + digit(ones, 0)
}

/** Addresses that they wrote from, beyond the first. */
function moreSenders(theirs: readonly Scanned[]): Measured {
  const from = new Set(theirs.map(({ mail }) => mail.message.from.toLowerCase()))
  return figure(Math.max(0, from.size - 1), 'further senders', '個の別の差出人')
}

/** Mails that had to follow the first one before anybody here answered. */
function beforeAnswer(mails: readonly Scanned[]): Measured {
  const answered = mails.findIndex(({ mail }) => mail.message.dir === 'out')
  const early = incoming(answered === -1 ? mails : mails.slice(0, answered)).slice(1)
  return counted(early, 'more mails before we answered', '通が当方の回答前')
}

/** Whether their last mail thanks and asks nothing more. */
function settled(theirs: readonly Scanned[]): Measured {
  const last = theirs.at(-1)
  const done = theirs.length > 1 && last !== undefined && closes(last)
  return figure(
    done ? 1 : 0,
    'mail that closes the matter',
    '通が結びの挨拶',
    last?.mail.index ?? 0,
  )
}

/** Different signs of one family, told by how their names begin: each is quiet, many are not. */
function kindsOf(theirs: readonly Scanned[], family: string, en: string, ja: string): Measured {
  const namesIn = ({ spoken }: Scanned) =>
    [...spoken.keys()].filter((name) => name.startsWith(family))
  const last = theirs.findLast((one) => namesIn(one).length > 0)
  return figure(new Set(theirs.flatMap(namesIn)).size, en, ja, last?.mail.index ?? 0)
}
