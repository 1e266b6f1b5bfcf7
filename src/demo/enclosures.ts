import { crc32, deflateSync } from 'node:zlib'
import type { Enclosed } from './story/told.ts'

type Colour = readonly [red: number, green: number, blue: number]

type Picture = {
  readonly width: number
  readonly height: number
  readonly colourAt: (x: number, y: number) => Colour
}

/** A picture that somebody took, painted point by point and written as PNG. */
export function picture(filename: string, painted: Picture): Enclosed {
  return { filename, contentType: 'image/png', content: pngOf(painted) }
}

/** A document of one page, written as PDF; its lines are ASCII, for which no font is enclosed. */
export function document(filename: string, lines: readonly string[]): Enclosed {
  return { filename, contentType: 'application/pdf', content: pdfOf(lines) }
}

/** A text file in UTF-8. */
export function textFile(filename: string, text: string): Enclosed {
  return { filename, contentType: 'text/plain; charset=utf-8', content: Buffer.from(text) }
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

function pngOf({ width, height, colourAt }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each of red, green and blue; neither filter nor interlacing.
  header.set([8, 2, 0, 0, 0], 8)
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (_, x) => colourAt(x, y)).flat(),
  ])
  const points = deflateSync(Buffer.from(rows.flat()))
  return Buffer.concat([
    pngSignature,
    chunkOf('IHDR', header),
    chunkOf('IDAT', points),
    chunkOf('IEND', Buffer.alloc(0)),
  ])
}

function chunkOf(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

function pdfOf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n')
  const page = `BT /F1 12 Tf 16 TL 60 780 Td\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  const places: number[] = []
  for (const [index, object] of objects.entries()) {
    places.push(file.length)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const end = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(`${file}xref\n0 ${size}\n0000000000 65535 f \n${table}${end}`, 'latin1')
}
