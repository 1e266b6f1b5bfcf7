/** HTML that is whole: everything in it that was written by somebody is escaped. */
export type Markup = { readonly html: string }

type Part = string | number | Markup | readonly Markup[]

/** Puts values into HTML; plain text is escaped, so that no mail writes the report. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const html = strings.map((text, at) => text + partOf(parts[at])).join('')
  return { html }
}

function partOf(part: Part | undefined): string {
  if (part === undefined) return ''
  if (typeof part === 'object') {
    return 'html' in part ? part.html : part.map((one) => one.html).join('\n')
  }
  return String(part)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll(directions, '')
}

/** Signs that would turn the order of what follows them. */
const directions = /[\u202a-\u202e\u2066-\u2069]/g
