/**
 * A name that can be shown and saved under: no path, no control or direction characters, nothing
 * that a shell reads as a switch. Without a name, one by its place and kind.
 */
export function safeFilename(name: string, index: number, contentType = ''): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .normalize('NFC')
    .replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(/^-/, '_')
  const kept = shortened(clean)
  if (kept === '') return `attachment-${index + 1}${extensions[contentType] ?? ''}`
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(kept) ? `_${kept}` : kept
}

const lengthMax = 120

/** A long name loses its middle: its end says what kind of file it is. */
function shortened(name: string): string {
  const characters = [...name.slice(0, lengthMax * 20)]
  if (characters.length <= lengthMax) return characters.join('')
  const end = /\.\w{1,10}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, lengthMax - end.length).join('') + end
}

/** What parts without a name are usually called. */
const extensions: Readonly<Record<string, string>> = {
  'application/ms-tnef': '.dat',
  'application/pdf': '.pdf',
  'application/pgp-signature': '.asc',
  'application/pkcs7-mime': '.p7m',
  'application/pkcs7-signature': '.p7s',
  'application/x-pkcs7-mime': '.p7m',
  'application/x-pkcs7-signature': '.p7s',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/html': '.html',
  'text/plain': '.txt',
}
