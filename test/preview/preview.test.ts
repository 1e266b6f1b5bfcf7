import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { pictureOf } from '../../src/mail/picture.ts'
import { openPreviews } from '../../src/preview/preview.ts'
import { pdfOf } from '../support/pdf.ts'

describe('a file drawn anew', { timeout: 60_000 }, () => {
  const reasons: string[] = []
  const { draw } = openPreviews({
    atOnce: 2,
    timeoutMs: 30_000,
    failed: (why) => reasons.push(why),
  })

  it('shows the page of a PDF that was asked for, with its words', async () => {
    const file = pdfOf('The first page', 'The second page')
    const drawn = await draw('pdf', file, 2)
    expect(drawn).toMatchObject({ width: 1200, height: 600, pages: 2, words: 'The second page' })
    const webp = drawn?.webp ?? Buffer.alloc(0)
    expect(pictureOf(webp)).toEqual({ type: 'image/webp', width: 1200, height: 600 })
    expect(await inkIn(webp)).toBeGreaterThan(1_000)
  })

  it('makes a large photograph small, and leaves behind what else its file held', async () => {
    const canvas = createCanvas(3000, 2000)
    canvas.getContext('2d').fillRect(0, 0, 1500, 2000)
    const photo = Buffer.concat([await canvas.encode('jpeg'), Buffer.from('GPS 35.68 139.76')])
    const drawn = await draw('picture', photo, 1)
    expect(drawn).toMatchObject({ width: 1200, height: 800, pages: 1, words: '' })
    expect(drawn?.webp.includes('GPS')).toBe(false)
  })

  it('says why it cannot draw what is broken, locked or no such file', async () => {
    reasons.length = 0
    expect(await draw('pdf', Buffer.from('%PDF-1.7 nothing more'), 1)).toBeNull()
    expect(await draw('picture', Buffer.from('no picture'), 1)).toBeNull()
    expect(reasons[0]).toContain('InvalidPDFException')
    expect(reasons).toHaveLength(2)
  })

  it('ends what takes too long, and draws the next file all the same', async () => {
    const short = openPreviews({ atOnce: 1, timeoutMs: 1, failed: (why) => reasons.push(why) })
    reasons.length = 0
    expect(await short.draw('pdf', pdfOf('slow'), 1)).toBeNull()
    expect(reasons[0]).toContain('SIGKILL')
    expect(await draw('pdf', pdfOf('next'), 1)).toMatchObject({ words: 'next' })
  })

  it('draws no picture within a PDF that would fill the memory', async () => {
    const bomb = pdfOf('words stay').toString('latin1')
    // A picture of ten thousand million points, said in 60 bytes.
    const picture = '<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000'
    const rest = `${picture} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 0 >>\nstream\n\nendstream`
    const file = bomb
      .replace('/Font << /F1 3 0 R >>', '/Font << /F1 3 0 R >> /XObject << /X1 6 0 R >>')
      .replace('Tj ET', 'Tj ET /X1 Do')
      .replace('xref\n', `6 0 obj\n${rest}\nendobj\nxref\n`)
    const drawn = await draw('pdf', Buffer.from(file, 'latin1'), 1)
    expect(drawn?.words).toBe('words stay')
  })
})

/** How many points of a picture are dark. */
async function inkIn(webp: Buffer): Promise<number> {
  const image = await loadImage(webp)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  return data.filter((value, at) => at % 4 === 0 && value < 128).length
}
