import type { FC } from 'hono/jsx'
import type { WebhookRecord } from '../store/webhooks.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Banner, Form } from './parts/fields.tsx'
import { WebhookForm } from './webhook-form.tsx'
import { Deliveries, StateChip } from './webhook-parts.tsx'

/** Deliveries that a webhook's page shows, newest first. */
const recent = 50

/** Where a webhook's page is. */
export function pathOf({ id, ownerId }: Pick<WebhookRecord, 'id' | 'ownerId'>): string {
  return ownerId === null ? `/webhooks/${id}` : '/notifications/webhook'
}

type Draft = Parameters<typeof WebhookForm>[0]['draft']

export async function newPage(c: Ctx, draft?: Draft): Promise<Response> {
  const { webhook: words } = c.var.text.told
  const mailboxes = await c.var.house.store.mailboxes.list()
  return page(
    c,
    words.newTitle,
    <section class='narrow'>
      <p>
        <a href='/webhooks'>{words.title}</a>
      </p>
      <h1>{words.newTitle}</h1>
      <p class='help'>{words.lead}</p>
      <WebhookForm c={c} action='/webhooks' own={false} mailboxes={mailboxes} draft={draft} />
    </section>,
    draft ? 409 : 200,
  )
}

export async function ownPage(c: Ctx, draft?: Draft): Promise<Response> {
  const { house, account, text } = c.var
  const { webhook: words, choices } = text.told
  const own = await house.store.webhooks.own(account.id)
  if (own) return onePage(c, own, draft)
  return page(
    c,
    words.ownTitle,
    <section class='narrow'>
      <p>
        <a href='/notifications/settings'>{choices.title}</a>
      </p>
      <h1>{words.ownTitle}</h1>
      <p class='help'>{words.ownLead}</p>
      {house.vault.trouble === null ? (
        <WebhookForm c={c} action='/notifications/webhook' own mailboxes={[]} draft={draft} />
      ) : (
        <Banner tone='caution'>{words.noKey}</Banner>
      )}
    </section>,
    draft ? 409 : 200,
  )
}

export async function onePage(c: Ctx, webhook: WebhookRecord, draft?: Draft): Promise<Response> {
  const { house, text } = c.var
  const { webhook: words, choices } = text.told
  const own = webhook.ownerId !== null
  const path = pathOf(webhook)
  const deliveries = await house.store.webhookDeliveries.of(webhook.id, recent)
  const mailboxes = await house.store.mailboxes.list()
  return page(
    c,
    webhook.name,
    <section class='narrow'>
      <p>
        {own ? (
          <a href='/notifications/settings'>{choices.title}</a>
        ) : (
          <a href='/webhooks'>{words.title}</a>
        )}
      </p>
      <div class='title-row'>
        <h1>{webhook.name}</h1>
        <StateChip c={c} webhook={webhook} />
      </div>
      <p>
        {words.formats[webhook.format]} · {words.host}: <span class='address'>{webhook.host}</span>
      </p>
      <Acts c={c} webhook={webhook} path={path} />
      <Deliveries c={c} deliveries={deliveries} />
      <WebhookForm
        c={c}
        action={path}
        own={own}
        mailboxes={mailboxes}
        webhook={webhook}
        draft={draft}
      />
      <details class='card'>
        <summary>{words.remove}</summary>
        <Form c={c} action={`${path}/remove`}>
          <p class='help'>{words.removeHelp}</p>
          <button type='submit'>{words.remove}</button>
        </Form>
      </details>
    </section>,
    draft ? 409 : 200,
  )
}

const Acts: FC<{ c: Ctx; webhook: WebhookRecord; path: string }> = ({ c, webhook, path }) => {
  const { webhook: words } = c.var.text.told
  const paused = webhook.pausedAt !== null
  return (
    <div class='buttons'>
      <Form c={c} action={`${path}/sample`} class='inline'>
        <button type='submit'>{words.test}</button>
      </Form>
      <Form c={c} action={`${path}/${paused ? 'resume' : 'pause'}`} class='inline'>
        <button type='submit'>{paused ? words.resume : words.pause}</button>
      </Form>
      {webhook.format === 'json' && (
        <Form c={c} action={`${path}/secret`} class='inline'>
          <button type='submit'>{words.renew}</button>
        </Form>
      )}
    </div>
  )
}
