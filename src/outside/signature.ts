import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

/** A fresh secret to sign with, as receivers' libraries take it (Standard Webhooks). */
export function newSecret(): string {
  return `${prefix}${randomBytes(32).toString('base64')}`
}

/**
 * The headers by which a receiver knows that a delivery is ours and new: `webhook-id`,
 * `webhook-timestamp` (seconds since 1970) and `webhook-signature`, `v1,` and HMAC-SHA256 in base64
 * over `id.timestamp.body` (Standard Webhooks 1.0).
 */
export function signed(
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  }
}
