import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrivals } from '../support/arrived.ts'
import { multipart, part } from '../support/mime.ts'
import { oddMail } from '../support/odd-mails.ts'
import { pdfOf } from '../support/pdf.ts'
import { openSite, type TestSite, type Visitor } from '../support/site.ts'

const harm = 'お前らは全員ゴミだ、刺してやるから覚悟しろ。'

type File = { readonly name: string; readonly bytes: Buffer }

function mailWith(from: string, text: string, ...files: readonly File[]): Buffer {
  const parts = files.map(({ name, bytes }) =>
    part('application/octet-stream', bytes, `Content-Disposition: attachment; filename="${name}"`),
  )
  return oddMail(
    '写真',
    from,
    ...multipart('mixed', part('text/plain; charset=utf-8', text), ...parts),
  )
}

describe('looking at a file', { timeout: 60_000 }, () => {
  let site: TestSite
  let reviewer: Visitor
  let arrived: ReturnType<typeof arrivals>
  const png = createCanvas(40, 30).toBuffer('image/png')

  beforeAll(async () => {
    site = await openSite()
    reviewer = await site.as('reviewer')
    arrived = arrivals(site)
  }, 60_000)
  afterAll(() => site.close())

  const textOf = async (visitor: Visitor, path: string) => (await visitor.get(path)).text()
  /** Where the files of a mail can be looked at, as its thread says. */
  const linksOf = async (threadId: string) =>
    [
      ...(await textOf(reviewer, `/threads/${threadId}`)).matchAll(
        /href="([^"]+\/preview\?page=1)"/g,
      ),
    ].map(([, path = '']) => path)
  const seenBy = async (name: string) => {
    const people = await site.house.store.people.list()
    const person = people.find(({ email }) => email.startsWith(`${name}@`))
    return site.house.store.exposures.of(person?.id ?? '', '2000')
  }

  it('shows a picture and the pages of a PDF, drawn anew, and offers nothing for other files', async () => {
    const mail = await arrived(
      mailWith(
        'p1@look.example',
        '写真を送ります。',
        { name: 'photo.png', bytes: png },
        { name: 'form.pdf', bytes: pdfOf('Page one', 'Page two') },
        { name: 'table.xlsx', bytes: Buffer.from('PK') },
      ),
    )
    const [picture = '', pdf = '', ...others] = await linksOf(mail.threadId)
    expect(others).toEqual([])
    const page = await textOf(reviewer, picture)
    expect(page).toContain('photo.png のプレビュー')
    expect(page).toMatch(
      /<img class="sheet" src="data:image\/webp;base64,[^"]+" width="40" height="30"/,
    )
    const first = await textOf(reviewer, pdf)
    expect(first).toContain('PDF・2ページ中1ページ目')
    expect(first).toContain('Page one')
    const [, next = ''] = /href="([^"]+page=2)"/.exec(first) ?? []
    const second = await textOf(reviewer, next)
    expect(second).toContain('Page two')
    expect(second).not.toContain('Page one')
    expect(await seenBy('reviewer')).toHaveLength(0)
  })

  it('keeps a file of a shielded thread back until somebody asks, on record', async () => {
    const mail = await arrived(mailWith('p2@look.example', harm, { name: 'it.png', bytes: png }))
    const [path = ''] = await linksOf(mail.threadId)
    expect(await textOf(reviewer, path)).not.toContain('<img class="sheet"')
    expect(await seenBy('reviewer')).toHaveLength(0)
    const answer = await reviewer.post(path.replace(/\?.*/, ''), {})
    expect(answer.headers.get('location')).toBe(path)
    expect((await seenBy('reviewer')).map(({ passage }) => passage)).toEqual([
      expect.stringMatching(/^file:[0-9a-f]{64}$/),
    ])
    expect(await textOf(reviewer, path)).toContain('<img class="sheet"')
    site.pass(11 * 60_000)
    expect(await textOf(reviewer, path)).not.toContain('<img class="sheet"')
  })

  it('keeps a PDF back whose words are harmful, in a thread that is not', async () => {
    const bytes = pdfOf('I will kill you, you worthless piece of trash')
    const mail = await arrived(mailWith('p3@look.example', 'Please see.', { name: 'a.pdf', bytes }))
    const [path = ''] = await linksOf(mail.threadId)
    const page = await textOf(reviewer, path)
    expect(page).not.toMatch(/kill you|class="sheet"/)
    await reviewer.post(path.replace(/\?.*/, ''), {})
    expect(await textOf(reviewer, path)).toContain('kill you')
  })

  it('says that a file is not what its name says, and leaves it to be saved', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    const mail = await arrived(mailWith('p4@look.example', 'どうぞ', { name: 'x.png', bytes }))
    const [path = ''] = await linksOf(mail.threadId)
    const page = await textOf(reviewer, path)
    expect(page).toContain('このファイルはここでは表示できません')
    expect(page).toContain('ファイルを保存')
    expect(page).not.toContain('<img class="sheet"')
  })

  it('is not there for who may not see the mailbox', async () => {
    const mail = await arrived(mailWith('p5@look.example', 'はい', { name: 'b.png', bytes: png }))
    const [path = ''] = await linksOf(mail.threadId)
    await site.hire('elsewhere', ['reviewer'], { reviewer: ['nowhere'] })
    const elsewhere = await site.as('elsewhere')
    expect((await elsewhere.get(path)).status).toBe(404)
    expect((await elsewhere.post(path.replace(/\?.*/, ''), {})).status).toBe(404)
  })
})
