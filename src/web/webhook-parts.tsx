import type { FC } from 'hono/jsx'
import type { WebhookDelivery } from '../store/webhook-deliveries.ts'
import type { WebhookRecord } from '../store/webhooks.ts'
import type { Ctx } from './env.ts'
import { Time } from './parts/chips.tsx'
import { Empty } from './parts/fields.tsx'

/** Whether it works, in a word. */
export const StateChip: FC<{ c: Ctx; webhook: WebhookRecord }> = ({ c, webhook }) => {
  const { state } = c.var.text.told.webhook
  if (webhook.pausedAt !== null) return <span class='chip neutral'>{state.paused}</span>
  return webhook.failures > 0 ? (
    <span class='chip caution'>{state.failing}</span>
  ) : (
    <span class='chip calm'>{state.active}</span>
  )
}

const tones = { waiting: 'caution', delivered: 'calm', given_up: 'grave', dropped: 'neutral' }

/** What was sent lately and what became of it; no address and no secret is in it. */
export const Deliveries: FC<{ c: Ctx; deliveries: readonly WebhookDelivery[] }> = (props) => {
  const { c, deliveries } = props
  const { webhook: words, kind } = c.var.text.told
  return (
    <section aria-labelledby='deliveries'>
      <h2 id='deliveries'>{words.deliveries}</h2>
      {deliveries.length === 0 && <Empty>{words.noDeliveries}</Empty>}
      <ul class='told'>
        {deliveries.map((one) => (
          <li class='told-line'>
            <span>{one.kind === 'test' ? words.sampleKind : kind[one.kind]}</span>
            <span class='chips'>
              <span class={`chip ${tones[one.state]}`}>{words.delivery[one.state]}</span>
            </span>
            <span class='when'>
              <span>
                {words.attempts}: {one.attempts}
              </span>
              <Time c={c} at={one.madeAt} />
            </span>
            {(one.trouble !== null || one.status !== null) && (
              <small class='told-result'>
                {one.trouble !== null && words.trouble[one.trouble]}
                {one.status !== null && ` (HTTP ${one.status})`}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
