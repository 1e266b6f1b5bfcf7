import type { Logger } from 'pino'
import type { TemplateName } from '../domain/notice.ts'
import type { Store } from '../store/store.ts'
import { checkTemplate, flawWords } from '../templates.check.ts'
import { renderTemplate, TemplateError, type Templates, type TemplateTexts } from '../templates.ts'

/** The notices in force: the files, and over them what two people changed in the product. */
export type Noticebook = Templates & {
  text(name: TemplateName): string
  /** As its file has it. */
  file(name: TemplateName): string
  /** Takes over what was approved, here or in another process. */
  follow(): Promise<void>
}

type Bound = { readonly files: TemplateTexts; readonly store: Store; readonly log: Logger }

export async function openNoticebook({ files, store, log }: Bound): Promise<Noticebook> {
  let changed: TemplateTexts = new Map()

  async function follow(): Promise<void> {
    const approved = await store.templateProposals.inForce()
    const usable = [...approved].filter(([name, { id, content }]) => {
      const flaws = checkTemplate(name, content)
      if (flaws.length === 0) return true
      // A newer product may refuse what an older one took: then the file is in force.
      const words = flaws.map((flaw) => flawWords(name, flaw))
      log.error({ template: name, proposal: id, flaws: words }, 'a changed notice cannot be used')
      return false
    })
    changed = new Map(usable.map(([name, { content }]) => [name, content]))
  }

  const file = (name: TemplateName) => {
    const text = files.get(name)
    if (text === undefined) throw new TemplateError([`${name}.txt is not loaded`])
    return text
  }
  const text = (name: TemplateName) => changed.get(name) ?? file(name)
  await follow()
  store.onCommit((events) => {
    if (!events.some(({ kind }) => kind === 'template_in_force')) return
    follow().catch((error) => log.error({ err: error }, 'a notice cannot be taken over'))
  })
  return {
    text,
    file,
    follow,
    render: (kind, language, facts) => renderTemplate(text(`${kind}.${language}`), facts),
  }
}
