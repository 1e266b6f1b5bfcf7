/**
 * What of a `style` attribute stays: colours, weight, alignment, and space around things. Nothing
 * that fetches, moves things over others, hides them or draws them outside of their place.
 */
const kept = new RegExp(
  `^(?:${[
    'color',
    'background(?:-color)?',
    'font-(?:size|style|weight)',
    'text-(?:align|decoration|indent)',
    'vertical-align',
    'white-space',
    '(?:padding|margin)(?:-(?:top|right|bottom|left))?',
    'border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?',
    'border-(?:collapse|spacing|radius)',
    'width',
    'max-width',
    'list-style-type',
  ].join('|')})$`,
)

/** A colour, a keyword or a length: no quote, escape, comment or function but the colours'. */
const value =
  /^(?:#[0-9a-f]{3,8}|[a-z]{1,20}(?:-[a-z]{1,20}){0,2}|(?:rgb|hsl)a?\([\d\s.,%]{1,40}\)|\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|%)?)$/

const declarationsMax = 60

/** The declarations that may stay, or the empty text. */
export function safeStyle(style: string): string {
  return style
    .slice(0, 4_000)
    .split(';', declarationsMax)
    .flatMap((declaration) => {
      const [name = '', ...rest] = declaration.split(':')
      const property = name.trim().toLowerCase()
      const said = rest
        .join(':')
        .replace(/!\s*important/i, '')
        .trim()
        .toLowerCase()
      return kept.test(property) && isPlain(said) ? [`${property}:${said}`] : []
    })
    .join(';')
}

/** Whether the sender hides the element: what nobody was to see is not shown as if they were. */
export function isHidden(style: string): boolean {
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i.test(style.slice(0, 4_000))
}

function isPlain(said: string): boolean {
  const words = said.replace(/\(([^()]*)\)/g, (inner) => inner.replace(/\s+/g, ''))
  const each = words.split(/\s+/)
  return each.length <= 4 && each.every((word) => value.test(word))
}
