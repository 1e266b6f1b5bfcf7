import type { Child, FC } from 'hono/jsx'
import { dayOf } from '../domain/business-day.ts'
import type { OpenedReport } from '../flow/consultation-words.ts'
import { dayText } from '../text/text.ts'
import { WishChoice } from './consultation-form.tsx'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { Banner, Field, Form } from './parts/fields.tsx'

type Shown = {
  readonly c: Ctx
  readonly opened: OpenedReport
  readonly names: ReadonlyMap<string, string>
  /** Of an anonymous reporter, who has nothing else to come back by. */
  readonly code?: string
}

/** One report as far as this reader may see it. */
export const Report: FC<Shown> = (shown) => {
  const { c, opened, names } = shown
  const { consultation: text } = c.var.text
  const { consultation, side } = opened
  const { personId, wish, state, incidentId } = consultation
  const day = dayOf(consultation.receivedAt)
  const isRead = side === 'reporter' || side === 'desk'
  const name = isRead ? (names.get(personId ?? '') ?? '') : text.withName
  return (
    <>
      <p>
        <a href='/consultation'>{text.back}</a>
      </p>
      <h1>
        {text.received} <time datetime={day}>{dayText(day, c.var.language)}</time>
      </h1>
      <p class='chips'>
        <span class='chip neutral'>{text.state[state]}</span>
        <span class='chip neutral'>{personId === null ? text.withoutName : name}</span>
      </p>
      {incidentId !== null && <Banner tone='calm'>{text.became}</Banner>}
      {isRead && (
        <>
          <p>
            <strong>{text.wishLabel}</strong> {text.wish[wish]}
          </p>
          <Said {...shown} />
        </>
      )}
      {side === 'reporter' && <Adding {...shown} />}
      {side === 'desk' && <Answering {...shown} />}
      {!isRead && <Taking {...shown} />}
    </>
  )
}

/** What both wrote, in turn; of an anonymous reporter only the day. */
const Said: FC<Shown> = ({ c, opened, names }) => {
  const { language } = c.var
  const { consultation: text } = c.var.text
  const { consultation, side, words } = opened
  const anonymous = consultation.personId === null
  const reporter = side === 'reporter' ? text.you : text.reporter
  return (
    <section class='card'>
      <ol class='plain care-words'>
        {words.map(({ author, words: said, at }) => (
          <li>
            <p class='help'>
              <strong>{author === null ? reporter : text.deskBy(names.get(author) ?? '')}</strong>{' '}
              {author === null && anonymous ? (
                <time datetime={dayOf(at)}>{dayText(dayOf(at), language)}</time>
              ) : (
                <Time c={c} at={at} exact />
              )}
            </p>
            <p class='words'>{said}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Adding: FC<Shown> = ({ c, opened, code }) => {
  const { consultation: text } = c.var.text
  const { id, wish, incidentId } = opened.consultation
  const path = code === undefined ? `/consultation/${id}` : '/consultation/code'
  return (
    <section class='card stack'>
      <Form c={c} action={`${path}/words`}>
        <Code code={code} />
        <Field id='words' label={text.more} help={text.wordsHelp} rows={4} required />
        <button type='submit'>{text.moreDo}</button>
      </Form>
      {incidentId === null && (
        <details>
          <summary>{text.changeWish}</summary>
          <Form c={c} action={`${path}/wish`}>
            <Code code={code} />
            <WishChoice c={c} current={wish} />
            <button type='submit'>{text.changeWishDo}</button>
          </Form>
        </details>
      )}
    </section>
  )
}

const Code: FC<{ code: string | undefined }> = ({ code }) =>
  code === undefined ? null : <input type='hidden' name='code' value={code} />

const Answering: FC<Shown> = ({ c, opened }) => {
  const { consultation: text } = c.var.text
  const { id, wish, state, firstAnsweredAt, incidentId } = opened.consultation
  return (
    <section class='card stack'>
      <Form c={c} action={`/consultation/${id}/answers`}>
        <Field id='words' label={text.answer} help={text.answerHelp} rows={5} required />
        <button type='submit' class='primary'>
          {text.answerDo}
        </button>
      </Form>
      {wish === 'incident' && incidentId === null && (
        <div>
          <p class='help'>{text.recordLead}</p>
          <a class='button' href={`/incidents/new?consultation=${id}`}>
            {text.record}
          </a>
        </div>
      )}
      <div class='buttons'>
        {state === 'open' && firstAnsweredAt !== null && (
          <Act c={c} action={`/consultation/${id}/closing`}>
            {text.close}
          </Act>
        )}
        <Act c={c} action={`/consultation/${id}/returning`}>
          {text.giveBack}
        </Act>
      </div>
    </section>
  )
}

const Taking: FC<Shown> = ({ c, opened }) => {
  const { consultation: text } = c.var.text
  const { consultation, side } = opened
  return (
    <section class='card stack'>
      <p>{side === 'free' ? text.takeLead : text.others}</p>
      {side === 'free' && (
        <Act c={c} action={`/consultation/${consultation.id}/taking`}>
          {text.take}
        </Act>
      )}
    </section>
  )
}

const Act: FC<{ c: Ctx; action: string; children?: Child }> = ({ c, action, children }) => (
  <Form c={c} action={action} class='inline'>
    <button type='submit'>{children}</button>
  </Form>
)
