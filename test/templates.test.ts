import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noticeKinds, type TemplateName, templateNames } from '../src/domain/notice.ts'
import { checkTemplate } from '../src/templates.check.ts'
import { textOf } from '../src/templates.engine.ts'
import { sampleFacts } from '../src/templates.facts.ts'
import { readTemplates, renderTemplate } from '../src/templates.ts'
import { temporaryFolder } from './support/folder.ts'

const folder = join(import.meta.dirname, '..', 'templates')

describe('the notices', () => {
  const texts = readTemplates(folder)
  const textNamed = (name: TemplateName) => texts.get(name) ?? ''

  it.each(noticeKinds.flatMap((kind) => [[kind, 'ja'] as const, [kind, 'en'] as const]))(
    'say what they must: %s in %s',
    (kind, language) => {
      const { subject, text } = renderTemplate(textNamed(`${kind}.${language}`), sampleFacts)
      expect(subject).not.toMatch(/[{}\r\n]/)
      expect(text).not.toMatch(/[{}]/)
      expect(text).toContain(sampleFacts.reference)
      if (kind !== 'lifting') expect(text).toContain(sampleFacts.objection)
      if (kind === 'suspension') expect(text).toContain(sampleFacts.ends_on)
      expect(text).not.toMatch(/クレーマー|異常|犯罪者/)
    },
  )

  it('treat what a customer calls themselves as words, not as a template', () => {
    const { text } = renderTemplate(textNamed('warning.en'), {
      ...sampleFacts,
      customer: '{{ objection }}{% raw %}',
    })
    expect(text).toContain('Dear {{ objection }}{% raw %},')
  })
})

describe('a template that cannot be used stops the start and is named with its mend', () => {
  it.each([
    ['an unknown variable', '{{ salary }}', /unknown variable salary/],
    ['an undeclared variable', '{{ today }}', /uses today without declaring it/],
    ['broken syntax', '{% if %}', /warning\.ja\.txt/],
  ])('%s', (_, words, complaint) => {
    using copy = temporaryFolder()
    cpSync(folder, copy.path, { recursive: true })
    const file = join(copy.path, 'warning.ja.txt')
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n${words}\n`)
    expect(() => readTemplates(copy.path)).toThrow(complaint)
  })

  it('without the way to object', () => {
    using copy = temporaryFolder()
    cpSync(folder, copy.path, { recursive: true })
    writeFileSync(
      join(copy.path, 'refusal.en.txt'),
      '---\nsubject: x\nvariables: []\n---\nWe cannot.\n',
    )
    expect(() => readTemplates(copy.path)).toThrow(/refusal must say \{\{ objection \}\}/)
  })

  it('and all of them together', () => {
    using copy = temporaryFolder()
    expect(() => readTemplates(copy.path)).toThrow(/warning\.ja\.txt[\s\S]*lifting\.en\.txt/)
  })
})

const good = readTemplates(folder)
const bodyOf = (name: TemplateName) =>
  /---\n[\s\S]*?\n---\n([\s\S]*)$/.exec(good.get(name) ?? '')?.[1]
const subject = 'ご案内（受付番号 {{ reference }}）'

describe('a template that is no notice of ours is refused with the reason', () => {
  const check = (body: string, name: TemplateName = 'warning.ja', staff: string[] = []) =>
    checkTemplate(name, textOf(subject, body), staff).map(({ kind, about }) => `${kind} ${about}`)
  const warning = bodyOf('warning.ja') ?? ''

  it('and one that says all is not, whoever wrote it', () => {
    for (const name of templateNames) expect(checkTemplate(name, good.get(name) ?? '')).toEqual([])
    expect(check(warning)).toEqual([])
  })

  it.each<[string, string, RegExp]>([
    ['the way to object', warning.replace('{{ objection }}', ''), /lacks_variable objection/],
    [
      'the way to object, but for those who have a name',
      warning.replace('{{ objection }}', '{% if customer != "" %}{{ objection }}{% endif %}'),
      /lacks_variable objection/,
    ],
    ['the consequence', warning.replace(/今後も続く場合には.*\n/, ''), /lacks_consequence 停止/],
    [
      'the consequence, but in some cases',
      warning.replace(/(今後も続く場合には.*)\n/, '{% if policy_url != "" %}$1{% endif %}\n'),
      /lacks_consequence 停止/,
    ],
    ['what it was about', warning.replace(/（\{\{ conduct.*?\}\}）/, ''), /lacks_variable conduct/],
    ['a separator in a list', `${warning}{{ mail_dates }}`, /list_unjoined mail_dates/],
  ])('without %s', (_, body, reason) => {
    expect(check(body).join('; ')).toMatch(reason)
  })

  it.each([
    ['by the whole name', '担当は田中 由美子です。'],
    ['however it is spaced', '担当は田中由美子です。'],
    ['by the family name and a title', '田中さんがお答えします。'],
    ['beside the word for it', '担当：田中'],
  ])('naming a member of staff %s', (_, words) => {
    const staff = ['田中 由美子', 'tanaka@mamori.example', 'Yumi Ito']
    expect(check(`${warning}\n${words}`, 'warning.ja', staff)).toEqual(['names_staff 田中 由美子'])
    expect(check(`${warning}\n田中町の店舗で承ります。`, 'warning.ja', staff)).toEqual([])
  })

  it('naming one in English, by title or address', () => {
    const staff = ['Will Grey', 'will.grey@mamori.example']
    const english = bodyOf('warning.en') ?? ''
    expect(check(`${english}\nMr. Grey`, 'warning.en', staff)).toEqual(['names_staff Will Grey'])
    expect(check(`${english}\nWrite to will.grey@mamori.example`, 'warning.en', staff)).toEqual([
      'names_staff will.grey@mamori.example',
    ])
    expect(check(`${english}\nWe will answer in grey areas too.`, 'warning.en', staff)).toEqual([])
  })

  it('keeps subject and text as they were written, whatever signs they have', () => {
    const odd = 'x: "{{ reference }}" # no comment'
    const { subject: kept } = renderTemplate(textOf(odd, warning), sampleFacts)
    expect(kept).toBe(`x: "${sampleFacts.reference}" # no comment`)
  })
})

