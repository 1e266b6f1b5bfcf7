import { partsOf } from './words.ts'

/** Words that carry the matter: runs of kanji or katakana, and Latin words. */
export function termsOf(text: string): ReadonlySet<string> {
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

export function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((term) => b.has(term)).length
}

/** What an answer quotes of the mail that it answers. */
export function quotedIn(body: string): string {
  const quoted = partsOf(body).filter(({ kind }) => kind === 'quoted')
  return quoted.map(({ start, end }) => `\n${body.slice(start, end).toLowerCase()}`).join('')
}

const cited =
  /[「『"“]([^「」『』"“”\n]{2,60})[」』"”]|(?:^|[\s(])'([^'\n]{2,40})'(?=[\s.,?!;:)]|$)/g

/** Cited words count as ours where most of them, by letter pairs or words, stand in our mails. */
export function citesAny(text: string, ours: string): boolean {
  if (ours === '') return false
  return [...text.matchAll(cited)].some(([, double, single]) => {
    const words = double ?? single ?? ''
    const pieces = /^[\0-\x7f]*$/.test(words) ? words.match(/[a-z0-9]{2,30}/g) : pairsOf(words)
    if (!pieces || pieces.length === 0) return false
    return pieces.filter((piece) => ours.includes(piece)).length >= pieces.length * citedShareMin
  })
}

const citedShareMin = 0.6

export function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}

/** This much of the longer text must stand in both. */
const copyShareMin = 0.6

export function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const both = [...b].filter((pair) => a.has(pair)).length
  return both >= copyShareMin * Math.max(a.size, b.size)
}
