import type { FC } from 'hono/jsx'
import { may } from '../domain/person.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import type { Ctx } from './env.ts'
import { Form } from './parts/fields.tsx'
import { Icon } from './parts/icon.tsx'
import { PictureSwitch } from './picture-switch.tsx'
import { addressOf, type MailView, type ViewKind } from './views.ts'

type ViewProps = { c: Ctx; record: ThreadRecord; message: StoredMessage; view: MailView }

/** The ways to look at a mail, each an address of its own. */
export const ViewTabs: FC<{ c: Ctx; message: StoredMessage; current: ViewKind | null }> = (
  props,
) => {
  const { c, message, current } = props
  const { reading } = c.var.text
  const kinds: (ViewKind | null)[] =
    message.html === null ? [null, 'original'] : [null, 'formatted', 'original']
  return (
    <ul class='views' aria-label={reading.views}>
      {kinds.map((kind) => (
        <li>
          <a href={addressOf(message, kind)} aria-current={kind === current ? 'page' : undefined}>
            {kind === null ? reading.text : reading[kind]}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** A mail in another view than its text: closed first, where it shows what the shield keeps back. */
export const OtherView: FC<ViewProps> = (props) => {
  const { c, message, view } = props
  const { text } = c.var
  if (view.closed.length > 0) return <ClosedView {...props} />
  if (view.content.kind === 'none') return <p class='help'>{text.reading.unavailable}</p>
  if (view.holds.length === 0) return <OpenView {...props} />
  return (
    <div class='passage revealed' data-revealed>
      <OpenView {...props} />
      <div class='revealed-foot'>
        <small role='status'>{text.revealed}</small>
        <a class='quiet' href={addressOf(message, null)} data-hide>
          {text.hide}
        </a>
      </div>
      <template>
        <ClosedView {...props} />
      </template>
    </div>
  )
}

/** What opening the view would show, and a button; no word of it. */
const ClosedView: FC<ViewProps> = ({ c, message, view }) => {
  const { text } = c.var
  const { reading } = text
  const files = view.holds.filter(({ place }) => place.startsWith('file:')).length
  return (
    <div class='passage'>
      <Form c={c} action={`/messages/${message.id}/views`} class='inline'>
        <input type='hidden' name='as' value={view.as} />
        <button type='submit' class='kept-back'>
          <Icon name='eye' />
          <span>{reading.closed(reading[view.as], view.holds.length - files, files)}</span>
          <strong>{text.reveal}</strong>
        </button>
      </Form>
      <p class='help'>{reading.closedHelp}</p>
    </div>
  )
}

const OpenView: FC<ViewProps> = ({ c, record, message, view }) => {
  const { reading } = c.var.text
  const { content } = view
  switch (content.kind) {
    case 'none':
      return null
    case 'original':
      return (
        <>
          {content.isCut && <p class='help'>{reading.sourceCut}</p>}
          <section class='source' tabindex={0} aria-label={reading.original}>
            <pre>{content.source}</pre>
          </section>
        </>
      )
    case 'formatted': {
      const { leftOut, height } = content.formatted
      return (
        <>
          <Pictures c={c} record={record} message={message} view={view} leftOut={leftOut} />
          <iframe
            class='mail-frame'
            sandbox='allow-popups allow-popups-to-escape-sandbox'
            src={`/messages/${message.id}/formatted`}
            title={reading.frame}
            height={String(frameHeight(height))}
            referrerpolicy='no-referrer'
          />
          <p class='help'>
            {reading.frameHelp}{' '}
            <a href={`/messages/${message.id}/formatted`} target='_blank' rel='noopener noreferrer'>
              {reading.frameAlone}
            </a>
          </p>
        </>
      )
    }
  }
}

/** What stays away of pictures from elsewhere, and the supervisors' switch for this sender. */
const Pictures: FC<ViewProps & { leftOut: number }> = ({ c, record, message, view, leftOut }) => {
  const { reading } = c.var.text
  if (leftOut === 0) return null
  return (
    <>
      <p class='help'>{view.loads ? reading.picturesLoaded : reading.leftOut(leftOut)}</p>
      {may(c.var.person, 'allow_pictures') && (
        <PictureSwitch c={c} senderId={record.senderId} loads={view.loads} mail={message} />
      )}
    </>
  )
}

/** Nothing in the frame can say how high it is: an estimate with room, within what fits a page. */
function frameHeight(estimated: number): number {
  return Math.min(2_400, Math.max(160, estimated + 80))
}
