import type { WebhookFormat } from '../domain/webhook.ts'

/** What a receiver is told, in codes and in words; never a word of a customer's. */
export type Said = {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly severity: number
  readonly categories: readonly string[]
  readonly mailbox: string | null
  readonly url: string
  readonly words: {
    readonly title: string
    readonly severity: string
    readonly categories: string
    readonly severityLabel: string
    readonly categoriesLabel: string
    readonly open: string
  }
}

/** The body in the format that the receiver takes. */
export function bodyOf(format: WebhookFormat, said: Said): string {
  return JSON.stringify(shapes[format](said))
}

const shapes: Record<WebhookFormat, (said: Said) => unknown> = {
  json: ({ kind, at, severity, categories, mailbox, url }) => ({
    type: `mamori.${kind}`,
    timestamp: at,
    data: { kind, severity, categories, mailbox, url },
  }),
  slack(said) {
    const { words, url } = said
    const facts = linesOf(said).map(forSlack)
    const text = [`*${forSlack(words.title)}*`, ...facts, `<${url}|${forSlack(words.open)}>`]
    return { text: text.join('\n'), unfurl_links: false }
  },
  teams: (said) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: cardOf(said),
      },
    ],
  }),
  line_works: (said) => ({
    title: said.words.title,
    body: { text: [said.words.title, ...linesOf(said)].join('\n') },
    button: { label: said.words.open, url: said.url },
  }),
}

function cardOf(said: Said) {
  const { words, url } = said
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'TextBlock', text: words.title, weight: 'Bolder', size: 'Medium', wrap: true },
      { type: 'FactSet', facts: factsOf(said) },
    ],
    actions: [{ type: 'Action.OpenUrl', title: words.open, url }],
  }
}

function linesOf(said: Said): string[] {
  return factsOf(said).map(({ title, value }) => `${title}: ${value}`)
}

/** What there is to say beside the title: no severity and no category is no fact. */
function factsOf({ words, severity, categories }: Said) {
  return [
    ...(severity > 0 ? [{ title: words.severityLabel, value: words.severity }] : []),
    ...(categories.length > 0 ? [{ title: words.categoriesLabel, value: words.categories }] : []),
  ]
}

/** Slack's three signs of control. */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
