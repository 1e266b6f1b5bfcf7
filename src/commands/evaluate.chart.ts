import type { CurvePoint } from '../classify/evaluate.curve.ts'

/** Sides of the drawing and of the room for its words, in units of the SVG. */
const side = 480
const margin = 56

/** False alarms (across) against recall (up) as SVG, readable in light and dark. */
export function chartOf(curve: readonly CurvePoint[]): string {
  const points = curve.map(({ falseAlarms, recall }) => `${across(falseAlarms)},${up(recall)}`)
  const marks = curve
    .filter((_, at) => at % 2 === 0)
    .map(
      ({ bound, falseAlarms, recall }) =>
        `<circle cx="${across(falseAlarms)}" cy="${up(recall)}" r="3"><title>bound ${bound.toFixed(2)}: false alarms ${percent(falseAlarms)}, recall ${percent(recall)}</title></circle>`,
    )
  const total = side + 2 * margin
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total} ${total}" width="${total}" height="${total}" role="img" aria-label="False alarms against recall">`,
    '<style>svg{font:13px system-ui,sans-serif;fill:#222;background:#fff}path,polyline{fill:none;stroke:#888}polyline{stroke:#2158b8;stroke-width:2}circle{fill:#2158b8}@media(prefers-color-scheme:dark){svg{fill:#ddd;background:#161616}polyline{stroke:#8ab4f8}circle{fill:#8ab4f8}}</style>',
    ...[0, 0.25, 0.5, 0.75, 1].flatMap(gridAt),
    `<polyline points="${points.join(' ')}"/>`,
    ...marks,
    `<text x="${total / 2}" y="${total - 12}" text-anchor="middle">false alarms on harmless threads</text>`,
    `<text x="16" y="${total / 2}" text-anchor="middle" transform="rotate(-90 16 ${total / 2})">harassment found</text>`,
    '</svg>\n',
  ].join('\n')
}

function gridAt(share: number): string[] {
  return [
    `<path d="M${across(share)} ${up(0)}V${up(1)}M${across(0)} ${up(share)}H${across(1)}" opacity=".3"/>`,
    `<text x="${across(share)}" y="${up(0) + 18}" text-anchor="middle">${percent(share)}</text>`,
    `<text x="${across(0) - 6}" y="${up(share) + 4}" text-anchor="end">${percent(share)}</text>`,
  ]
}

function across(share: number): number {
  return Math.round(margin + share * side)
}

function up(share: number): number {
  return Math.round(margin + (1 - share) * side)
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
