import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type NoticeFacts,
  type NoticeKind,
  type TemplateName,
  templateNames,
} from './domain/notice.ts'
import type { Language } from './domain/person.ts'
import { checkTemplate, flawWords } from './templates.check.ts'
import { partsOf, type Rendered, render } from './templates.engine.ts'

export type Templates = {
  render(kind: NoticeKind, language: Language, facts: NoticeFacts): Rendered
}

/** Every template's text by its name. */
export type TemplateTexts = ReadonlyMap<TemplateName, string>

/** One or more template files that cannot be used; the message names each file and the mend. */
export class TemplateError extends Error {
  constructor(flaws: readonly string[]) {
    super(`templates cannot be used:\n${flaws.map((flaw) => `  ${flaw}`).join('\n')}`)
    this.name = 'TemplateError'
  }
}

/** Reads every notice in both languages from a folder. Throws `TemplateError` naming all flaws. */
export function readTemplates(folder: string): TemplateTexts {
  const flaws: string[] = []
  const texts = new Map<TemplateName, string>()
  for (const name of templateNames) {
    const file = join(folder, `${name}.txt`)
    try {
      const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n')
      texts.set(name, text)
      flaws.push(...checkTemplate(name, text).map((flaw) => `${file}: ${flawWords(name, flaw)}`))
    } catch (error) {
      flaws.push(`${file}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (flaws.length > 0) throw new TemplateError(flaws)
  return texts
}

/** The notice of a template with these facts. */
export function renderTemplate(text: string, facts: NoticeFacts): Rendered {
  return render(partsOf(text), facts)
}
