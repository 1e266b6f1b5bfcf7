import type { FC } from 'hono/jsx'
import type {
  Address,
  Attachment,
  EnclosedFile,
  EnclosedMail,
  Enclosure,
  Invitation,
  PackedFiles,
} from '../domain/mail.ts'
import type { StoredMessage } from '../store/threads.ts'
import { calendarSpan, fullTime } from '../text/text.ts'
import type { Ctx } from './env.ts'
import { Icon } from './parts/icon.tsx'
import { opensHarm } from './passages.ts'
import { canPreview, previewPath } from './preview.tsx'
import { sizeOf } from './size.ts'

type Shown = { c: Ctx; keep: Keeping }

/** Words of others, or a sign that they are kept back: these no passage opens, only the original. */
type Keeping = (words: string) => string

type MailFilesProps = { c: Ctx; message: StoredMessage; files: readonly Attachment[] }

/** What a mail encloses, told in words: attached mails, invitations, files within files. */
export const Enclosures: FC<MailFilesProps> = ({ c, message, files }) => {
  const keep = keepingOf(c)
  return (
    <>
      {message.enclosures.map((enclosure) => (
        <EnclosureView c={c} keep={keep} enclosure={enclosure} files={files} />
      ))}
    </>
  )
}

/** More files than these are one click further. */
const filesShown = 30

/** The files of a mail, each a download by its hash; pictures of the text apart from them. */
export const Files: FC<MailFilesProps> = ({ c, message, files }) => {
  const keep = keepingOf(c)
  const link = (file: Attachment) => (
    <span class='file-line'>
      <a class='file' href={`/messages/${message.id}/attachments/${file.sha256}`}>
        <Icon name='clip' />
        {keep(file.filename)}
        <small>{sizeOf(file.size)}</small>
      </a>
      {canPreview(file) && (
        <a class='quiet' href={previewPath(message, file)}>
          <Icon name='eye' />
          {c.var.text.reading.preview}
        </a>
      )}
    </span>
  )
  const own = files.filter(({ inline }) => !inline)
  const pictures = files.filter(({ inline }) => inline)
  const { mail } = c.var.text
  return (
    <>
      {own.slice(0, filesShown).map(link)}
      <More
        title={mail.moreFiles(own.length - filesShown)}
        files={own.slice(filesShown).map(link)}
      />
      <More title={mail.inlinePictures(pictures.length)} files={pictures.map(link)} />
    </>
  )
}

const More: FC<{ title: string; files: ReturnType<FC>[] }> = ({ title, files }) =>
  files.length === 0 ? null : (
    <details class='more-files'>
      <summary class='quiet'>{title}</summary>
      {files}
    </details>
  )

const EnclosureView: FC<Shown & { enclosure: Enclosure; files: readonly Attachment[] }> = (
  props,
) => {
  const { c, keep, enclosure, files } = props
  const { enclosed } = enclosure
  switch (enclosed.kind) {
    case 'mail':
      return <MailView c={c} keep={keep} mail={enclosed} />
    case 'invitation':
      return <InvitationView c={c} keep={keep} invitation={enclosed} />
    case 'packed': {
      const name = files.find(({ index }) => index === enclosure.attachment)?.filename ?? ''
      return <PackedView c={c} keep={keep} packed={enclosed} name={name} />
    }
  }
}

