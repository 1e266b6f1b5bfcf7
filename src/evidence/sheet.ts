import type { Language } from '../domain/person.ts'
import { type Markup, markup } from './markup.ts'
import { reportStyle } from './report.style.ts'

/** A report as one file without a script or anything from elsewhere, begun by its title. */
export function sheet(language: Language, title: string, body: Markup): Markup {
  return markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: reportStyle }}</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`
}

/** A row of facts: what it is, and what is so. */
export function fact(name: string, value: string | Markup): Markup {
  return markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`
}

/** A table under its heads. */
export function tableOf(heads: readonly string[], rows: readonly Markup[]): Markup {
  return markup`<table><thead><tr>${heads.map((one) => markup`<th>${one}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table>`
}
