import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bodyOf, type Said } from '../../src/outside/formats.ts'
import { newSecret, signed } from '../../src/outside/signature.ts'

const said: Said = {
  id: 'd1',
  kind: 'alert',
  at: '2026-11-26T05:00:00.000Z',
  severity: 3,
  categories: ['threat'],
  mailbox: 'support',
  url: 'https://mamori.example/alerts',
  words: {
    title: 'A & <B>',
    severity: '重大',
    categories: '脅迫',
    severityLabel: '程度',
    categoriesLabel: '分類',
    open: '開く',
  },
}

describe('what a receiver gets', () => {
  it('is codes and a link as generic JSON', () => {
    expect(JSON.parse(bodyOf('json', said))).toEqual({
      type: 'mamori.alert',
      timestamp: said.at,
      data: {
        kind: 'alert',
        severity: 3,
        categories: ['threat'],
        mailbox: 'support',
        url: said.url,
      },
    })
  })

  it('is a message of Slack with its signs escaped', () => {
    expect(JSON.parse(bodyOf('slack', said))).toEqual({
      text: `*A &amp; &lt;B&gt;*\n程度: 重大\n分類: 脅迫\n<${said.url}|開く>`,
      unfurl_links: false,
    })
  })

  it('is an Adaptive Card for a workflow of Teams', () => {
    const { type, attachments } = JSON.parse(bodyOf('teams', said))
    expect(type).toBe('message')
    expect(attachments[0].contentType).toBe('application/vnd.microsoft.card.adaptive')
    const { content } = attachments[0]
    expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' })
    expect(content.body[1].facts).toEqual([
      { title: '程度', value: '重大' },
      { title: '分類', value: '脅迫' },
    ])
    expect(content.actions).toEqual([{ type: 'Action.OpenUrl', title: '開く', url: said.url }])
  })

  it('is title, text and button for LINE WORKS, without what there is none of', () => {
    expect(JSON.parse(bodyOf('line_works', { ...said, categories: [] }))).toEqual({
      title: 'A & <B>',
      body: { text: 'A & <B>\n程度: 重大' },
      button: { label: '開く', url: said.url },
    })
  })
})

describe('a signature', () => {
  it('is over id, time and body, with the secret’s bytes (Standard Webhooks)', () => {
    const secret = newSecret()
    const at = new Date('2026-11-26T05:00:00.900Z')
    const headers = signed(secret, { id: 'd1', at, body: '{}' })
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    expect(key).toHaveLength(32)
    const mac = createHmac('sha256', key).update('d1.1795669200.{}').digest('base64')
    expect(headers).toEqual({
      'webhook-id': 'd1',
      'webhook-timestamp': '1795669200',
      'webhook-signature': `v1,${mac}`,
    })
    expect(newSecret()).not.toBe(secret)
  })

  it('agrees with the example of the standard', () => {
    const headers = signed('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    })
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})
