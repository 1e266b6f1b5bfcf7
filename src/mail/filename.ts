/** A name that can be shown and saved under: no path, no control or direction characters. */
export function safeFilename(name: string, index: number): string {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .normalize('NFC')
    .replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const kept = [...clean].slice(0, 120).join('')
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(kept)
  return kept === '' ? `attachment-${index + 1}` : reserved ? `_${kept}` : kept
}
