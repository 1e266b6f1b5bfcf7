import type {
  Assessment,
  Demand,
  Evidence,
  Exchange,
  GistPart,
  Span,
} from '../domain/assessment.ts'
import { hiding } from './shield.ts'
import { partsOf } from './words.ts'

/** What a customer may ask for, by words common in ordinary mail; harmful passages play no part. */
const asked: readonly (readonly [Demand, RegExp])[] = [
  ['refund', /返金|払い戻|払戻|返して(?:くだ|ほし|もら)|\brefund|money back/i],
  ['compensation', /弁償|賠償|補償|慰謝料|迷惑料|\bcompensat|damages/i],
  ['apology', /謝罪|お?詫び(?:し|を|に)|謝(?:れ|って|り)|\bapolog/i],
  ['explanation', /説明(?:し|を|が)|理由を|経緯|原因を|\bexplain|explanation|root cause/i],
  [
    'reply',
    /(?:返事|返信|回答|連絡)(?:を|が|は|くだ|して)|\b(?:reply|respond|answer|hear from you)\b/i,
  ],
  ['repair_or_exchange', /修理|交換|直して|取り替|代替|新品|\b(?:repair|replace|exchange|fix)/i],
  [
    'handler_name',
    /担当(?:者|の方)?の(?:お)?名前|(?:お)?名前を(?:教え|お教え)|\bname of (?:the|your)/i,
  ],
  [
    'staff_private_data',
    /(?:担当|店員|社員|従業員|職員)[^。\n]{0,20}(?:住所|携帯|家族|履歴書|顔写真)|home address/i,
  ],
  ['dismissal', /解雇|クビ|辞めさせ|懲戒|\b(?:fired|sacked|dismiss)/i],
  ['call_back', /折り返し|お?電話(?:を)?(?:くだ|いただ|お願|ほし)|\bcall me\b|call back/i],
  ['visit', /(?:見|謝り|説明)に(?:来|伺)|訪問|来て(?:くだ|ほし)|\b(?:visit|come to)\b/i],
  ['cancellation', /解約|キャンセル|退会|取り?消し|クーリング|\bcancel/i],
  ['own_data', /開示(?:請求|を)|保有個人データ|個人情報の(?:開示|削除)|\bmy (?:personal )?data\b/i],
  [
    'information',
    /教えて|知りたい|でしょうか|ですか|できますか|\?|？|\b(?:how|when|where|could you tell)\b/i,
  ],
]

/** Questions beyond these would make the summary a list again. */
const demandsMax = 3
const readMax = 20_000

/** A neutral summary in codes and figures: no word of the customer's is in it. */
export function gist(exchange: Exchange, assessment: Assessment): GistPart[] {
  const theirs = exchange.messages.filter(({ dir }) => dir === 'in')
  const first = theirs[0]
  const last = theirs.at(-1)
  if (!first || !last) return []
  const days = Math.max(
    0,
    Math.round((Date.parse(last.date) - Date.parse(first.date)) / 86_400_000),
  )
  return [
    { kind: 'nth_mail', n: theirs.length, days: Number.isFinite(days) ? days : 0 },
    ...demandsOf(theirs.map(({ subject, body }) => `${subject}\n${ownWordsOf(body)}`)),
    ...assessment.categories.map(({ code, evidence }): GistPart => {
      return { kind: 'conduct', category: code, count: placesIn(evidence) }
    }),
    ...assessment.flags.map(({ code }): GistPart => ({ kind: 'flag', flag: code })),
  ]
}

/** The newest mail speaks first; older ones fill what is left. */
function demandsOf(texts: readonly string[]): GistPart[] {
  const whats = texts
    .toReversed()
    .flatMap((text) => asked.filter(([, words]) => words.test(text)).map(([what]) => what))
  const distinct = [...new Set(whats)]
  const telling = distinct.filter((what) => what !== 'information')
  const kept = (telling.length > 0 ? telling : distinct).slice(0, demandsMax)
  return kept.map((what) => ({ kind: 'demand', what }))
}

function ownWordsOf(body: string): string {
  return partsOf(body)
    .filter(({ kind }) => kind === 'own')
    .map(({ start, end }) => body.slice(start, end))
    .join('\n')
    .slice(0, readMax)
}

/** Stretches of text that evidence points at; what overlaps is one place. Facts alone are one. */
function placesIn(evidence: readonly Evidence[]): number {
  const spans = hiding(evidence).toSorted(
    (a, b) => a.message - b.message || a.field.localeCompare(b.field) || a.start - b.start,
  )
  let places = 0
  let last: Span | null = null
  for (const span of spans) {
    const together = last?.message === span.message && last.field === span.field
    if (!together || !last || span.start >= last.end) places += 1
    if (!together || !last || span.end > last.end) last = span
  }
  return Math.max(1, places)
}
