import type { FC } from 'hono/jsx'
import type { Text } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { MarkedWords, seenIn } from './marks.tsx'
import { Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import type { Judged, Part, PassageInfo } from './passages.ts'

/** A quotation of fewer lines is not worth a click. */
const quotedLeast = 3

/** A part of a mail: its words, or the button that stands for them. */
export const PartView: FC<{ c: Ctx; part: Part; record: Judged }> = ({ c, part, record }) => {
  switch (part.kind) {
    case 'plain':
      return <p class='words'>{part.text.trim()}</p>
    case 'quoted':
      return <Quoted c={c} text={part.text.trim()} />
    case 'signature':
      return <p class='words faint'>{part.text.trim()}</p>
    case 'kept_back':
      return <KeptBack c={c} passage={part.passage} />
    case 'revealed':
      return <Revealed c={c} record={record} passage={part.passage} words={part.text} />
  }
}

/** What a mail repeats of earlier ones: folded, where it is more than a line or two. */
const Quoted: FC<{ c: Ctx; text: string }> = ({ c, text }) => {
  const lines = text.split('\n').length
  if (lines < quotedLeast) return <p class='words faint'>{text}</p>
  return (
    <details class='quoted'>
      <summary>{c.var.text.quotedLines(lines)}</summary>
      <p class='words faint'>{text}</p>
    </details>
  )
}

/** What a button says of the words behind it. */
function saidOf({ quoted, place, categories, sentences }: PassageInfo, text: Text): string {
  const names = categories.map((code) => text.category[code]).join('・')
  if (quoted) return text.quotedShield
  if (place === 'muted') return text.mutedShield(names)
  return place === 'unjudged' ? text.unjudgedShield : text.passage(names, sentences)
}

/** What stands in the page instead of a harmful passage: a button, and no word of it. */
export const KeptBack: FC<{ c: Ctx; passage: PassageInfo }> = ({ c, passage }) => {
  const { text } = c.var
  const said = saidOf(passage, text)
  const path = `/messages/${passage.messageId}/reveal`
  return (
    <div class='passage' data-passage>
      <Form c={c} action={path} class='inline'>
        <input type='hidden' name='place' value={passage.place} />
        <button
          type='submit'
          class='kept-back'
          aria-expanded='false'
          hx-post={path}
          hx-target='closest .passage'
          hx-swap='outerHTML'
        >
          <Icon name='eye' />
          <span>{said}</span>
          {passage.severity > 0 && <small>{text.severity[passage.severity]}</small>}
          <strong>{text.reveal}</strong>
        </button>
      </Form>
    </div>
  )
}

/** A passage that somebody asked to see; it goes back by itself. */
export const Revealed: FC<{
  c: Ctx
  record: Judged | null
  passage: PassageInfo
  words: string
}> = ({ c, record, passage, words }) => {
  const { text } = c.var
  return (
    <div class='passage revealed' data-revealed>
      <MarkedWords
        c={c}
        words={words.trim()}
        from={Number.parseInt(passage.place, 10) + words.search(/\S/)}
        seen={record ? seenIn(record, passage) : []}
      />
      <div class='revealed-foot'>
        <small role='status'>{text.revealed}</small>
        <a class='quiet' href={`?#m-${passage.messageId}`} data-hide>
          {text.hide}
        </a>
      </div>
      <template>
        <KeptBack c={c} passage={passage} />
      </template>
    </div>
  )
}
