import type { Element, ElementContent, Root, RootContent } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { allowed } from './allowed.ts'
import { linked } from './links.ts'
import { type OwnPicture, ownPicture, pictureInUrl, picturesByCid } from './pictures.ts'
import { isHidden, safeStyle } from './style.ts'

/** A mail's HTML made safe, to be shown in a frame of its own all the same. */
export type Formatted = {
  readonly html: string
  /** Its words as they are shown, in which rules look for what the shield must hold. */
  readonly words: string
  /** Pictures that would have to be fetched from elsewhere, or are too large: not shown. */
  readonly leftOut: number
  /** Where those lie that could be fetched, each once. */
  readonly remote: readonly string[]
  /** Hashes of the pictures that stand in it. */
  readonly pictures: readonly string[]
  /** How high it is likely to be, in CSS pixels: nothing in the frame can tell. */
  readonly height: number
}

/** What stands in a picture's place: 画像. */
export type FormatWords = { readonly picture: string }

/** Deeper HTML is nobody's writing; walking it takes stack, and parsing it time by its square. */
const depthMax = 500

/** Makes a mail's HTML safe; null where it is nested too deep. `raw` is where its pictures lie. */
export async function formattedOf(
  html: string,
  raw: Buffer,
  words: FormatWords,
  fetched: ReadonlyMap<string, Buffer> = new Map(),
): Promise<Formatted | null> {
  if (depthOf(html) > depthMax) return null
  const own = /\bcid:/i.test(html) && raw.length > 0 ? await picturesByCid(raw) : new Map()
  const clean = sanitize(fromHtml(html, { fragment: true }), allowed) as Root
  const empty = { leftOut: 0, remote: new Set<string>(), pictures: new Set<string>() }
  const seen: Seen = { own, words, fetched, ...empty, said: [], height: 0 }
  const root: Root = { type: 'root', children: childrenOf(clean, seen) }
  const said = seen.said.join('').replace(/[^\S\n]+/g, ' ')
  return {
    html: toHtml(root, { allowDangerousHtml: false, allowParseErrors: false }),
    words: said.replace(/\s*\n\s*/g, '\n').trim(),
    leftOut: seen.leftOut,
    remote: [...seen.remote],
    pictures: [...seen.pictures],
    height: Math.round(seen.height + (said.length / lettersInLine) * lineHeight),
  }
}

type Seen = {
  readonly own: ReadonlyMap<string, OwnPicture>
  readonly words: FormatWords
  /** Pictures from elsewhere that were fetched, by their address. */
  readonly fetched: ReadonlyMap<string, Buffer>
  readonly remote: Set<string>
  readonly pictures: Set<string>
  readonly said: string[]
  leftOut: number
  height: number
}

/** Half a line of Japanese in the frame's usual width, as most lines end before it does. */
const lettersInLine = 40
const lineHeight = 26
const frameWidth = 640

const block = /^(?:p|div|br|tr|li|h[1-6]|blockquote|hr|pre|dt|dd|caption|figcaption)$/

function childrenOf(parent: Root | Element, seen: Seen): ElementContent[] {
  return (parent.children as RootContent[]).flatMap((child) => {
    if (child.type === 'text') {
      seen.said.push(child.value)
      return [child]
    }
    return child.type === 'element' ? nodesOf(child, seen) : []
  })
}

function nodesOf(element: Element, seen: Seen): ElementContent[] {
  const { tagName, properties } = element
  const style = String(properties.style ?? '')
  if (isHidden(style)) return []
  if (tagName === 'img') return [pictureFor(element, seen)]
  if (block.test(tagName)) {
    seen.said.push('\n')
    seen.height += tagName === 'div' || tagName === 'tr' ? lineHeight / 2 : lineHeight
  }
  const children = childrenOf(element, seen)
  const own = { ...properties, style: safeStyle(style) || undefined }
  const kept: Element = { ...element, properties: own, children }
  return [tagName === 'a' ? linked(kept) : kept]
}

/** A picture that came with the mail; for every other one its description, fetched from nowhere. */
function pictureFor({ properties }: Element, seen: Seen): ElementContent {
  const src = String(properties.src ?? '').trim()
  const alt = String(properties.alt ?? '').slice(0, 200)
  const picture = pictureAt(src, seen)
  if (alt !== '') seen.said.push(` ${alt} `)
  const [width, height] = [sizeIn(properties.width), sizeIn(properties.height)]
  if (!picture) {
    seen.leftOut += 1
    if (isRemote(src)) seen.remote.add(src)
    // A point that only counts readers leaves no mark where it stood.
    const counts = (width ?? 9) <= 2 && (height ?? 9) <= 2
    const said = alt === '' ? seen.words.picture : `${seen.words.picture}: ${alt}`
    return mark(counts ? '' : `[${said}]`)
  }
  seen.pictures.add(picture.sha256)
  const shown = Math.min(width ?? picture.width, frameWidth)
  seen.height += (shown / picture.width) * picture.height
  const own = { src: picture.data, alt, width: width ?? picture.width, height }
  return { type: 'element', tagName: 'img', properties: own, children: [] }
}

function mark(value: string): Element {
  const children: ElementContent[] = value === '' ? [] : [{ type: 'text', value }]
  return { type: 'element', tagName: 'span', properties: { className: ['left-out'] }, children }
}

function sizeIn(value: unknown): number | undefined {
  const size = Number(value)
  return Number.isInteger(size) && size >= 0 && size <= 10_000 ? size : undefined
}

/** The picture that an address names: of the mail's own, in the address itself, or one fetched. */
function pictureAt(src: string, { own, fetched }: Seen): OwnPicture | null {
  const [, cid = ''] = /^cid:([^\s"'<>]{1,256})$/i.exec(src) ?? []
  if (cid) return own.get(decoded(cid)) ?? null
  const bytes = fetched.get(src)
  return bytes ? ownPicture(bytes) : pictureInUrl(src)
}

function isRemote(src: string): boolean {
  return /^https:\/\//i.test(src) && src.length <= 2_000
}

/** A Content-ID in a URL is percent-encoded (RFC 2392); one that is not is taken as it stands. */
function decoded(cid: string): string {
  return /%(?![0-9a-f]{2})/i.test(cid) || !cid.includes('%') ? cid : unescapedOr(cid)
}

function unescapedOr(cid: string): string {
  const bytes = cid.replace(/%([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** Elements that end by themselves, or never begin anything. */
const endless =
  /^(?:br|img|hr|input|meta|link|col|wbr|area|base|embed|source|track|param|p|li|t[drh]|d[td]|option)$/i

/** How deep elements lie in each other at most, by their tags alone. */
function depthOf(html: string): number {
  let depth = 0
  let most = 0
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,19})/gi)) {
    if (endless.test(name)) continue
    depth = Math.max(0, depth + (end ? -1 : 1))
    most = Math.max(most, depth)
  }
  return most
}