/** Written for these tests: what an author, or a customer's name, may try. */
const attempts = [
  '{{ "x".constructor }}',
  '{{ conduct.__proto__ }}',
  '{% include "/etc/passwd" %}',
  '{% render "../../package.json" %}',
  '{% layout "x" %}',
  '{% for i in (1..999999999) %}x{% endfor %}',
  '{% assign x = "a" %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}{{x}}',
  '{% liquid\nassign x = 1\n%}',
  '{{ reviewer.email }}',
  '{{ "now" | date: "%9999999Y" }}',
  '<%= process.env %>',
  '{{',
]

const vectors = '../shared/vectors/template_injection.json'
const kept = existsSync(vectors)
  ? (JSON.parse(readFileSync(vectors, 'utf8')) as { cases: { template: string }[] }).cases
  : []

describe('words that were made to do more than be read', () => {
  const all = [...attempts, ...kept.map(({ template }) => template)]
  const body = bodyOf('warning.ja') ?? ''

  it.skipIf(kept.length === 0)('are 28 beside our own', () => expect(kept).toHaveLength(28))

  it.each(all)('do nothing in a template, or are refused: %j', (words) => {
    const text = textOf(subject, `${body}\n${words}`)
    if (checkTemplate('warning.ja', text).length > 0) return
    const plain = renderTemplate(textOf(subject, body), sampleFacts)
    const rendered = renderTemplate(text, sampleFacts)
    expect(rendered.subject).toBe(plain.subject)
    const more = rendered.text.slice(plain.text.trimEnd().length)
    expect(rendered.text.startsWith(plain.text.trimEnd())).toBe(true)
    // What is left are words: the same signs, or a figure that they come to.
    expect([words.trim(), words.replace(/\{%.*?%\}/g, '').trim(), '49']).toContain(more.trim())
  })

  it.each(all)('are a name like any other where a customer bears them: %j', (words) => {
    const { text } = renderTemplate(good.get('warning.en') ?? '', {
      ...sampleFacts,
      customer: words,
    })
    expect(text).toContain(`Dear ${words},`)
  })

  it.each(all)('end no subject: %j', (words) => {
    const text = textOf(`${subject} ${words}`, body)
    if (checkTemplate('warning.ja', text).length > 0) return
    expect(renderTemplate(text, sampleFacts).subject).not.toMatch(/[\r\n]/)
  })
})
