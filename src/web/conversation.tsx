import type { FC } from 'hono/jsx'
import type { Exposure } from '../store/exposures.ts'
import type { StoredNote } from '../store/notes.ts'
import type { StoredMessage, ThreadRecord, WrittenLetter } from '../store/threads.ts'
import { fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { MessageCard, SentCard } from './message.tsx'
import { NoteCard } from './notes.tsx'
import type { MailView } from './views.ts'

type Props = {
  c: Ctx
  record: ThreadRecord
  notes: readonly StoredNote[]
  /** Notes that call the person and that they have not said to have seen. */
  unread: ReadonlySet<string>
  names: ReadonlyMap<string, string>
  /** The passage that the person has just asked for. */
  shown: Exposure | null
  mailView: MailView | null
}

/**
 * Everything that was said, in order of time. Of a long conversation the middle is folded: what the
 * customer asked for at first and what is new stand there by themselves.
 */
export const Conversation: FC<Props> = (props) => {
  const said = saidIn(props.record, props.notes)
  const { first, earlier, newest } = foldedFrom(said)
  return (
    <>
      {first.map((one) => (
        <Item {...props} one={one} />
      ))}
      {earlier.length > 0 && <Earlier {...props} earlier={earlier} />}
      {newest.map((one) => (
        <Item {...props} one={one} />
      ))}
    </>
  )
}

type Said = { readonly at: string } & (
  | { readonly message: StoredMessage }
  | { readonly letter: WrittenLetter }
  | { readonly note: StoredNote }
)

const Item: FC<Props & { one: Said }> = ({ one, ...props }) => {
  const { c, record, names, unread, shown, mailView } = props
  if ('note' in one) return <NoteCard c={c} note={one.note} names={names} unread={unread} />
  if ('letter' in one) return <SentCard c={c} letter={one.letter} names={names} />
  return <MessageCard c={c} record={record} message={one.message} shown={shown} view={mailView} />
}

/** What is folded; open where the page was asked for something in it. */
const Earlier: FC<Props & { earlier: readonly Said[] }> = ({ earlier, ...props }) => {
  const { c, shown, mailView, unread } = props
  const { text, language } = c.var
  const asked = earlier.some(
    (one) =>
      ('message' in one && [shown?.messageId, mailView?.messageId].includes(one.message.id)) ||
      ('note' in one && unread.has(one.note.id)),
  )
  const [from, to] = [earlier[0]?.at ?? '', earlier.at(-1)?.at ?? '']
  return (
    <details class='earlier' open={asked}>
      <summary>
        {text.earlier(earlier.length)}{' '}
        <small>
          {fullTime(from, language)} – {fullTime(to, language)}
        </small>
      </summary>
      {earlier.map((one) => (
        <Item {...props} one={one} />
      ))}
    </details>
  )
}

/** Shorter conversations stand there whole. */
const wholeMax = 8

/** The newest ones that are never folded, and so many where we have not answered since. */
const newestMin = 4
const newestMax = 12

function foldedFrom(said: readonly Said[]) {
  if (said.length <= wholeMax) return { first: said, earlier: [], newest: [] }
  const answered = said.findLastIndex(isOurs)
  const unanswered = Math.max(0, said.length - answered)
  const shown = Math.min(newestMax, Math.max(newestMin, unanswered), said.length - 1)
  const at = said.length - shown
  return { first: said.slice(0, 1), earlier: said.slice(1, at), newest: said.slice(at) }
}

function isOurs(one: Said): boolean {
  return 'letter' in one || ('message' in one && one.message.direction === 'out')
}

/** Mails, letters of ours that left, and notes, in order of time. */
function saidIn({ messages, letters }: ThreadRecord, notes: readonly StoredNote[]): Said[] {
  const known = new Set(messages.map(({ messageId }) => messageId))
  const left = letters.filter(
    ({ state, messageId }) =>
      ['queued', 'sending', 'sent', 'uncertain'].includes(state) && !known.has(messageId),
  )
  const said: Said[] = [
    ...messages.map((message) => ({ at: message.sentAt, message })),
    ...left.map((letter) => ({ at: letter.sentAt ?? letter.writtenAt, letter })),
    ...notes.map((note) => ({ at: note.at, note })),
  ]
  return said.sort((a, b) => (a.at < b.at ? -1 : 1))
}
