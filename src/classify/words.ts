/** A stretch of a body by whose words it holds; parts tile the body. */
export type BodyPart = {
  readonly kind: 'own' | 'quoted' | 'signature' | 'forwarded'
  readonly start: number
  readonly end: number
}

type Line = { readonly text: string; readonly start: number; readonly end: number }
type Kind = BodyPart['kind']

/**
 * Splits a body into the writer's own words, quoted history, signature and forwarded mail.
 * Offsets are UTF-16 units of the body; neighbouring lines of one kind form one part.
 */
export function partsOf(body: string): BodyPart[] {
  const lines = linesOf(body)
  const kinds = lines.map(({ text }): Kind => (isQuotedLine(text) ? 'quoted' : 'own'))
  markHeaders(lines, kinds)
  markTail(lines, kinds)
  markSignature(lines, kinds)
  return cutHtmlQuote(body, merge(lines, kinds))
}

/** Lines of a quotation: `>`, its full-width form, a bar, or a mailer's initials before `>`. */
function isQuotedLine(line: string): boolean {
  return /^[ \t\u3000]{0,4}(?:[A-Za-z]{1,4}>|[>＞|｜])/.test(line)
}

const wroteEnd =
  /(?:wrote|writes|schrieb|のメール|さん(?:が|は)(?:書きました|書いています)|さんのメッセージ|からのメール|(?:が|は)書きました|<[^<>\s]{3,200}@[^<>\s]{1,200}>)\s*[:：。]?\s*$/i
const dated =
  /(?:\d{2,4}[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}|^\s*On\s.{3,80}\d|^\s*At\s.{3,40}\d|^\s*Le\s.{3,40}\d)/
const namedWrote = /^.{1,120}さん(?:が|は)書きました\s*[:：。]?\s*$/
const articleOf =
  /^\s*(?:Message-ID|In article|In message|メッセージ|記事)\s*.{0,200}(?:の記事において|において|で)、?\s*$/i

/** The line or two above quoted lines that say who wrote when belong to the quotation. */
function markHeaders(lines: readonly Line[], kinds: Kind[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    if (kinds[at] !== 'own') continue
    const size = headerSize(lines, at)
    if (size === 0) continue
    const next = indexFrom(lines, at + size, (text) => text.trim() !== '')
    const quotedFollows = next !== -1 && kinds[next] === 'quoted'
    if (!quotedFollows && !dated.test(lines[at]?.text ?? '')) continue
    for (let place = at; place < at + size; place += 1) kinds[place] = 'quoted'
    if (!quotedFollows) kinds.fill('quoted', at)
  }
}

function headerSize(lines: readonly Line[], at: number): number {
  const text = lines[at]?.text ?? ''
  const next = lines[at + 1]?.text ?? ''
  if (text.length > 300) return 0
  if (namedWrote.test(text)) return 1
  if (articleOf.test(text) && namedWrote.test(next)) return 2
  if (!dated.test(text)) return 0
  if (wroteEnd.test(text) || /<[^<>\s]{3,200}>[^。]{0,20}[:：]\s*$/.test(text)) return 1
  return next.length <= 300 && wroteEnd.test(next) ? 2 : 0
}

const ruler =
  /^\s*[-_=*]{2,40}\s*(?:(?:Original|Forwarded|Ursprüngliche)\s(?:Message|message|Nachricht)|元のメッセージ|オリジナルメッセージ|転送(?:された)?メッセージ|転送)\s*[-_=*]{0,40}\s*$/i
const beginForward =
  /^\s*(?:Begin forwarded message|転送されたメッセージ|Anfang der weitergeleiteten Nachricht)\s*[:：]?\s*$/i
const forwardWord = /forward|転送/i
const field =
  /^[\s*]{0,4}(?:差出人|送信者|From|送信日時|日時|日付|Sent|Date|宛先|To|Cc|件名|題名|Subject)\*?\s*[:：]/i
const underline = /^\s*_{10,}\s*$/
const endMark = /^\s*[-_=*]{2,40}\s*(?:End|ここまで|以上)(?:\s.{0,40})?\s*[-_=*]{0,40}\s*$/i

