import type { FC } from 'hono/jsx'
import type { LetterFile } from '../domain/letter.ts'
import { type LeavingMail, leavingMail } from '../flow/outgoing.ts'
import type { LetterVersion } from '../store/letter-versions.ts'
import type { WrittenLetter } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { wordDifference } from './words.ts'

type WaitingProps = {
  c: Ctx
  letter: WrittenLetter
  names: ReadonlyMap<string, string>
  /** Whether the person may approve, change and return it. */
  decides: boolean
}

/** A letter that waits, as it will leave: what was changed, the whole mail, and what one may do. */
export const WaitingMail: FC<WaitingProps> = async ({ c, letter, names, decides }) => {
  const { house, person } = c.var
  const [mail, versions] = await Promise.all([
    leavingMail(house, letter, house.now()),
    house.store.letterVersions.of(letter.id),
  ])
  const wrote = versions.some(({ author }) => author === person.id)
  const accepts = wrote && letter.author !== person.id
  return (
    <>
      <Changes c={c} versions={versions} names={names} />
      {mail ? (
        <MailView c={c} mail={mail} letterId={letter.id} />
      ) : (
        <Banner tone='grave'>{c.var.text.replies.unsendable}</Banner>
      )}
      {decides && <Approval c={c} letter={letter} mail={mail} accepts={accepts} />}
    </>
  )
}

/** Headers, every part, and the hash over all of it: what is sent once somebody approves. */
const MailView: FC<{ c: Ctx; mail: LeavingMail; letterId: string }> = ({ c, mail, letterId }) => {
  const { replies: text } = c.var.text
  const { from, to, subject, text: words, html, files, sha256 } = mail
  return (
    <article class='letter leaving'>
      <h3>{text.asItLeaves}</h3>
      <p class='help'>{text.asItLeavesHelp}</p>
      <dl>
        <HeaderRow name={text.from} value={`${from.name} <${from.address}>`} />
        <HeaderRow name={text.to} value={to} />
        <HeaderRow name={text.subject} value={subject} />
        <div>
          <dt>{text.date}</dt>
          <dd>
            <Time c={c} at={mail.at} exact />
          </dd>
        </div>
      </dl>
      <h4>{text.textPart}</h4>
      <p class='words' data-part='text'>
        {words}
      </p>
      {html !== null && (
        <>
          <h4>{text.htmlPart}</h4>
          <iframe sandbox='' srcdoc={html} title={text.htmlPart} loading='lazy' />
        </>
      )}
      <h4>{text.files}</h4>
      {files.length === 0 ? (
        <p class='help'>{text.noFiles}</p>
      ) : (
        <FileList c={c} files={files} letterId={letterId} />
      )}
      <p class='hash-line'>
        {text.mailHash}
        <code>{sha256}</code>
      </p>
    </article>
  )
}

const HeaderRow: FC<{ name: string; value: string }> = ({ name, value }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)

/** Files of a letter: name, size and hash, each to be fetched and looked at. */
export const FileList: FC<{ c: Ctx; files: readonly LetterFile[]; letterId: string }> = (props) => (
  <ul class='files'>
    {props.files.map(({ id, filename, size, sha256 }) => (
      <li>
        <Icon name='clip' />
        <a href={`/letters/${props.letterId}/files/${id}`}>{filename}</a>{' '}
        <small>{props.c.var.text.replies.bytes(size)}</small>
        <code>SHA-256 {sha256}</code>
      </li>
    ))}
  </ul>
)

/** What is other than in the version before: marked by word and form, not by colour alone. */
const Changes: FC<{
  c: Ctx
  versions: readonly LetterVersion[]
  names: ReadonlyMap<string, string>
}> = ({ c, versions, names }) => {
  const { replies: text } = c.var.text
  const [now, before] = [versions.at(-1), versions.at(-2)]
  if (!now || !before) return null
  const name = (id: string) => names.get(id) ?? id
  return (
    <section class='card changes' aria-label={text.changes}>
      <h3>{text.changes}</h3>
      <p class='help'>
        {now.author === before.author
          ? text.resubmitted(name(now.author))
          : text.changedBy(name(now.author), name(before.author))}
      </p>
      {now.words.subject !== before.words.subject && (
        <Difference c={c} before={before.words.subject} after={now.words.subject} />
      )}
      <Difference c={c} before={before.words.body} after={now.words.body} />
    </section>
  )
}

const Difference: FC<{ c: Ctx; before: string; after: string }> = ({ c, before, after }) => {
  const { replies: text } = c.var.text
  return (
    <p class='words word-difference'>
      {wordDifference(before, after).map(({ kind, text: words }) => {
        if (kind === 'same') return words
        const Tag = kind === 'added' ? 'ins' : 'del'
        return (
          <Tag>
            <span class='hidden'>［{kind === 'added' ? text.wasAdded : text.wasGone}：</span>
            {words}
            <span class='hidden'>］</span>
          </Tag>
        )
      })}
    </p>
  )
}

type ApprovalProps = {
  c: Ctx
  letter: WrittenLetter
  mail: LeavingMail | null
  /** Whether the person wrote it first, and another one changed it. */
  accepts: boolean
}

/** What another person may do with words that wait. */
const Approval: FC<ApprovalProps> = ({ c, letter, mail, accepts }) => {
  const { text } = c.var
  const path = `/letters/${letter.id}`
  return (
    <>
      {mail && (
        <Form c={c} action={`${path}/approval`}>
          {accepts && <p class='help'>{text.replies.acceptLead}</p>}
          <input type='hidden' name='shown' value={mail.sha256} />
          <input type='hidden' name='shownAt' value={mail.at} />
          <button type='submit' class='primary'>
            {accepts ? text.replies.accept : text.approve}
          </button>
        </Form>
      )}
      <details>
        <summary>{text.returnIt}</summary>
        <Form c={c} action={`${path}/return`}>
          <Field id='remark' label={text.remark} rows={2} required />
          <button type='submit'>{text.returnIt}</button>
        </Form>
      </details>
      {letter.kind === 'reply' && (
        <details>
          <summary>{text.change}</summary>
          <Form c={c} action={`${path}/change`}>
            <p class='help'>{text.changeHelp}</p>
            <input type='hidden' name='before' value={letter.contentSha256} />
            <Field id='changeSubject' label={text.replySubject} value={letter.subject} />
            <Field id='changeBody' label={text.replyBody} rows={9} value={letter.body} />
            <button type='submit'>{text.change}</button>
          </Form>
        </details>
      )}
    </>
  )
}
