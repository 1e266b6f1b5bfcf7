import type { FC } from 'hono/jsx'
import type { CaseMail, OpenedCase } from '../flow/drill-case.ts'
import type { Ctx } from './env.ts'
import { Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { saidOf } from './passage-parts.tsx'
import {
  isSubjectShielded,
  type Part,
  type PassageInfo,
  partsOfMail,
  type Shown,
} from './passages.ts'

type MailsProps = {
  c: Ctx
  drillId: string
  place: number
  opened: OpenedCase
  shown: Shown | null
}

/** The mails of a case without names, addresses or dates; what is harmful stands behind the shield. */
export const DrillMails: FC<MailsProps> = (props) => (
  <>
    {props.opened.mails.map((mail, at) => (
      <MailCard {...props} mail={mail} at={at} />
    ))}
  </>
)

type MailProps = MailsProps & { mail: CaseMail; at: number }

const MailCard: FC<MailProps> = (props) => {
  const { c, opened, mail, at, shown } = props
  const { text } = c.var
  const theirs = mail.direction === 'in'
  const subject = isSubjectShielded(opened, mail.id)
    ? text.shieldedSubject
    : opened.anonymise(mail.subject) || text.noSubject
  return (
    <article class={`mail ${theirs ? 'incoming' : 'outgoing'}`} id={`m-${at + 1}`}>
      <header>
        <span class='from'>
          <strong>{theirs ? text.drills.customer : text.drills.us}</strong>
        </span>
      </header>
      <p class='subject'>{subject}</p>
      <div class='body'>
        {partsOfMail(opened, mail, shown).map((part) => (
          <PartOfCase {...props} part={part} />
        ))}
      </div>
    </article>
  )
}

const PartOfCase: FC<MailProps & { part: Part }> = ({ part, ...props }) => {
  const { c, opened } = props
  switch (part.kind) {
    case 'plain':
      return <p class='words'>{opened.anonymise(part.text).trim()}</p>
    case 'quoted':
    case 'signature':
      return <p class='words faint'>{opened.anonymise(part.text).trim()}</p>
    case 'kept_back':
      return <KeptBackInCase {...props} passage={part.passage} />
    case 'revealed':
      return (
        <div class='passage revealed' data-revealed>
          <p class='words'>{opened.anonymise(part.text).trim()}</p>
          <div class='revealed-foot'>
            <small role='status'>
              {opened.threadId === null ? c.var.text.drills.ownCase : c.var.text.revealed}
            </small>
            <a class='quiet' href={`?case=${props.place}#m-${props.at + 1}`} data-hide>
              {c.var.text.hide}
            </a>
          </div>
          <template>
            <KeptBackInCase {...props} passage={part.passage} />
          </template>
        </div>
      )
  }
}

/** The button that stands for a harmful passage. */
const KeptBackInCase: FC<MailProps & { passage: PassageInfo }> = (props) => {
  const { c, drillId, place, at, passage } = props
  const { text } = c.var
  return (
    <div class='passage' data-passage>
      <Form c={c} action={`/drills/${drillId}/passages`} class='inline'>
        <input type='hidden' name='case' value={String(place)} />
        <input type='hidden' name='mail' value={String(at)} />
        <input type='hidden' name='place' value={passage.place} />
        <button type='submit' class='kept-back'>
          <Icon name='eye' />
          <span>{saidOf(passage, text)}</span>
          {passage.severity > 0 && <small>{text.severity[passage.severity]}</small>}
          <strong>{text.reveal}</strong>
        </button>
      </Form>
    </div>
  )
}
