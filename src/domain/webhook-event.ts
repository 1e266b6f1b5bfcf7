import type { WebhookFormat } from './webhook.ts'

/** What happens to the places that notices are posted to; addresses and secrets are in no event. */
export type WebhookEvent =
  | {
      readonly kind: 'webhook_added' | 'webhook_changed'
      readonly webhookId: string
      readonly format: WebhookFormat
      readonly host: string
      /** Whose own it is; null for the whole house. */
      readonly ownerId: string | null
    }
  | {
      /** By nobody where the product itself stopped after failures in a row. */
      readonly kind: 'webhook_paused' | 'webhook_resumed' | 'webhook_removed'
      readonly webhookId: string
      readonly ownerId: string | null
    }
  | {
      readonly kind: 'webhook_given_up'
      readonly webhookId: string
      readonly deliveryId: string
      readonly ownerId: string | null
    }
