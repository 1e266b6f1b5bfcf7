import type { Child, FC } from 'hono/jsx'
import type { Text } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { MarkedWords, seenIn } from './marks.tsx'
import { Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { type Judged, linesIn, type Part, type PassageInfo } from './passages.ts'

/** Fewer quoted lines are not worth a click: they are often what is answered right below. */
const quotedLeast = 3

/** A longer signature is a card that nobody reads twice. */
const signatureLinesMax = 4

type PartsProps = { c: Ctx; record: Judged; parts: readonly Part[] }

/** A mail's text: what it repeats of earlier mails, and a long signature, stand behind a fold. */
export const PartsView: FC<PartsProps> = ({ c, record, parts }) => {
  const { text } = c.var
  const onlyQuoted = parts.every((part) => isQuoted(part) || isLittle(part))
  return (
    <>
      {parts.map((part) => {
        const view = <PartView c={c} part={part} record={record} />
        const lines = 'lines' in part ? part.lines : linesIn(part.text)
        if (part.kind === 'signature' && lines > signatureLinesMax) {
          return <Fold title={text.signatureLines(lines)}>{view}</Fold>
        }
        if (!isQuoted(part) || lines < quotedLeast) return view
        return (
          <Fold title={text.quotedLines(lines)} open={part.kind === 'revealed' || onlyQuoted}>
            {view}
          </Fold>
        )
      })}
    </>
  )
}

const Fold: FC<{ title: string; open?: boolean; children?: Child }> = (props) => (
  <details class='quoted' open={props.open}>
    <summary>{props.title}</summary>
    {props.children}
  </details>
)

function isQuoted(part: Part): boolean {
  return part.kind === 'quoted' || ('passage' in part && part.passage.quoted)
}

/** A signature or blank lines: no words that an answer consists of. */
function isLittle(part: Part): boolean {
  return part.kind === 'signature' || (part.kind === 'plain' && part.text.trim() === '')
}

const PartView: FC<{ c: Ctx; part: Part; record: Judged }> = ({ c, part, record }) => {
  switch (part.kind) {
    case 'plain':
      return <p class='words'>{part.text.trim()}</p>
    case 'quoted':
    case 'signature':
      return <p class='words faint'>{part.text.trim()}</p>
    case 'kept_back':
      return <KeptBack c={c} passage={part.passage} />
    case 'revealed':
      return <Revealed c={c} record={record} passage={part.passage} words={part.text} />
  }
}

/** What a button says of the words behind it. */
export function saidOf({ quoted, place, categories, sentences }: PassageInfo, text: Text): string {
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
