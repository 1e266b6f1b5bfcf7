/** Elements whose content nobody reads. */
const unread = /^(?:script|style|head|title|template|noscript)$/

/** Elements that begin a new line. */
const block = /^\/?(?:p|div|br|tr|li|h[1-6]|table|blockquote|section|article|hr|ul|ol|pre)$/

/** Longer than any name above with its bracket. */
const tagLengthRead = 20

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/**
 * The words of HTML that is too long or too deep for a proper conversion: tags out, lines kept.
 * One pass from left to right, so that no input makes it slow. Never shown as HTML.
 */
export function wordsOfHtml(html: string): string {
  const words: string[] = []
  let skipping = ''
  for (let at = 0; at < html.length; ) {
    const tag = tagFrom(html, at)
    if (skipping === '') words.push(html.slice(at, tag.start), block.test(tag.name) ? '\n' : '')
    if (skipping === '' && unread.test(tag.name)) skipping = tag.name
    else if (tag.name === `/${skipping}`) skipping = ''
    at = tag.end
  }
  return withoutEntities(words.join(''))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

type Tag = { readonly name: string; readonly start: number; readonly end: number }

/** The next tag; what is left of the text where none comes or it never ends. */
function tagFrom(html: string, at: number): Tag {
  const start = html.indexOf('<', at)
  if (start === -1) return { name: '', start: html.length, end: html.length }
  const close = html.indexOf('>', start)
  const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(html.slice(start, start + tagLengthRead))?.[1] ?? ''
  return { name: name.toLowerCase(), start, end: close === -1 ? html.length : close + 1 }
}

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi,
    (whole, ten, hex, name) => {
      if (name) return entities[name.toLowerCase()] ?? whole
      const code = Number.parseInt(ten ?? hex, ten ? 10 : 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
