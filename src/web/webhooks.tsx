import type { Refusal } from '../domain/step.ts'
import { postSample } from '../flow/webhook-post.ts'
import {
  actOnWebhook,
  addWebhook,
  changeWebhook,
  houseWebhook,
  renewSigning,
  type WebhookKept,
} from '../flow/webhooks.ts'
import type { WebhookRecord } from '../store/webhooks.ts'
import type { Ctx } from './env.ts'
import { page } from './frame.tsx'
import { Banner, Empty } from './parts/fields.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'
import { readWish } from './webhook-form.tsx'
import { newPage, onePage, ownPage, pathOf } from './webhook-pages.tsx'
import { StateChip } from './webhook-parts.tsx'

/** Where notices go besides people (外部通知): of the whole house by administrators, one's own by each. */
export function webhookRoutes(routes: Routes): void {
  routes.get('/webhooks', 'manage_webhooks', listPage)
  routes.get('/webhooks/new', 'manage_webhooks', (c) => newPage(c))
  routes.post('/webhooks', 'manage_webhooks', (c) => add(c, null))
  routes.get('/webhooks/:id', 'manage_webhooks', async (c) => onePage(c, await named(c)))
  routes.post('/webhooks/:id', 'manage_webhooks', async (c) => change(c, await named(c)))
  routes.post('/webhooks/:id/:act', 'manage_webhooks', async (c) => act(c, await named(c)))
  routes.get('/notifications/webhook', 'own_settings', async (c) => ownPage(c))
  routes.post('/notifications/webhook', 'own_settings', async (c) => {
    const own = await c.var.house.store.webhooks.own(c.var.account.id)
    return own ? change(c, own) : add(c, c.var.account.id)
  })
  routes.post('/notifications/webhook/:act', 'own_settings', async (c) => {
    const own = await c.var.house.store.webhooks.own(c.var.account.id)
    if (!own) throw new Missing()
    return act(c, own)
  })
}

function named(c: Ctx): Promise<WebhookRecord> {
  return houseWebhook(c.var.house, c.req.param('id') ?? '')
}

async function add(c: Ctx, ownerId: string | null): Promise<Response> {
  const { house, account } = c.var
  const wish = await readWish(c, ownerId !== null)
  const outcome = await addWebhook(house, wish, { ownerId }, account)
  if (outcome.kind === 'flawed') {
    const draft = { wish, flaw: outcome.flaw }
    return ownerId === null ? newPage(c, draft) : ownPage(c, draft)
  }
  return kept(c, outcome, ownerId)
}

async function change(c: Ctx, webhook: WebhookRecord): Promise<Response> {
  const wish = await readWish(c, webhook.ownerId !== null)
  const outcome = await changeWebhook(c.var.house, webhook, wish, c.var.account)
  if (outcome.kind === 'flawed') return onePage(c, webhook, { wish, flaw: outcome.flaw })
  return kept(c, outcome, webhook.ownerId)
}

const acts = { pause: 'webhookPaused', resume: 'webhookResumed', remove: 'webhookRemoved' } as const

async function act(c: Ctx, webhook: WebhookRecord): Promise<Response> {
  const { house, account } = c.var
  const what = c.req.param('act') ?? ''
  if (what === 'sample') {
    await postSample(house, webhook)
    return c.redirect(`${pathOf(webhook)}#deliveries`, 303)
  }
  if (what === 'secret') {
    return kept(c, await renewSigning(house, webhook, account), webhook.ownerId)
  }
  if (what !== 'pause' && what !== 'resume' && what !== 'remove') throw new Missing()
  const outcome = await actOnWebhook(house, webhook, what, account)
  const list = webhook.ownerId === null ? '/webhooks' : '/notifications/webhook'
  return answer(c, outcome, what === 'remove' ? list : pathOf(webhook), acts[what])
}

/** A secret to sign with is shown here, once, and nowhere else. */
function kept(
  c: Ctx,
  outcome: WebhookKept | Refusal,
  ownerId: string | null,
): Response | Promise<Response> {
  const list = ownerId === null ? '/webhooks' : '/notifications/webhook'
  if (outcome.kind === 'refused') throw new Refused(outcome.reason, list)
  const path = pathOf({ id: outcome.id, ownerId })
  if (outcome.signing === null) return c.redirect(`${path}?done=webhookKept`, 303)
  const { webhook: words } = c.var.text.told
  return page(
    c,
    words.secretTitle,
    <section class='narrow'>
      <h1>{words.secretTitle}</h1>
      <Banner tone='caution'>{words.secretLead}</Banner>
      <p class='address'>
        <code id='signing-secret'>{outcome.signing}</code>
      </p>
      <p>
        <a class='button' href={path}>
          {words.secretOn}
        </a>
      </p>
    </section>,
  )
}

async function listPage(c: Ctx): Promise<Response> {
  const { text, house } = c.var
  const { webhook: words } = text.told
  const all = await house.store.webhooks.list()
  return page(
    c,
    words.title,
    <section>
      <div class='title-row'>
        <h1>{words.title}</h1>
        {house.vault.trouble === null && (
          <a class='button' href='/webhooks/new'>
            {words.add}
          </a>
        )}
      </div>
      <p class='help'>{words.lead}</p>
      {house.vault.trouble !== null && <Banner tone='caution'>{words.noKey}</Banner>}
      {all.length === 0 && <Empty>{words.empty}</Empty>}
      <ol class='threads'>
        {all.map((one) => (
          <li>
            <a class='thread-row' href={`/webhooks/${one.id}`}>
              <span class='who'>{one.name}</span>
              <span class='subject'>{words.formats[one.format]}</span>
              <span class='gist address'>{one.host}</span>
              <span class='chips'>
                <StateChip c={c} webhook={one} />
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>,
  )
}
