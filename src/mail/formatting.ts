/**
 * Simple formatting of a reply, a small part of Markdown: **bold**, lists (`- ` or `1. `), links
 * (`[words](https://…)`, or an address by itself) and quotations (`> `). One source gives the plain
 * text and the HTML of a mail; everything else stays the sign that it is.
 */
export function isFormatted(source: string): boolean {
  return blocksOf(source).some(
    ({ kind, lines }) =>
      kind !== 'words' || lines.some((line) => bold.test(line) || link.test(line)),
  )
}

/** The source as plain text: no stars, addresses of links behind their words. */
export function plainOf(source: string): string {
  return source
    .split('\n')
    .map((line) =>
      line
        .replaceAll(boldAll, '$1')
        .replaceAll(linkAll, (_, words: string, url: string) =>
          words === url ? url : `${words} <${url}>`,
        ),
    )
    .join('\n')
}

/**
 * The source as HTML that holds nothing but p, br, strong, ul, ol, li, a and blockquote; the foot
 * below it, which is not formatted.
 */
export function htmlOf(source: string, foot = ''): string {
  const body = blocksOf(source).map(blockHtml)
  const below =
    foot.trim() === '' ? [] : [`<p>${foot.trim().split('\n').map(escaped).join('<br>\n')}</p>`]
  return `<!doctype html>\n<meta charset="utf-8">\n${[...body, ...below].join('\n')}\n`
}

const bold = /\*\*(\S(?:[^*\n]{0,1000}?\S)?)\*\*/
const boldAll = new RegExp(bold, 'g')
const link = /\[([^\][\n]{1,500})\]\((https?:\/\/[^\s<>"'()]{1,2000}|mailto:[^\s<>"'()?]{1,254})\)/
const linkAll = new RegExp(link, 'g')
const address = /https?:\/\/[^\s<>"'()（）「」、。［］]{1,2000}/

type Block = {
  readonly kind: 'words' | 'bullets' | 'numbers' | 'quotation'
  readonly lines: readonly string[]
}

const marks = {
  bullets: /^(?:[-*] |・)/,
  numbers: /^\d{1,3}[.)] /,
  quotation: /^> ?/,
} as const

function kindOf(line: string): Block['kind'] {
  if (marks.quotation.test(line)) return 'quotation'
  if (marks.bullets.test(line)) return 'bullets'
  return marks.numbers.test(line) ? 'numbers' : 'words'
}

/** Neighbouring lines of one kind; an empty line ends a paragraph. */
function blocksOf(source: string): Block[] {
  const blocks: { kind: Block['kind']; lines: string[] }[] = []
  let ended = true
  for (const line of source.replaceAll('\r\n', '\n').split('\n')) {
    const kind = kindOf(line)
    const isEmpty = kind === 'words' && line.trim() === ''
    const open = ended ? undefined : blocks.at(-1)
    if (open?.kind === kind && !isEmpty) open.lines.push(line)
    else if (!isEmpty) blocks.push({ kind, lines: [line] })
    ended = isEmpty
  }
  return blocks
}

function blockHtml({ kind, lines }: Block): string {
  switch (kind) {
    case 'words':
      return `<p>${lines.map(inlineHtml).join('<br>\n')}</p>`
    case 'quotation': {
      const inner = lines.map((line) => line.replace(marks.quotation, ''))
      return `<blockquote>${inner.map(inlineHtml).join('<br>\n')}</blockquote>`
    }
    default: {
      const tag = kind === 'bullets' ? 'ul' : 'ol'
      const items = lines.map((line) => `<li>${inlineHtml(line.replace(marks[kind], ''))}</li>`)
      return `<${tag}>\n${items.join('\n')}\n</${tag}>`
    }
  }
}

/** One line: links first, so that no star in an address is taken for one of ours. */
function inlineHtml(line: string): string {
  const found = new RegExp(`${link.source}|(${address.source})`, 'g')
  let html = ''
  let at = 0
  for (const match of line.matchAll(found)) {
    const [whole, words, target, bare] = match
    html += boldHtml(line.slice(at, match.index))
    html += anchor(target ?? bare ?? '', words ?? bare ?? '')
    at = match.index + whole.length
  }
  return html + boldHtml(line.slice(at))
}

function anchor(target: string, words: string): string {
  return `<a href="${escaped(target)}">${boldHtml(words)}</a>`
}

function boldHtml(text: string): string {
  return escaped(text).replaceAll(boldAll, '<strong>$1</strong>')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
