import { createCanvas } from '@napi-rs/canvas'
import { fromHtml } from 'hast-util-from-html'
import { describe, expect, it } from 'vitest'
import { formattedOf } from '../../src/mail/formatted.ts'
import { hostileHtml } from '../support/hostile-html.ts'
import { mail, multipart, part } from '../support/mime.ts'

const none = Buffer.alloc(0)
const words = { picture: '画像' }
const png = createCanvas(40, 30).toBuffer('image/png')

async function html(source: string): Promise<string> {
  return (await formattedOf(source, none, words))?.html ?? ''
}

type Node = {
  readonly type: string
  readonly tagName?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly children?: readonly Node[]
}

function nodesIn(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesIn)]
}

describe('a mail’s HTML made safe', () => {
  it.each(hostileHtml().map(({ id, html: source }) => [id, source]))(
    'has nothing in it that runs, fetches or takes part in our page: %s',
    async (_, source) => {
      const nodes = nodesIn(fromHtml(await html(source), { fragment: true }) as Node)
      for (const { tagName, properties = {} } of nodes) {
        expect(tagName ?? 'p').not.toMatch(
          /^(?:script|style|iframe|frame|object|embed|form|input|button|select|textarea|meta|link|base|svg|math|video|audio|source|template|noscript|dialog|body|html)$/,
        )
        for (const [name, value] of Object.entries(properties)) {
          expect(name).not.toMatch(/^on|^(?:id|name|srcSet|srcDoc|background|ping|action|popover)/)
          if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|tel:)/)
          if (name === 'src') expect(value).toMatch(/^data:image\/(?:png|jpeg|gif|webp);base64,/)
          if (name === 'style') expect(value).not.toMatch(/url|expression|position|\\|@/i)
        }
      }
    },
  )

  it('keeps what a mail is made of: emphasis, lists, tables, colours', async () => {
    const source =
      '<h2>ご案内</h2><ul><li><b>一</b></li></ul><table><tr><td style="color:red">赤</td></tr></table>'
    expect(await html(source)).toBe(
      '<h2>ご案内</h2><ul><li><b>一</b></li></ul><table><tbody><tr><td style="color:red">赤</td></tr></tbody></table>',
    )
  })

  it('says where a link leads that says something else', async () => {
    const shown = await html('<a href="https://evil.example/login?bank">https://bank.example</a>')
    expect(shown).toContain('[evil.example/login?bank]')
    expect(shown).toContain('rel="noopener noreferrer nofollow"')
    expect(await html('<a href="https://bank.example/">bank.example</a>')).not.toContain('[')
  })

  it('says nothing of a point that only counts readers, and names other pictures', async () => {
    const source =
      '<img src="https://t.example/1" width=1 height=1><img src="https://x.example/l.png" alt="ロゴ"><img src="http://x.example/m.png">'
    const formatted = await formattedOf(source, none, words)
    expect(formatted).toMatchObject({ leftOut: 3 })
    expect(formatted?.remote).toEqual(['https://t.example/1', 'https://x.example/l.png'])
    expect(formatted?.html.match(/\[[^\]]*\]/g)).toEqual(['[画像: ロゴ]', '[画像]'])
  })

  it('shows pictures that were fetched for it, if they are pictures', async () => {
    const source = '<img src="https://x.example/a.png"><img src="https://x.example/b.png">'
    const fetched = new Map([
      ['https://x.example/a.png', png],
      ['https://x.example/b.png', Buffer.from('<svg onload=alert(1)>')],
    ])
    const formatted = await formattedOf(source, none, words, fetched)
    expect(formatted?.leftOut).toBe(1)
    expect(formatted?.html).toContain(`src="data:image/png;base64,${png.toString('base64')}"`)
  })

  it('shows pictures that came with the mail by their Content-ID', async () => {
    const related = multipart(
      'related',
      part('text/html; charset=utf-8', '<p>図<img src="cid:a%40b"></p>'),
      part('application/octet-stream', png, 'Content-ID: <a@b>', 'Content-Disposition: inline'),
    )
    const raw = mail('From: a@b.example', 'MIME-Version: 1.0', ...related)
    const formatted = await formattedOf('<p>図<img src="cid:a%40b"></p>', raw, words)
    expect(formatted?.leftOut).toBe(0)
    expect(formatted?.pictures).toHaveLength(1)
    expect(formatted?.html).toContain('width="40"')
  })

  it('gives up HTML nested deeper than anybody writes, and is quick about it', async () => {
    expect(await formattedOf('<div>'.repeat(100_000), none, words)).toBeNull()
    expect(await formattedOf('<b>'.repeat(1_000_000), none, words)).toBeNull()
  })

  it('leaves out what its sender hid', async () => {
    const formatted = await formattedOf('<p style="display:none">殺す</p><p>はい</p>', none, words)
    expect(formatted?.words).toBe('はい')
    expect(formatted?.html).not.toContain('殺す')
  })
})