/** An attached mail: whose, about what, when, and what it carries itself. */
const MailView: FC<Shown & { mail: EnclosedMail }> = ({ c, keep, mail }) => {
  const { text, language } = c.var
  const words = text.mail
  return (
    <section class='enclosed' aria-label={words.attachedMail}>
      <strong>{words.attachedMail}</strong>
      <dl class='facts'>
        <dt>{words.from}</dt>
        <dd>{people(mail.from, keep) || text.unknownSender}</dd>
        <dt>{words.subject}</dt>
        <dd>{mail.subject === '' ? text.noSubject : keep(mail.subject)}</dd>
        {mail.date !== null && (
          <>
            <dt>{words.sent}</dt>
            <dd>{fullTime(mail.date, language)}</dd>
          </>
        )}
        {mail.fileCount > 0 && (
          <>
            <dt>{words.files}</dt>
            <dd>
              <FileNames c={c} keep={keep} files={mail.files} count={mail.fileCount} />
            </dd>
          </>
        )}
      </dl>
      {mail.mails.map((inner) => (
        <MailView c={c} keep={keep} mail={inner} />
      ))}
    </section>
  )
}

const InvitationView: FC<Shown & { invitation: Invitation }> = ({ c, keep, invitation }) => {
  const { text, language } = c.var
  const words = text.mail
  const { starts, ends, attendees, attendeeCount, organizer } = invitation
  const rest = attendeeCount - attendees.length
  return (
    <section class='enclosed' aria-label={words.invitation[invitation.method]}>
      <strong>{words.invitation[invitation.method]}</strong>
      <dl class='facts'>
        <dt>{words.what}</dt>
        <dd>{invitation.summary === '' ? text.noSubject : keep(invitation.summary)}</dd>
        {starts && (
          <>
            <dt>{words.when}</dt>
            <dd>
              {calendarSpan(starts, ends, language, words)}
              {invitation.repeats && <small> {words.repeats}</small>}
            </dd>
          </>
        )}
        {invitation.place !== '' && (
          <>
            <dt>{words.where}</dt>
            <dd>{keep(invitation.place)}</dd>
          </>
        )}
        {organizer && (
          <>
            <dt>{words.organizer}</dt>
            <dd>{people([organizer], keep)}</dd>
          </>
        )}
        {attendees.length > 0 && (
          <>
            <dt>{words.attendees}</dt>
            <dd>
              {people(attendees, keep)} {rest > 0 && <small>{words.others(rest)}</small>}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

const PackedView: FC<Shown & { packed: PackedFiles; name: string }> = ({
  c,
  keep,
  packed,
  name,
}) => {
  const words = c.var.text.mail
  if (packed.fileCount === 0) return null
  return (
    <section class='enclosed' aria-label={words.filesIn(keep(name))}>
      <strong>{words.filesIn(keep(name))}</strong>
      <FileNames c={c} keep={keep} files={packed.files} count={packed.fileCount} />
      <p class='help'>{words.filesInHelp}</p>
    </section>
  )
}

const FileNames: FC<Shown & { files: readonly EnclosedFile[]; count: number }> = (props) => {
  const { c, keep, files, count } = props
  return (
    <ul class='file-names'>
      {files.map(({ filename, size }) => (
        <li>
          {keep(filename)} <small>{sizeOf(size)}</small>
        </li>
      ))}
      {count > files.length && (
        <li>
          <small>{c.var.text.mail.moreFiles(count - files.length)}</small>
        </li>
      )}
    </ul>
  )
}

/** A header as it stands, line by line; harmful values stay out of the page. */
export const RawHeader: FC<{ c: Ctx; header: string }> = ({ c, header }) => {
  const keep = keepingOf(c)
  const lines = header.split('\n').map((line) => {
    const [name = '', ...rest] = line.split(': ')
    return `${name}: ${keep(rest.join(': '))}`
  })
  return (
    <details class='raw-header' open>
      <summary class='quiet'>{c.var.text.mail.header}</summary>
      <p class='words'>{lines.join('\n')}</p>
    </details>
  )
}

function people(addresses: readonly Address[], keep: Keeping): string {
  return addresses
    .map(({ name, address }) =>
      name && address ? `${keep(name)} <${address}>` : keep(name || address),
    )
    .join(', ')
}

function keepingOf(c: Ctx): Keeping {
  return (words) => (opensHarm(words, c.var.house.rules) ? c.var.text.mail.keptBack : words)
}
