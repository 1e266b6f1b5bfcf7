import type { FC } from 'hono/jsx'
import { differenceOf } from '../domain/difference.ts'
import type { NoticeFacts, TemplateFlaw, TemplateName } from '../domain/notice.ts'
import { kindOf, languageOf } from '../domain/notice.ts'
import { bareFacts, sampleFacts, sampleFactsInEnglish } from '../templates.facts.ts'
import { renderTemplate } from '../templates.ts'
import type { Ctx } from './env.ts'
import { Banner } from './parts/fields.tsx'

/** A template in words: which notice, in which language. */
export function titleOf(c: Ctx, name: TemplateName): string {
  const { templates: text } = c.var.text
  const [kind, language] = [text.kind[kindOf(name)], text.language[languageOf(name)]]
  return c.var.language === 'ja' ? `${kind}（${language}）` : `${kind} (${language})`
}

/** The same notice in the other language. */
export function otherOf(name: TemplateName): TemplateName {
  return `${kindOf(name)}.${languageOf(name) === 'ja' ? 'en' : 'ja'}`
}

/** A notice on sample data, and for a customer of whom little is known. */
export const Preview: FC<{ c: Ctx; name: TemplateName; text: string }> = ({ c, name, text }) => {
  const { templates: words } = c.var.text
  const language = languageOf(name)
  const full = language === 'ja' ? sampleFacts : sampleFactsInEnglish
  const bare = { ...full, ...emptied(full) }
  return (
    <section class='card' aria-label={titleOf(c, name)}>
      <h3>{titleOf(c, name)}</h3>
      <Sample text={text} facts={full} language={language} />
      <details>
        <summary>{words.previewBare}</summary>
        <Sample text={text} facts={bare} language={language} />
      </details>
    </section>
  )
}

function emptied({ conduct, mail_dates }: NoticeFacts) {
  const { customer, policy_url } = bareFacts
  return { customer, policy_url, conduct: conduct.slice(0, 1), mail_dates: mail_dates.slice(0, 1) }
}

const Sample: FC<{ text: string; facts: NoticeFacts; language: string }> = (props) => {
  const { subject, text } = renderTemplate(props.text, props.facts)
  return (
    <div lang={props.language}>
      <p>
        <strong>{subject}</strong>
      </p>
      <p class='words'>{text}</p>
    </div>
  )
}

/** Why it would be no notice of ours. */
export const TemplateFlaws: FC<{ c: Ctx; flaws: readonly TemplateFlaw[] }> = ({ c, flaws }) => {
  const { templates: text } = c.var.text
  return (
    <Banner tone='grave'>
      {text.flawed}
      <ul>
        {flaws.map(({ kind, about }) => (
          <li>{text.flaw[kind](about)}</li>
        ))}
      </ul>
    </Banner>
  )
}

/** What changes, line by line; said in words as well as shown. */
export const Difference: FC<{ c: Ctx; before: string; after: string }> = ({ c, before, after }) => {
  const { templates: text } = c.var.text
  return (
    <section aria-labelledby='difference-title'>
      <h2 id='difference-title'>{text.difference}</h2>
      <ol class='difference'>
        {differenceOf(before, after).map(({ kind, text: line }) => (
          <li class={kind}>
            {kind === 'gone' && (
              <del>
                <span class='hidden'>{text.gone}: </span>
                {line}
              </del>
            )}
            {kind === 'added' && (
              <ins>
                <span class='hidden'>{text.added}: </span>
                {line}
              </ins>
            )}
            {kind === 'same' && line}
          </li>
        ))}
      </ol>
    </section>
  )
}
