import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTemplates, noticeKinds, sampleFacts } from '../src/templates.ts'
import { temporaryFolder } from './support/folder.ts'

const folder = join(import.meta.dirname, '..', 'templates')

describe('the notices', () => {
  const templates = loadTemplates(folder)

  it.each(noticeKinds.flatMap((kind) => [[kind, 'ja'] as const, [kind, 'en'] as const]))(
    'say what they must: %s in %s',
    (kind, language) => {
      const { subject, text } = templates.render(kind, language, sampleFacts)
      expect(subject).not.toMatch(/[{}\r\n]/)
      expect(text).not.toMatch(/[{}]/)
      expect(text).toContain(sampleFacts.reference)
      if (kind !== 'lifting') expect(text).toContain(sampleFacts.objection)
      if (kind === 'suspension') expect(text).toContain(sampleFacts.ends_on)
      expect(text).not.toMatch(/クレーマー|異常|犯罪者/)
    },
  )

  it('treat what a customer calls themselves as words, not as a template', () => {
    const { text } = templates.render('warning', 'en', {
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
    expect(() => loadTemplates(copy.path)).toThrow(complaint)
  })

  it('without the way to object', () => {
    using copy = temporaryFolder()
    cpSync(folder, copy.path, { recursive: true })
    writeFileSync(join(copy.path, 'refusal.en.txt'), '---\nsubject: x\nvariables: []\n---\nNo.\n')
    expect(() => loadTemplates(copy.path)).toThrow(/refusal must say \{\{ objection \}\}/)
  })

  it('and all of them together', () => {
    using copy = temporaryFolder()
    expect(() => loadTemplates(copy.path)).toThrow(/warning\.ja\.txt[\s\S]*lifting\.en\.txt/)
  })
})
