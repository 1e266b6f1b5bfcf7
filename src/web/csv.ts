/** What a spreadsheet takes for the beginning of a formula, in either width (OWASP, CSV injection). */
const formula = /^[\s\0"';]*[=+\-@|%{＝＋－＠]/

/**
 * Rows as a file of RFC 4180, in UTF-8 with the mark by which Excel knows it. Every cell is quoted;
 * one that a spreadsheet would run begins with an apostrophe, and numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const line = value.replace(/[\r\n\t]+/g, ' ')
  const safe = formula.test(value) ? `'${line}` : line
  return `"${safe.replaceAll('"', '""')}"`
}
