import { buffer } from 'node:stream/consumers'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

/*
 * Draws one page of a file anew, as points: a program of its own, which has no rights but to read
 * its own code. The file comes in, a line that tells of it and a picture go out. Whatever a file
 * does to the drawing costs this process only.
 */

/** What the program says of a file, before the bytes of the picture (WebP). */
export type Told = {
  /** Of the picture, in pixels. */
  readonly width: number
  readonly height: number
  readonly pages: number
  /** The words of a PDF's page; of a picture none. */
  readonly words: string
}

/** In pixels: what a page shows beside a thread, on a dense screen. */
const widthMax = 1_200
const heightMax = 4_000

/** Pictures within a PDF that are larger than this many points are left out. */
const pictureMax = 40_000_000
const wordsMax = 20_000

const [kind = '', page = '1', assets = ''] = process.argv.slice(2)
const file = await buffer(process.stdin)
const drawing = kind === 'pdf' ? pageOf(Number(page)) : drawnAnew()
// pdf.js may hold on to what a broken file never ends: the process ends itself.
drawing.then(
  ({ told, picture }) => {
    const out = Buffer.concat([Buffer.from(`${JSON.stringify(told)}\n`), picture])
    process.stdout.write(out, () => process.exit(0))
  },
  (error: unknown) => process.stderr.write(`${error}\n`, () => process.exit(1)),
)

async function pageOf(number: number): Promise<{ told: Told; picture: Buffer }> {
  const task = getDocument({
    data: new Uint8Array(file),
    cMapUrl: `${assets}/cmaps/`,
    standardFontDataUrl: `${assets}/standard_fonts/`,
    wasmUrl: `${assets}/wasm/`,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: pictureMax,
    verbosity: VerbosityLevel.ERRORS,
  })
  const document = await task.promise
  const sheet = await document.getPage(Math.min(number, document.numPages))
  const whole = sheet.getViewport({ scale: 1 })
  const scale = Math.min(widthMax / whole.width, heightMax / whole.height)
  const viewport = sheet.getViewport({ scale })
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
  // Its own type is the browser's; the canvas here speaks the same words.
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D
  await sheet.render({ canvas: null, canvasContext, viewport }).promise
  const { items } = await sheet.getTextContent()
  const words = items
    .map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : ''))
    .join('')
    .slice(0, wordsMax)
  return {
    told: { width: canvas.width, height: canvas.height, pages: document.numPages, words },
    picture: await canvas.encode('webp', 85),
  }
}

async function drawnAnew(): Promise<{ told: Told; picture: Buffer }> {
  const image = await loadImage(file)
  const scale = Math.min(1, widthMax / image.width, heightMax / image.height)
  const [width, height] = [image.width, image.height].map((size) =>
    Math.max(1, Math.round(size * scale)),
  ) as [number, number]
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').drawImage(image, 0, 0, width, height)
  const picture = await canvas.encode('webp', 85)
  return { told: { width, height, pages: 1, words: '' }, picture }
}
