import type { Child, FC } from 'hono/jsx'
import type { Text } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { linesIn, type Part, type PassageInfo } from './passages.ts'

/** A signature of more lines than these is a card that nobody reads twice. */
const signatureLinesMax = 4

/** Fewer quoted lines that are answered right below are what the answer is about: they stay. */
const quotedLinesMax = 2

/** A mail's text: what it repeats of earlier mails, and a long signature, stand behind a fold. */
export const PartsView: FC<{ c: Ctx; parts: readonly Part[] }> = ({ c, parts }) => {
  const { mail } = c.var.text
  const ownAfter = (at: number) => parts.slice(at + 1).some((part) => !isQuoted(part))
  const onlyQuoted = parts.every((part) => isQuoted(part) || isEmpty(part))
  return (
    <>
      {parts.map((part, at) => {
        const view = <PartView c={c} part={part} />
        const lines = linesOf(part)
        if (part.kind === 'signature' && lines > signatureLinesMax) {
          return <Fold title={mail.signature(lines)}>{view}</Fold>
        }
        if (!isQuoted(part) || (lines <= quotedLinesMax && ownAfter(at))) return view
        return (
          <Fold title={mail.quoted(lines)} open={part.kind === 'revealed' || onlyQuoted}>
            {view}
          </Fold>
        )
      })}
    </>
  )
}

const Fold: FC<{ title: string; open?: boolean; children?: Child }> = (props) => (
  <details class='fold' open={props.open}>
    <summary class='quiet'>{props.title}</summary>
    {props.children}
  </details>
)

function isQuoted(part: Part): boolean {
  return part.kind === 'quoted' || ('passage' in part && part.passage.quoted)
}

function isEmpty(part: Part): boolean {
  return part.kind === 'signature' || (part.kind === 'plain' && part.text.trim() === '')
}

function linesOf(part: Part): number {
  return 'lines' in part ? part.lines : linesIn(part.text)
}

const PartView: FC<{ c: Ctx; part: Part }> = ({ c, part }) => {
  switch (part.kind) {
    case 'plain':
      return <p class='words'>{part.text.trim()}</p>
    case 'quoted':
    case 'signature':
      return <p class='words faint'>{part.text.trim()}</p>
    case 'kept_back':
      return <KeptBack c={c} passage={part.passage} />
    case 'revealed':
      return <Revealed c={c} passage={part.passage} words={part.text} />
  }
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
export const Revealed: FC<{ c: Ctx; passage: PassageInfo; words: string }> = (props) => {
  const { c, passage, words } = props
  const { text } = c.var
  return (
    <div class='passage revealed' data-revealed>
      <p class='words'>{words.trim()}</p>
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
