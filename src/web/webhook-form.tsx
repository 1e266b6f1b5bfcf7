import type { FC } from 'hono/jsx'
import { houseKinds, isToldKind } from '../domain/told.kinds.ts'
import { type WebhookFormat, webhookFormats } from '../domain/webhook.ts'
import type { WebhookFlawed, WebhookWish } from '../flow/webhooks.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import type { WebhookRecord } from '../store/webhooks.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { Banner, Choice, Field, Form, Select } from './parts/fields.tsx'

type WebhookFormProps = {
  c: Ctx
  action: string
  /** Somebody's own is told what they chose for themselves. */
  own: boolean
  mailboxes: readonly Mailbox[]
  webhook?: WebhookRecord
  /** What was typed and cannot be taken, and why. */
  draft?: { readonly wish: WebhookWish; readonly flaw: WebhookFlawed['flaw'] } | undefined
}

/** Addresses as long as any receiver gives them. */
const urlLengthMax = 2_000

/** A webhook as a form states it. */
export async function readWish(c: Ctx, own: boolean): Promise<WebhookWish> {
  const form = await readForm(c)
  const some = form.text('where') === 'some'
  return {
    name: form.text('name', 100),
    format: formatIn(form.text('format')),
    url: form.text('url', urlLengthMax),
    kinds: own ? [] : form.all('kind').filter(isToldKind),
    mailboxes: own || !some ? null : form.all('mailbox'),
  }
}

function formatIn(word: string): WebhookFormat {
  return webhookFormats.find((one) => one === word) ?? 'json'
}

/** The form of a new webhook, or of one that is there: its address is never shown. */
export const WebhookForm: FC<WebhookFormProps> = (props) => {
  const { c, action, own, mailboxes, webhook, draft } = props
  const { webhook: words } = c.var.text.told
  const now = draft?.wish ?? webhook
  return (
    <Form c={c} action={action}>
      {draft && <Banner tone='grave'>{words.flaw[draft.flaw]}</Banner>}
      <Field id='name' label={words.name} value={now?.name ?? ''} required />
      <Select
        id='format'
        label={words.format}
        options={webhookFormats.map((format) => ({
          value: format,
          label: words.formats[format],
          checked: format === (now?.format ?? 'json'),
        }))}
      />
      <Field
        id='url'
        label={words.url}
        help={webhook ? `${words.urlHelp} ${words.urlKeep}` : words.urlHelp}
        value={draft?.wish.url ?? ''}
        required={webhook === undefined}
      />
      {!own && <Kinds c={c} chosen={now?.kinds ?? houseKinds} />}
      {!own && <Places c={c} mailboxes={mailboxes} chosen={now?.mailboxes ?? null} />}
      <button class='primary' type='submit'>
        {words.save}
      </button>
    </Form>
  )
}

const Kinds: FC<{ c: Ctx; chosen: WebhookWish['kinds'] }> = ({ c, chosen }) => {
  const { told } = c.var.text
  return (
    <Choice
      name='kind'
      kind='checkbox'
      legend={told.webhook.kinds}
      options={houseKinds.map((kind) => ({
        value: kind,
        label: told.kind[kind],
        checked: chosen.includes(kind),
      }))}
    />
  )
}

type PlacesProps = { c: Ctx; mailboxes: readonly Mailbox[]; chosen: readonly string[] | null }

const Places: FC<PlacesProps> = ({ c, mailboxes, chosen }) => {
  const { webhook: words } = c.var.text.told
  return (
    <>
      <Choice
        name='where'
        kind='radio'
        legend={words.mailboxes}
        options={[
          { value: 'all', label: words.allMailboxes, checked: chosen === null },
          { value: 'some', label: words.someMailboxes, checked: chosen !== null },
        ]}
      />
      <Choice
        name='mailbox'
        kind='checkbox'
        legend={words.someMailboxes}
        options={mailboxes.map(({ id, name }) => ({
          value: id,
          label: name,
          checked: chosen?.includes(id) ?? false,
        }))}
      />
    </>
  )
}
