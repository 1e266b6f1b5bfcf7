/** How the report looks, on a screen and on paper; nothing of it comes from elsewhere. */
export const reportStyle = `
:root { color-scheme: light }
body { font: 15px/1.7 'BIZ UDPGothic', 'Hiragino Sans', 'Noto Sans JP', 'Yu Gothic', sans-serif;
  color: #1c2430; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem }
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; padding-bottom: .25rem; border-bottom: 2px solid #d5dbe3 }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem }
p { margin: .4rem 0 } .help { color: #4d5968 }
table { width: 100%; border-collapse: collapse; margin: .4rem 0 1rem }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #d5dbe3;
  overflow-wrap: anywhere }
th { font-weight: 600; color: #4d5968; white-space: nowrap }
thead th { border-bottom: 2px solid #d5dbe3 }
td.words { white-space: pre-wrap } td.when { white-space: nowrap }
.facts th { width: 11rem } code { font: .85em/1.5 ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
thead th { white-space: normal }
@media (max-width: 40rem) { body { margin: 1rem auto } td.when { white-space: normal }
  .facts th { width: 7rem; white-space: normal } thead { display: none }
  table:not(.facts) tr { display: block; padding: .5rem 0; border-bottom: 1px solid #d5dbe3 }
  table:not(.facts) td { display: block; border: 0; padding: .05rem 0 }
  td[data-label]:not(:empty)::before { content: attr(data-label) ': '; color: #4d5968 } }
@media print { body { max-width: none; margin: 0; font-size: 10.5pt } h2 { break-after: avoid }
  tr { break-inside: avoid } }
`
