import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import { subjectKeyOf } from '../domain/subject.ts'
import { isFromSender } from '../flow/review.ts'
import type { Exposure } from '../store/exposures.ts'
import type { StoredMessage, ThreadRecord, WrittenLetter } from '../store/threads.ts'
import { fullTime } from '../text/text.ts'
import { Enclosures, Files, RawHeader } from './enclosures.tsx'
import type { Ctx } from './env.ts'
import { OtherView, ViewTabs } from './mail-view.tsx'
import { Time } from './parts/chips.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { PartsView } from './passage-parts.tsx'
import { isSubjectShielded, partsOfMail } from './passages.ts'
import type { MailView } from './views.ts'

type MessageProps = {
  c: Ctx
  record: ThreadRecord
  message: StoredMessage
  shown: Exposure | null
  /** The mail of the thread that is looked at in another way than by its text. */
  view?: MailView | null
}

/** One mail of a thread, with its harmful passages kept back. */
export const MessageCard: FC<MessageProps> = (props) => {
  const { c, record, message } = props
  const { text } = c.var
  const incoming = message.direction === 'in'
  const hidden = message.mutedBy !== null && !may(c.var.person, 'read_muted')
  const sameSubject = subjectKeyOf(message.subject) === subjectKeyOf(record.subject)
  return (
    <article class={`mail ${incoming ? 'incoming' : 'outgoing'}`} id={`m-${message.id}`}>
      <header>
        <span class='from'>
          <strong>{message.fromName || message.fromAddress || text.unknownSender}</strong>
          {incoming && (
            <span class={`mark-identity ${message.identity}`}>
              {text.identity[message.identity]}
            </span>
          )}
          {incoming && !isFromSender(record, message) && (
            <span class='chip caution'>{text.otherSender}</span>
          )}
          {message.mutedBy !== null && <span class='chip shielded'>{text.mutedMail}</span>}
        </span>
        <Time c={c} at={message.sentAt} />
        <small class='address'>{message.fromAddress}</small>
        {incoming && message.ground && (
          <small class='ground'>{text.ground[message.ground.code](message.ground.by)}</small>
        )}
      </header>
      {!sameSubject && message.mutedBy === null && message.erasedAt === null && (
        <p class='subject'>
          {isSubjectShielded(record, message.id) ? text.shieldedSubject : message.subject}
        </p>
      )}
      <Content {...props} hidden={hidden} />
    </article>
  )
}

/** The mail's words and files, or why there are none. */
const Content: FC<MessageProps & { hidden: boolean }> = ({ hidden, ...props }) => {
  const { c, message } = props
  const { text, language } = c.var
  const { erasedAt, erasedUnder } = message
  if (erasedAt !== null) {
    const rule = text.retention.rule[erasedUnder ?? 'mail']
    return <p class='help'>{text.retention.erased(fullTime(erasedAt, language), rule)}</p>
  }
  return hidden ? <p class='help'>{text.mutedHidden}</p> : <Body {...props} />
}

/** A letter of ours in the conversation: who wrote it, who approved it, and how far it got. */
export const SentCard: FC<{
  c: Ctx
  letter: WrittenLetter
  names: ReadonlyMap<string, string>
}> = ({ c, letter, names }) => {
  const { text } = c.var
  const person = (id: string | null) => (id ? (names.get(id) ?? '') : '')
  return (
    <article class='mail outgoing'>
      <header>
        <span class='from'>
          <strong>{text.letterKind[letter.kind]}</strong>
          <a class='chip neutral' href={`/letters/${letter.id}`}>
            {text.letterState[letter.state]}
          </a>
        </span>
        <Time c={c} at={letter.sentAt ?? letter.writtenAt} />
        <small>
          {text.author}: {person(letter.author)} · {text.approver}: {person(letter.approver)}
        </small>
      </header>
      <p class='words'>{letter.body}</p>
    </article>
  )
}

const Body: FC<MessageProps> = ({ c, record, message, shown, view = null }) => {
  const { text } = c.var
  const files = record.attachments.get(message.id) ?? []
  const other = view?.messageId === message.id ? view : null
  // Of a muted mail nothing is open before its words are.
  const isOpen = message.mutedBy === null || shown?.messageId === message.id
  return (
    <>
      <Condition c={c} message={message} />
      {message.header !== null && isOpen && <RawHeader c={c} header={message.header} />}
      <ViewTabs c={c} message={message} current={other?.as ?? null} />
      {other && <OtherView c={c} record={record} message={message} view={other} />}
      {!other && (message.text.trim() !== '' || !isOpen) && (
        <div class='body'>
          <PartsView c={c} record={record} parts={partsOfMail(record, message, shown)} />
        </div>
      )}
      {isOpen && <Enclosures c={c} message={message} files={files} />}
      <footer>
        {isOpen && <Files c={c} message={message} files={files} />}
        <Form c={c} action={`/messages/${message.id}/original`} class='inline'>
          <button type='submit' class='file quiet'>
            {text.original}
          </button>
        </Form>
      </footer>
    </>
  )
}

/** What has to be known of a mail beside its words: unreadable, sealed, signed, without any. */
const Condition: FC<{ c: Ctx; message: StoredMessage }> = ({ c, message }) => {
  const { text } = c.var
  const { unreadable, protection, enclosures } = message
  const isEmpty = message.text.trim() === ''
  if (unreadable !== null) return <Unreadable c={c} why={unreadable} />
  if (protection.endsWith('encrypted')) {
    return <Banner tone='caution'>{text.mail.protection[protection as Sealed]}</Banner>
  }
  return (
    <>
      {protection !== 'none' && <p class='help'>{text.mail.protection[protection]}</p>}
      {isEmpty && protection === 'smime_signed' && (
        <Banner tone='caution'>{text.mail.signedUnread}</Banner>
      )}
      {isEmpty && protection === 'none' && enclosures.length === 0 && (
        <p class='help'>{text.mail.noText}</p>
      )}
    </>
  )
}

type Sealed = Exclude<StoredMessage['protection'], 'none'>

const Unreadable: FC<{ c: Ctx; why: string }> = ({ c, why }) => {
  const { unreadable, mail } = c.var.text
  return (
    <Banner tone='caution'>
      <strong>{unreadable}</strong>
      <p>{mail.unreadableWhy[kindOf(why)]}</p>
      <p>{mail.unreadableNext}</p>
      <small>
        {mail.unreadableDetail}: <span lang='en'>{why}</span>
      </small>
    </Banner>
  )
}

/** Readers say why in their own words; three kinds of it are worth a sentence. */
function kindOf(why: string): 'time' | 'memory' | 'form' {
  if (/memory/i.test(why)) return 'memory'
  return /took longer/.test(why) ? 'time' : 'form'
}