/** From a mailer's divider on, everything is the earlier mail, until a mark says that it ends. */
function markTail(lines: readonly Line[], kinds: Kind[]): void {
  for (let at = 0; at < lines.length; at += 1) {
    const kind = dividerKind(lines, at)
    if (kind === null) continue
    const end = indexFrom(lines, at + 1, (text) => endMark.test(text))
    kinds.fill(kind, at, end === -1 ? lines.length : end + 1)
    if (end === -1) return
    at = end
  }
}

function dividerKind(lines: readonly Line[], at: number): 'quoted' | 'forwarded' | null {
  const text = lines[at]?.text ?? ''
  if (ruler.test(text) || beginForward.test(text))
    return forwardWord.test(text) ? 'forwarded' : 'quoted'
  const next = lines[at + 1]?.text ?? ''
  if (underline.test(text) && field.test(next)) return 'quoted'
  const isSender = /^[\s*]{0,4}(?:差出人|送信者|From)\*?\s*[:：]/i.test(text)
  return isSender && field.test(next) ? 'quoted' : null
}

const deviceLine =
  /^\s*(?:(?:iPhone|iPad|Android|スマートフォン|私の\s?iPhone|Xperia|Galaxy)\s?(?:から|より)送信.{0,30}|Sent from my .{1,30}|Outlook for (?:iOS|Android) を入手.{0,60}|Get Outlook for .{1,40}|Yahoo!メール.{0,30})\s*$/i
const dashes = /^--\s?$/
const rule = /^\s*(?:[-=_*＊━─―‐ー=＝+☆★◇◆■□~〜]{6,80})\s*$/
const contact =
  /(?:TEL|FAX|電話|携帯|〒|E-?mail|メール[:：]|https?:\/\/|@[\w.-]{3,}|株式会社|有限会社|合同会社|部\s|課\s)/i
/** Longer than a card and it is text after a ruler, not a signature. */
const signatureLinesMax = 10

function markSignature(lines: readonly Line[], kinds: Kind[]): void {
  for (const [at, { text }] of lines.entries())
    if (kinds[at] === 'own' && deviceLine.test(text)) kinds[at] = 'signature'
  const end = kinds.lastIndexOf('own') + 1
  const from = Math.max(0, end - signatureLinesMax - 1)
  for (let at = from; at < end; at += 1) {
    if (!startsSignature(lines, at, end)) continue
    for (let place = at; place < end; place += 1)
      if (kinds[place] === 'own') kinds[place] = 'signature'
    return
  }
}

function startsSignature(lines: readonly Line[], at: number, end: number): boolean {
  const text = lines[at]?.text ?? ''
  if (dashes.test(text)) return true
  if (!rule.test(text)) return false
  const rest = lines.slice(at + 1, end).map((line) => line.text)
  return (
    rest.length > 0 && rest.some((line) => contact.test(line)) && rest.every((l) => l.length <= 80)
  )
}

const htmlQuote =
  /<(?:blockquote\b|div\s[^<>]{0,200}(?:gmail_quote|appendonsend|divRplyFwdMsg|moz-cite-prefix|yahoo_quoted))/i

/** Markup that reached the text part all the same: from the quotation on nothing is the writer's. */
function cutHtmlQuote(body: string, parts: BodyPart[]): BodyPart[] {
  const found = htmlQuote.exec(body)
  if (!found) return parts
  const cut = found.index
  const before = parts
    .filter(({ start }) => start < cut)
    .map((part) => ({ ...part, end: Math.min(part.end, cut) }))
  return [...before, { kind: 'quoted', start: cut, end: body.length }]
}

function merge(lines: readonly Line[], kinds: readonly Kind[]): BodyPart[] {
  const parts: { kind: Kind; start: number; end: number }[] = []
  for (const [at, { start, end }] of lines.entries()) {
    const kind = kinds[at] ?? 'own'
    const last = parts.at(-1)
    if (last?.kind === kind) last.end = end
    else if (end > start) parts.push({ kind, start, end })
  }
  return parts
}

function indexFrom(lines: readonly Line[], from: number, test: (text: string) => boolean): number {
  for (let at = from; at < lines.length; at += 1) if (test(lines[at]?.text ?? '')) return at
  return -1
}

function linesOf(body: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf('\n', start)
    const end = found === -1 ? body.length : found + 1
    lines.push({ text: body.slice(start, end).replace(/\r?\n$/, ''), start, end })
    start = end
  }
  return lines
}
