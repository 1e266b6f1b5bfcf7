import { type Refusal, refuse } from './step.ts'

/** Files of one reply: most servers take mails of 20 MB, of which base64 leaves 15. */
export const fileLimits = {
  /** Bytes of one file. */
  each: 5 * 1024 * 1024,
  /** Bytes of all files together. */
  together: 10 * 1024 * 1024,
  count: 10,
  /** UTF-16 units of a name. */
  name: 120,
} as const

/**
 * What a customer's program opens as what it is. Nothing else leaves: no programs, no scripts, no
 * pages, which filters throw away with the whole mail, or a customer opens for our sake.
 */
const typesByEnding: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  gif: 'image/gif',
  ics: 'text/calendar',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/** Endings that a file may have. */
export const fileEndings = Object.keys(typesByEnding)

/** The type that a file is sent as: by its name, never by what a browser said. */
export function typeOfFile(filename: string): string | null {
  const [, ending = ''] = /\.([a-z0-9]{1,5})$/i.exec(filename) ?? []
  const known = ending.toLowerCase()
  return Object.hasOwn(typesByEnding, known) ? (typesByEnding[known] ?? null) : null
}

/**
 * Whether a file can have that name in a mail of ours: one line that shows what it is, no path, no
 * signs that change the direction of reading, nothing that ends a parameter (RFC 2231).
 */
export function isFileName(name: string): boolean {
  if (name.length === 0 || name.length > fileLimits.name) return false
  if (name !== name.trim() || /^[.\-|]|\.$/.test(name)) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused.
  if (/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/.test(name)) {
    return false
  }
  if (/[/\\:*?"<>|;%／＼]/.test(name) || /=\?/.test(name)) return false
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)) return false
  return typeOfFile(name) !== null
}

/** Why a file cannot go with those that are there, or null. */
export function whyNotAttach(
  file: { readonly filename: string; readonly size: number },
  there: readonly { readonly size: number }[],
): Refusal | null {
  if (!isFileName(file.filename)) return refuse('file_name_wrong')
  if (file.size === 0) return refuse('file_empty')
  if (file.size > fileLimits.each) return refuse('file_too_large')
  if (there.length >= fileLimits.count) return refuse('files_too_many')
  const together = there.reduce((sum, { size }) => sum + size, file.size)
  return together > fileLimits.together ? refuse('file_too_large') : null
}
