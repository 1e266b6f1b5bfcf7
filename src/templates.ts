import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Liquid } from 'liquidjs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language } from './domain/person.ts'

export const noticeKinds = ['warning', 'suspension', 'refusal', 'lifting'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Everything a notice can say. It names no member of staff: there is no such fact. */
export type NoticeFacts = {
  /** The customer's own name as their mail gives it; empty where it gives none. */
  readonly customer: string
  readonly company: string
  readonly department: string
  readonly policy: string
  readonly policy_url: string
  /** The policy's names of the categories decided on. */
  readonly conduct: readonly string[]
  readonly mail_dates: readonly string[]
  readonly today: string
  readonly ends_on: string
  readonly review_on: string
  readonly stays_open: string
  readonly objection: string
  readonly reference: string
}

export type Rendered = { readonly subject: string; readonly text: string }

export type Templates = {
  render(kind: NoticeKind, language: Language, facts: NoticeFacts): Rendered
}

/** One or more template files that cannot be used; the message names each file and the mend. */
export class TemplateError extends Error {
  constructor(flaws: readonly string[]) {
    super(`templates cannot be used:\n${flaws.map((flaw) => `  ${flaw}`).join('\n')}`)
    this.name = 'TemplateError'
  }
}

/** Facts that show every branch of a template, for previews and the check at start-up. */
export const sampleFacts: NoticeFacts = {
  customer: '山田 太郎',
  company: '守り商事株式会社',
  department: 'お客様相談窓口',
  policy: 'カスタマーハラスメントに対する基本方針',
  policy_url: 'https://mamori.example/policy',
  conduct: ['暴言', '脅迫'],
  mail_dates: ['2026年11月20日', '2026年11月22日'],
  today: '2026年11月23日',
  ends_on: '2027年5月22日',
  review_on: '2027年2月21日',
  stays_open: 'ご契約の終了、ご請求、製品の安全についてのご連絡',
  objection: 'この判断に異議がある場合は、このメールへの返信でお知らせください。',
  reference: 'a1b2c3d4e5f6',
}

/** What a notice must say, by kind: where to object, and what follows. */
const needed: Record<NoticeKind, readonly (keyof NoticeFacts)[]> = {
  warning: ['objection', 'conduct'],
  suspension: ['objection', 'conduct', 'ends_on', 'stays_open'],
  refusal: ['objection'],
  lifting: [],
}

/** Templates are short and come from the company: more is a mistake, or hostile. */
const limits = { parseLimit: 50_000, renderLimit: 1_000, memoryLimit: 1_000_000 }

const frontMatter = z.strictObject({
  subject: z.string().min(1),
  variables: z.array(z.string()),
})

type Source = { readonly subject: string; readonly body: string; readonly file: string }

/** Reads every notice in both languages from a folder. Throws `TemplateError` naming all flaws. */
export function loadTemplates(folder: string): Templates {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...limits,
  })
  const flaws: string[] = []
  const sources = new Map<string, Source>()
  for (const kind of noticeKinds) {
    for (const language of ['ja', 'en'] as const) {
      const file = join(folder, `${kind}.${language}.txt`)
      try {
        sources.set(`${kind}.${language}`, readSource(engine, file, kind))
      } catch (error) {
        flaws.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  if (flaws.length > 0) throw new TemplateError(flaws)
  return {
    render(kind, language, facts) {
      const source = sources.get(`${kind}.${language}`)
      if (!source) throw new TemplateError([`${kind}.${language}.txt is not loaded`])
      return renderSource(engine, source, facts)
    },
  }
}

function readSource(engine: Liquid, file: string, kind: NoticeKind): Source {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? []
  if (head === undefined || body === undefined) {
    throw new Error('must begin with ---, subject and variables, and --- again')
  }
  const { subject, variables } = frontMatter.parse(parse(head))
  const used = engine.globalVariablesSync(engine.parse(`${subject}\n${body}`))
  const unknown = used.filter((name) => !(name in sampleFacts))
  if (unknown.length > 0) throw new Error(`unknown variable ${unknown.join(', ')}`)
  const undeclared = used.filter((name) => !variables.includes(name))
  if (undeclared.length > 0) throw new Error(`uses ${undeclared.join(', ')} without declaring it`)
  const idle = variables.filter((name) => !used.includes(name))
  if (idle.length > 0) throw new Error(`declares ${idle.join(', ')} and does not use it`)
  const lacking = needed[kind].filter((name) => !used.includes(name))
  if (lacking.length > 0) throw new Error(`a ${kind} must say {{ ${lacking.join(' }}, {{ ')} }}`)
  const source = { subject, body, file }
  renderSource(engine, source, sampleFacts)
  return source
}

function renderSource(engine: Liquid, { subject, body }: Source, facts: NoticeFacts): Rendered {
  return {
    subject: engine.parseAndRenderSync(subject, facts).replace(/\s+/g, ' ').trim(),
    text: `${engine.parseAndRenderSync(body, facts).trim()}\n`,
  }
}
