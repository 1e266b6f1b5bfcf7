import { firms, namesIn } from './anonymise.find.ts'
import { alsoWords, families } from './anonymise.words.ts'

/** Who is known to be in a case before it is read. */
export type Known = {
  /** Names beside the addresses of From, To and Cc. */
  readonly names: readonly string[]
  /** Our own staff. */
  readonly staff: readonly string[]
  /** Our own firm, as mailboxes and the policy call it. */
  readonly firms: readonly string[]
}

/** The text with neutral marks in place of what tells who somebody is. */
export type Anonymiser = (text: string) => string

type Mark = 'name' | 'handler' | 'firm'

const marks = {
  ja: {
    ...{ name: '氏名', handler: '担当者', firm: '会社名', email: 'メールアドレス', url: 'URL' },
    ...{ phone: '電話番号', postcode: '郵便番号', address: '住所', number: '番号' },
  },
  en: {
    ...{ name: 'name', handler: 'handler', firm: 'company', email: 'e-mail address', url: 'URL' },
    ...{ phone: 'telephone number', postcode: 'postal code', address: 'address', number: 'number' },
  },
} as const

type Plain = Exclude<keyof (typeof marks)['ja'], Mark>

const digit = '[0-9０-９]'
const dash = '[-‐‑−–—ーｰ－]'
const han = '\\p{Script=Han}々ヶケ'
const prefectures =
  '東京都|北海道|(?:京都|大阪)府|(?:神奈川|和歌山|鹿児島|青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|沖縄)県'
const block = `${digit}+(?:(?:丁目|番地?|号|の|${dash})${digit}*)+`
const countedThings = '円|万|千|億|人|件|回|個|台|枚|本|日|年|月|時|分|秒|通|社|名|%|％|yen|JPY|USD'

/**
 * What is found by its form alone, in this order: an address may hold a number, never the other way.
 * Each pattern is linear: no unbounded repeat stands inside another one over the same signs.
 */
