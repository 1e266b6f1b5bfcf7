/** A screen's picture is below this; a film is none. */
export const pictureBytesMax = 5 * 1024 * 1024

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp'

/**
 * What kind of picture the bytes are, by their own first bytes: what a browser or a file name says
 * counts for nothing. Null for everything else, SVG (which can hold scripts) included.
 */
export function pictureTypeOf(bytes: Buffer): PictureType | null {
  if (bytes.subarray(0, 8).equals(png) && textAt(bytes, 12, 4) === 'IHDR') return 'image/png'
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return 'image/jpeg'
  }
  const webp = textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 7) === 'WEBPVP8'
  return webp ? 'image/webp' : null
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function textAt(bytes: Buffer, start: number, length: number): string {
  return bytes.subarray(start, start + length).toString('latin1')
}
