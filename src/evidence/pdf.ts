import { createRequire } from 'node:module'
import type { Element, ElementContent, Root, RootContent } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import PDFDocument from 'pdfkit'
import type { Language } from '../domain/person.ts'

const { resolve } = createRequire(import.meta.url)
/**
 * An open font (OFL) with all kanji of JIS X 0208; only the signs that are used go into a file. By its
 * path, not under a name: the tables of pdfkit go back to the path, and would open the file for each cell.
 */
const fonts = {
  plain: resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
}

const ink = '#1f1f1f'
const line = '#b5b5b5'
const shade = '#efefef'
const bodySize = 9.5

/** A cell that is longer goes on in the next row: no row is higher than a page. */
const upToMax = /[\s\S]{1,900}/gu

export type PdfOf = {
  readonly language: Language
  /** Stands in the file as its date, so that the same page gives the same bytes. */
  readonly at: string
}

type Doc = PDFKit.PDFDocument

/**
 * Draws a page of ours as PDF (A4): headings, paragraphs and tables. Only pages that this product
 * wrote are for it; pictures, links and styles are left out. Signs that the font lacks show as boxes.
 */
export function pdfOf(html: string, { language, at }: PdfOf): Promise<Buffer> {
  const page = fromHtml(html)
  const title = textOf(elementsIn(page, 'title')[0])
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 56, bottom: 60, left: 48, right: 48 },
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, CreationDate: new Date(at), Producer: 'Mamori', Creator: 'Mamori' },
  })
  const bytes = collected(doc)
  draw(doc, page)
  numberPages(doc, title)
  doc.end()
  return bytes
}

function collected(doc: Doc): Promise<Buffer> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => done(Buffer.concat(parts)))
    doc.on('error', failed)
  })
}

type Draw = (doc: Doc, node: Element) => void

/** How each kind of element is drawn; of all others, what is in them. */
const drawers: Readonly<Record<string, Draw>> = {
  head: () => undefined,
  style: () => undefined,
  h1: (doc, node) => heading(doc, node, 18),
  h2: (doc, node) => heading(doc, node, 13),
  h3: (doc, node) => heading(doc, node, 11),
  p: (doc, node) => write(doc, textOf(node)),
  table,
}

function draw(doc: Doc, node: Root | RootContent): void {
  const drawer = node.type === 'element' ? drawers[node.tagName] : undefined
  if (node.type === 'element' && drawer) drawer(doc, node)
  else if ('children' in node) for (const child of node.children) draw(doc, child)
}

function heading(doc: Doc, node: Element, size: number): void {
  const isLast = doc.y > doc.page.height - doc.page.margins.bottom - size * 5
  if (isLast) doc.addPage()
  doc.moveDown(size > 15 ? 0 : 0.8)
  doc.font(fonts.bold).fontSize(size).fillColor(ink).text(textOf(node), doc.page.margins.left)
  doc.moveDown(0.4)
}

function write(doc: Doc, words: string): void {
  if (words === '') return
  plain(doc).text(words, doc.page.margins.left, undefined, { lineGap: 3 })
  doc.moveDown(0.5)
}

function table(doc: Doc, node: Element): void {
  const rows = elementsIn(node, 'tr').map((row) =>
    row.children
      .filter((cell) => cell.type === 'element' && /^t[hd]$/.test(cell.tagName))
      .map((cell) => textOf(cell)),
  )
  grid(doc, rows, elementsIn(node, 'thead').length > 0)
}

function grid(doc: Doc, rows: readonly string[][], hasHead: boolean): void {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  if (columns === 0) return
  const border = { border: 0.5, borderColor: line, padding: 5 }
  plain(doc)
    .table({
      columnStyles: widthsOf(rows, columns, doc),
      defaultStyle: { ...border, textOptions: { lineGap: 2.5 } },
      rowStyles: (at) => (hasHead && at === 0 ? { backgroundColor: shade } : {}),
      data: rows.flatMap(brokenUp),
    })
    .moveDown(0.6)
  doc.x = doc.page.margins.left
}

/** Columns by the length of what stands in them, none of them too narrow for a date. */
function widthsOf(rows: readonly string[][], columns: number, doc: Doc): number[] {
  const { left, right } = doc.page.margins
  const whole = doc.page.width - left - right
  const weights = Array.from({ length: columns }, (_, at) => {
    const longest = Math.max(...rows.map((row) => (row[at] ?? '').length))
    return Math.min(60, Math.max(16, longest))
  })
  const sum = weights.reduce((total, one) => total + one, 0)
  return weights.map((one) => (whole * one) / sum)
}

function brokenUp(row: readonly string[]): string[][] {
  const cells = row.map((cell) => cell.match(upToMax) ?? [''])
  const parts = Math.max(...cells.map(({ length }) => length))
  return Array.from({ length: parts }, (_, at) => cells.map((pieces) => pieces[at] ?? ''))
}

/** Each page says which it is and of what: a page that is missing is noticed. */
function numberPages(doc: Doc, title: string): void {
  const { count } = doc.bufferedPageRange()
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(at)
    const { left, right } = doc.page.margins
    // Below the margin, where words would otherwise begin a new page.
    doc.page.margins.bottom = 0
    const words = `${title}  ${at + 1} / ${count}`
    const width = doc.page.width - left - right
    const foot = doc.page.height - 36
    doc.font(fonts.plain).fontSize(8).fillColor(ink)
    doc.text(words, left, foot, { width, align: 'right', lineBreak: false })
  }
}

function plain(doc: Doc): Doc {
  return doc.font(fonts.plain).fontSize(bodySize).fillColor(ink)
}

function elementsIn(node: Root | Element, tagName: string): Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return []
    return child.tagName === tagName ? [child] : elementsIn(child, tagName)
  })
}

/** The words of an element; blanks count as in a browser, breaks stay. */
function textOf(node: ElementContent | undefined): string {
  return wordsIn(node)
    .replace(/[ \t\r\n]+/g, ' ')
    .replace(/ ?\v ?/g, '\n')
    .trim()
}

function wordsIn(node: ElementContent | undefined): string {
  if (!node || node.type === 'comment') return ''
  if (node.type === 'text') return node.value
  if (node.tagName === 'br') return '\v'
  const inside = node.children.map(wordsIn).join('')
  return node.tagName === 'p' ? `${inside}\v` : inside
}