const forms: readonly (readonly [Plain, RegExp])[] = [
  ['url', /(?:https?:\/\/|www\.)[^\s<>"'）)」、。]{2,}/gi],
  ['email', /[\w.+-]{1,64}[@＠][\w-]{1,63}(?:[.．][\w-]{1,63})+/g],
  [
    'postcode',
    new RegExp(
      `〒[ \u3000]?${digit}{3}${dash}?${digit}{4}|(?<!${digit}|${dash})${digit}{3}${dash}${digit}{4}(?!${digit}|${dash})`,
      'g',
    ),
  ],
  [
    'phone',
    new RegExp(
      `(?:[+＋]${digit}{1,3}[ -]?\\(?${digit}{1,4}\\)?|(?<!${digit})[(（]?[0０]${digit}{1,4}[)）]?)(?:[ \u3000]?${dash}?[ \u3000]?)${digit}{1,4}(?:[ \u3000]?${dash}?[ \u3000]?)${digit}{3,4}(?!${digit})`,
      'g',
    ),
  ],
  [
    'address',
    new RegExp(
      `(?:${prefectures})[^\\s、。]{0,12}(?:市|区|郡|町|村)[^\\s、。「」]{0,40}|[${han}ァ-ヶーA-Za-z]{1,12}[ \u3000]?${digit}{2,4}号室|[${han}]{1,6}(?:市|区|町|村)[${han}ぁ-んァ-ヶー]{0,10}${block}|[${han}ァ-ヶー]{1,10}${block}`,
      'gu',
    ),
  ],
  [
    'address',
    /\b\d{1,5}[A-Za-z]?\s(?:[A-Z][a-z]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Square|Court|Close)\b\.?/g,
  ],
  [
    'number',
    new RegExp(
      `(?<=(?:番号|No\\.?|№|ID|number|order|invoice|ticket|reference|ref\\.?)(?:は|が|is|was|[ \u3000:：#＃\\[（(]){0,6})[A-Za-zＡ-Ｚ]{0,6}[-_]?${digit}[A-Za-z0-9０-９_-]{2,}`,
      'giu',
    ),
  ],
  [
    'number',
    new RegExp(
      `(?<![\\w〔])(?:[A-Z]{1,6}-?)?${digit}{5,}(?:-${digit}+)*(?!${digit}|[ \u3000]?(?:${countedThings}))|(?<!${digit})${digit}{4}(?:[ -]${digit}{4}){2,3}(?!${digit})|\\b[A-Z]{1,4}-${digit}{3,}(?:-${digit}+)*`,
      'gu',
    ),
  ],
]

/**
 * An anonymiser for one case. It reads all of the case's texts first, so that a name which one mail
 * gives away is hidden in all of them, and the same name always bears the same number. Rules alone:
 * the same texts give the same marks every time.
 */
export function anonymiserOf(texts: readonly string[], known: Known): Anonymiser {
  const words = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(texts.join(''))
    ? marks.ja
    : marks.en
  const found = texts.map(namesIn)
  const literals = new Map<string, string>()
  const whole = keyOf(texts.join('\n'))
  const mark = (kind: Mark, names: readonly string[]) =>
    numberNames(literals, words[kind], inOrderOf(whole, names))
  mark('firm', [...known.firms, ...texts.flatMap((text) => text.match(firms) ?? [])])
  mark('handler', [...known.staff, ...found.flatMap(({ handlers }) => handlers)])
  mark('name', [...known.names, ...found.flatMap(({ customers }) => customers)])
  const pattern = patternOf([...literals.keys()])
  return (text) => {
    const bare = forms.reduce((rest, [kind, form]) => {
      return rest.replace(form, `〔${words[kind]}〕`)
    }, text)
    if (pattern === null) return bare
    return bare.replace(pattern, (name) =>
      alsoWords.has(name) ? name : (literals.get(keyOf(name)) ?? name),
    )
  }
}

/** Whether an anonymised text names anybody: only what names nobody is shown of what people wrote. */
export function namesSomebody(anonymised: string): boolean {
  return Object.values(marks).some(({ name, handler }) =>
    [name, handler].some((word) => anonymised.includes(`〔${word}`)),
  )
}

/** Names that stand in the text, by where they first do: who else is known takes no number. */
function inOrderOf(whole: string, names: readonly string[]): string[] {
  const places = names.map((name) => {
    const found = waysOf(name).map((way) => whole.indexOf(keyOf(way)))
    return { name, at: Math.min(...found.filter((at) => at >= 0)) }
  })
  const standing = places.filter(({ at }) => Number.isFinite(at))
  return standing.toSorted((a, b) => a.at - b.at).map(({ name }) => name)
}

/** One number a person, whichever part of the name a text uses; whoever has a mark keeps it. */
function numberNames(literals: Map<string, string>, word: string, names: readonly string[]): void {
  let next = 1
  for (const name of names) {
    const ways = waysOf(name).filter((way) => way.length > 1 || isHan(way))
    const had = ways.map((way) => literals.get(keyOf(way))).find((one) => one !== undefined)
    const said = had ?? `〔${word}${/[a-z]$/.test(word) ? ' ' : ''}${next}〕`
    if (ways.length > 0 && had === undefined) next += 1
    for (const way of ways) if (!literals.has(keyOf(way))) literals.set(keyOf(way), said)
  }
}

/** A name as texts may write it: with and without a gap, its parts alone, the other way round. */
function waysOf(name: string): string[] {
  const whole = name.replace(/["'“”「」]/g, '').trim()
  if (whole === '' || /[@＠]/.test(whole)) return []
  const parts = whole.split(/[ \u3000,、]+/).filter((part) => part !== '')
  if (parts.length === 1) return [whole, ...guessedParts(whole)]
  const turned = parts.toReversed()
  return [whole, parts.join(''), parts.join(' '), turned.join(' '), ...parts]
}

/** 山田太郎 without a gap: a well-known family's name, else mostly the first two signs. */
function guessedParts(whole: string): string[] {
  if (!isHan(whole) || whole.length < 3) return []
  const known = families.find((family) => whole.startsWith(family))
  const family = known?.length ?? (whole.length <= 4 ? 2 : 0)
  return family === 0 ? [] : [whole.slice(0, family), whole.slice(family)]
}

function isHan(text: string): boolean {
  return /^[\p{Script=Han}々]+$/u.test(text)
}

function keyOf(name: string): string {
  return name.replace(/[ \u3000]+/g, ' ').toLowerCase()
}

/** The longest first; what is short only before a title, and Latin letters only as whole words. */
function patternOf(keys: readonly string[]): RegExp | null {
  if (keys.length === 0) return null
  const ways = keys.toSorted((a, b) => b.length - a.length).map(patternFor)
  return new RegExp(ways.join('|'), 'giu')
}

function patternFor(key: string): string {
  const plain = key.split(' ').map(RegExp.escape).join('[ \u3000]+')
  if (/^[\p{Script=Latin}\s'’.-]+$/u.test(key)) return `(?<![\\p{L}])${plain}(?![\\p{L}])`
  if (/^[ァ-ヶー]+$/.test(key)) return `(?<![ァ-ヶー])${plain}(?![ァ-ヶー])`
  const short = key.length === 1 || (key.length === 2 && /^[ぁ-ん]+$/.test(key))
  return short ? `(?<!\\p{Script=Han})${plain}(?=[ \u3000]?(?:様|さま|さん|氏|殿|君))` : plain
}
