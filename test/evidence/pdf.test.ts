import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, it } from 'vitest'
import { pdfOf } from '../../src/evidence/pdf.ts'

const about = { language: 'ja', at: '2026-11-27T00:00:00.000Z' } as const

function pageOf(body: string): string {
  return `<!doctype html><html><head><title>事案の報告</title><style>p{color:red}</style></head><body>${body}</body></html>`
}

/** What a reader finds in a PDF, a text a page. */
async function wordsIn(pdf: Buffer): Promise<string[]> {
  const loading = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const file = await loading.promise
  const pages = Array.from({ length: file.numPages }, async (_, at) => {
    const { items } = await (await file.getPage(at + 1)).getTextContent()
    return items.map((item) => ('str' in item ? item.str : '')).join('')
  })
  const words = await Promise.all(pages)
  await loading.destroy()
  return words
}

describe('a report as PDF', () => {
  it('has the words of the page, to be read and found', async () => {
    const rows =
      '<thead><tr><th>日時</th><th>こと</th></tr></thead><tr><td>10月1日</td><td>警告</td></tr>'
    const body = `<h1>報告</h1><p>経過 &lt;以下&gt;</p><table>${rows}</table>`
    const [words = ''] = await wordsIn(await pdfOf(pageOf(body), about))
    for (const one of ['報告', '経過 <以下>', '日時', '10月1日', '警告', '事案の報告']) {
      expect(words).toContain(one)
    }
    expect(words).not.toContain('color')
  })

  it('loses nothing of a quotation that is longer than a page, and numbers its pages', async () => {
    const long = Array.from({ length: 900 }, (_, at) => `語${at}。`).join('')
    const pages = await wordsIn(
      await pdfOf(pageOf(`<table><tr><td>${long}</td></tr></table>`), about),
    )
    expect(pages.length).toBeGreaterThan(1)
    const said = pages.join('')
    for (let at = 0; at < 900; at += 1) expect(said).toContain(`語${at}。`)
    pages.forEach((words, at) => {
      expect(words).toContain(`${at + 1} / ${pages.length}`)
    })
  })

  it('is the same bytes of the same page', async () => {
    const page = pageOf('<h1>報告</h1><p>終わり</p>')
    expect((await pdfOf(page, about)).equals(await pdfOf(page, about))).toBe(true)
  })
})
