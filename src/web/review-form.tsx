import type { FC } from 'hono/jsx'
import { categories as codes } from '../domain/category.ts'
import { judgementOf } from '../domain/judgement.ts'
import type { Thread } from '../domain/thread.ts'
import { DraftForm } from './draft-form.tsx'
import type { Ctx } from './env.ts'
import { Choice, Field, Form, Tick } from './parts/fields.tsx'

/** The review of one person: verdict first, and only what the verdict asks for. */
export const ReviewForm: FC<{ c: Ctx; thread: Thread }> = async ({ c, thread }) => {
  const { text, person, house } = c.var
  const { id: threadId } = thread
  const key = { personId: person.id, threadId, kind: 'review' } as const
  const draft = await house.store.drafts.find(key)
  const form = { threadId, kind: key.kind, draft, action: `/threads/${threadId}/reviews` }
  return (
    <DraftForm c={c} {...form} class='stack review'>
      <input type='hidden' name='revision' value={String(thread.revision)} />
      <input type='hidden' name='judgement' value={judgementOf(thread.assessed)} />
      <VerdictFields c={c} thread={thread} unsure />
      <OpinionFields c={c} words={draft?.words ?? {}} />
      <button type='submit' class='primary'>
        {text.giveReview}
      </button>
    </DraftForm>
  )
}

/** A supervisor's settlement of two reviews that differ. */
export const SettleForm: FC<{ c: Ctx; thread: Thread }> = ({ c, thread }) => {
  const { text } = c.var
  return (
    <Form c={c} action={`/threads/${thread.id}/settlement`} class='stack review'>
      <p class='help'>{text.settleLead}</p>
      <VerdictFields c={c} thread={thread} />
      <SettlementFields c={c} />
    </Form>
  )
}

/** What a person says of the demand, whatever their verdict, and why. */
export const OpinionFields: FC<{ c: Ctx; words?: Partial<Record<string, string>> }> = ({
  c,
  words = {},
}) => {
  const { text } = c.var
  return (
    <>
      <Choice
        name='demand'
        kind='radio'
        legend={text.demandLabel}
        row
        options={(['reasonable', 'partly', 'unreasonable', 'none'] as const).map((value) => ({
          value,
          label: text.demandValue[value],
          checked: value === 'reasonable',
        }))}
      />
      <Field
        id='fairRequest'
        label={text.fairRequest}
        help={text.fairRequestHelp}
        value={words.fairRequest ?? ''}
      />
      <Field
        id='reason'
        label={text.reason}
        help={text.reasonHelp}
        value={words.reason ?? ''}
        rows={2}
      />
    </>
  )
}

/** Why a dispute is settled so. */
export const SettlementFields: FC<{ c: Ctx }> = ({ c }) => {
  const { text } = c.var
  return (
    <>
      <Field id='reason' label={text.reason} help={text.reasonHelp} rows={3} />
      <button type='submit' class='primary'>
        {text.settleDo}
      </button>
    </>
  )
}

type VerdictProps = {
  c: Ctx
  thread: Pick<Thread, 'assessed'>
  unsure?: boolean
  /** How it is called where it is no mail, which wants no reply either. */
  ordinary?: string
}

/** The verdict, with what it asks for. */
export const VerdictFields: FC<VerdictProps> = ({ c, thread, unsure, ordinary }) => {
  const { text } = c.var
  const options = [
    { value: 'ordinary', label: ordinary ?? text.verdictOrdinary },
    { value: 'harassment', label: text.verdictHarassment },
    ...(unsure ? [{ value: 'unsure', label: text.verdictUnsure }] : []),
  ]
  return (
    <>
      <Choice name='verdict' kind='radio' legend={text.verdict} options={options} />
      {ordinary === undefined && (
        <div class='when-ordinary'>
          <Choice
            name='needsReply'
            kind='radio'
            legend={text.reply}
            row
            options={[
              { value: 'yes', label: text.needsReply, checked: true },
              { value: 'no', label: text.noReplyNeeded },
            ]}
          />
        </div>
      )}
      <HarassmentFields c={c} thread={thread} />
    </>
  )
}

/** Which categories, and how severe; chosen beforehand is only what is suggested. */
export const Found: FC<{ c: Ctx; suggested: Thread['assessed'] }> = ({ c, suggested }) => {
  const { text } = c.var
  return (
    <>
      <Choice
        name='category'
        kind='checkbox'
        legend={text.categories}
        pairs
        options={codes.map((code) => ({
          value: code,
          label: text.category[code],
          checked: suggested?.categories.includes(code) ?? false,
        }))}
      />
      <Choice
        name='severity'
        kind='radio'
        legend={text.severityLabel}
        row
        options={([1, 2, 3] as const).map((value) => ({
          value: String(value),
          label: `${value} ${text.severity[value]}`,
          checked: suggested?.severity === value,
        }))}
      />
    </>
  )
}

const HarassmentFields: FC<{ c: Ctx; thread: Pick<Thread, 'assessed'> }> = ({ c, thread }) => {
  const { text } = c.var
  return (
    <div class='when-harassment stack'>
      <Found c={c} suggested={thread.assessed} />
      <fieldset class='choice'>
        <legend>{text.elements}</legend>
        <details class='article'>
          <summary>{text.elementsArticle}</summary>
          <p>{text.elementsText}</p>
        </details>
        <Tick name='superiorPosition' label={text.elementSuperior} />
        <div class='element'>
          <span>{text.elementImproper}</span>
          <Choice
            name='improperWhich'
            kind='radio'
            legend={text.elementImproper}
            row
            options={[
              { value: 'conduct', label: text.elementConduct, checked: true },
              { value: 'demand', label: text.elementDemand },
            ]}
          />
          <Field id='improperWhy' label={text.elementWhy} />
        </div>
        <Tick name='harmToWorkEnvironment' label={text.elementHarm} />
      </fieldset>
      <details>
        <summary>{text.statute}</summary>
        <Tick name='statuteParty' label={text.statuteParty} checked />
        <Tick name='statuteBeyond' label={text.statuteBeyond} checked />
        <Tick name='statuteHarm' label={text.statuteHarm} checked />
      </details>
    </div>
  )
}
