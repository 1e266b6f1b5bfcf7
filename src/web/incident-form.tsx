import type { FC } from 'hono/jsx'
import { incidentKinds } from '../domain/incident.ts'
import { covers, reachOf } from '../domain/person.ts'
import { openReport } from '../flow/consultation.ts'
import type { OpenedReport } from '../flow/consultation-words.ts'
import type { Member } from '../store/profiles.ts'
import { localOf } from '../text/months.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { unassessed } from './incident.tsx'
import { Choice, Field, Select } from './parts/fields.tsx'
import { Missing } from './problems.ts'
import { OpinionFields, VerdictFields } from './review-form.tsx'
import { mailboxesOf, viewOf } from './view.ts'

/** The form on which an incident is recorded, against a known sender or a new one. */
export async function incidentFormPage(c: Ctx): Promise<Response> {
  const { text } = c.var
  const words = text.senders
  const sender = await senderOf(c)
  const told = await toldToDesk(c, c.req.query('consultation') ?? '')
  return page(
    c,
    words.record,
    <section class='narrow'>
      <h1>{words.record}</h1>
      <p class='help'>{words.recordLead}</p>
      <form
        action='/incidents'
        method='post'
        enctype='multipart/form-data'
        class='stack review incident'
      >
        <input type='hidden' name='csrf' value={c.var.csrfToken} />
        <input type='hidden' name='incident' value={c.var.house.newId()} />
        <Whom c={c} sender={sender} />
        {told && <input type='hidden' name='consultation' value={told.consultation.id} />}
        <What c={c} told={told} />
        <fieldset class='card part'>
          <legend>{words.yourReview}</legend>
          <VerdictFields c={c} thread={unassessed} unsure ordinary={words.verdictOrdinary} />
          <OpinionFields c={c} />
        </fieldset>
        <button type='submit' class='primary'>
          {words.recordDo}
        </button>
      </form>
    </section>,
  )
}

/** The sender whom the address names, if the person may know of them. */
async function senderOf(c: Ctx): Promise<Member | null> {
  const { account, house } = c.var
  const id = c.req.query('sender') ?? ''
  if (id === '') return null
  const places = await house.store.places.of('sender', id)
  const reach = reachOf(account, 'read')
  if (!places.some((place) => covers(reach, place))) throw new Missing()
  const { members } = await viewOf(c).profiles.find(id, [])
  return members.find((one) => one.id === id) ?? null
}

const Whom: FC<{ c: Ctx; sender: Member | null }> = async ({ c, sender }) => {
  const { text, account, language } = c.var
  const words = text.senders
  const reach = reachOf(account, 'record_incident')
  const boxes = (await mailboxesOf(c)).filter(({ id }) => covers(reach, id))
  return (
    <fieldset class='card part'>
      <legend>{words.sender}</legend>
      {sender ? (
        <>
          <input type='hidden' name='sender' value={sender.id} />
          <p>
            <strong>{sender.name || text.unknownSender}</strong>{' '}
            <span class='address'>{[...sender.addresses, sender.label].join(' ')}</span>
          </p>
        </>
      ) : (
        <>
          <p class='help'>{words.newCallerLead}</p>
          <Field id='callerName' label={words.callerName} />
          <Field id='callerNumber' label={words.callerNumber} type='tel' />
        </>
      )}
      <Select
        id='mailbox'
        label={words.department}
        options={boxes.map(({ id, department }) => ({ value: id, label: department[language] }))}
      />
    </fieldset>
  )
}

/** What a member of staff told the desk and wishes to have recorded; for who has it there alone. */
export async function toldToDesk(c: Ctx, id: string): Promise<OpenedReport | null> {
  if (id === '') return null
  const opened = await openReport(c.var.house, id, c.var.account)
  const wished = opened?.side === 'desk' && opened.consultation.wish === 'incident'
  if (!opened || !wished) throw new Missing()
  return opened
}

const What: FC<{ c: Ctx; told: OpenedReport | null }> = async ({ c, told }) => {
  const { house } = c.var
  const words = c.var.text.senders
  const staff = (await house.store.people.list()).filter(({ disabledAt }) => disabledAt === null)
  const now = localOf(new Date(house.now()))
  const hit = told?.consultation.personId ?? null
  return (
    <fieldset class='card part'>
      <legend>{words.whatHappened}</legend>
      <Choice
        name='kind'
        kind='radio'
        legend={words.kindLabel}
        row
        options={incidentKinds.map((value) => ({
          value,
          label: words.kind[value],
          checked: value === 'phone',
        }))}
      />
      <Field id='occurredAt' type='datetime-local' label={words.occurredAt} value={now} required />
      <div class='when-phone stack'>
        <Field id='minutes' type='number' label={words.minutes} />
        <Field id='recording' label={words.recording} help={words.recordingHelp} />
      </div>
      <div class='when-post stack'>
        <Field id='postUrl' type='url' label={words.postUrl} />
        <div class='field'>
          <label for='picture'>{words.picture}</label>
          <p class='help' id='picture-help'>
            {words.pictureHelp}
          </p>
          <input
            id='picture'
            name='picture'
            type='file'
            accept='image/png,image/jpeg,image/webp'
            aria-describedby='picture-help'
          />
        </div>
      </div>
      <Field
        id='account'
        label={words.account}
        help={words.accountHelp}
        value={told?.words[0]?.words ?? ''}
        rows={5}
        required
      />
      <Select
        id='takenBy'
        label={words.takenBy}
        help={words.takenByHelp}
        options={[
          { value: '', label: words.takenByNobody, checked: hit === null },
          ...staff.map(({ id, name }) => ({ value: id, label: name, checked: id === hit })),
        ]}
      />
    </fieldset>
  )
}
