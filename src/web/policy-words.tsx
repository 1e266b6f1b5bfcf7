import type { FC } from 'hono/jsx'
import type { Bilingual } from '../domain/assessment.ts'
import type { Language } from '../domain/person.ts'
import { type ProsePart, proseParts } from '../domain/policy.ts'
import type { PolicyWords } from '../domain/policy-words.ts'
import type { Text } from '../text/text.ts'
import { inLanguage } from './parts/chips.tsx'

type WordsProps = {
  readonly words: PolicyWords
  readonly language: Language
  readonly text: Text
  /** What staff should do belongs to them alone. */
  readonly forStaff: boolean
}

/** Parts that lists of the file are shown with; where it has no prose, these alone. */
const listed: readonly ProsePart[] = ['definition', 'examples', 'response']

/** A policy as people read it, from its file and in its order. */
export const PolicyText: FC<WordsProps> = (props) => {
  const { words, language, text } = props
  const parts = proseParts.filter((part) => words.prose !== null || listed.includes(part))
  return (
    <>
      {parts.map((part) => (
        <section aria-labelledby={`policy-${part}`}>
          <h2 id={`policy-${part}`}>{text.policy.part[part]}</h2>
          <Paragraphs all={words.prose?.[part] ?? []} language={language} />
          {part === 'definition' && <Elements words={words} language={language} />}
          {part === 'examples' && <Examples {...props} />}
          {part === 'response' && <Rights {...props} />}
        </section>
      ))}
    </>
  )
}

const Paragraphs: FC<{ all: readonly Bilingual[]; language: Language }> = ({ all, language }) => (
  <>
    {all.map((one) => (
      <p>{inLanguage(one, language)}</p>
    ))}
  </>
)

const Elements: FC<Pick<WordsProps, 'words' | 'language'>> = ({ words, language }) => (
  <ol class='policy-elements'>
    {words.elements.map(({ name, text }) => (
      <li>
        <strong>{inLanguage(name, language)}</strong> {inLanguage(text, language)}
      </li>
    ))}
  </ol>
)

const Examples: FC<WordsProps> = ({ words, language, text, forStaff }) => (
  <>
    {words.categories.map(({ name, examples, guidance }) => (
      <>
        <h3>{inLanguage(name, language)}</h3>
        <ul class='policy-examples'>
          {examples.map((one) => (
            <li>{inLanguage(one, language)}</li>
          ))}
        </ul>
        {forStaff && (
          <p class='help'>
            <strong>{text.policy.guidance}</strong> {inLanguage(guidance, language)}
          </p>
        )}
      </>
    ))}
  </>
)

/** What a customer may still do, as the notices say it. */
const Rights: FC<WordsProps> = ({ words, language, text }) => (
  <>
    <h3>{text.policy.staysOpen}</h3>
    <p>{inLanguage(words.staysOpen, language)}</p>
  </>
)
