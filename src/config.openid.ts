import { isLoopback } from './domain/mailbox.ts'

/** A provider of sign-ins (OpenID Connect): Entra ID, Google Workspace, or any other. */
export type OpenIdSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call it. */
  readonly name: string
  /** Whether it names only our own staff, so that its addresses need no further proof. */
  readonly trustEmail: boolean
}

type Given = {
  readonly OPENID_ISSUER?: string | undefined
  readonly OPENID_CLIENT_ID?: string | undefined
  readonly OPENID_CLIENT_SECRET?: string | undefined
  readonly OPENID_NAME: string
  readonly OPENID_TRUST_EMAIL: boolean
}

/** What is missing of a provider that is named. */
export function openIdFlaws(given: Given): string[] {
  if (!given.OPENID_ISSUER) return []
  const flaws: string[] = []
  for (const name of ['OPENID_CLIENT_ID', 'OPENID_CLIENT_SECRET'] as const) {
    if (!given[name]) flaws.push(`${name}: must be set where OPENID_ISSUER is`)
  }
  const { protocol, hostname } = new URL(given.OPENID_ISSUER)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    flaws.push(
      'OPENID_ISSUER: must be an https address: who can change the answer is whoever they say',
    )
  }
  return flaws
}

export function openIdOf(given: Given): OpenIdSettings | null {
  const { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId } = given
  const { OPENID_CLIENT_SECRET: clientSecret, OPENID_NAME: name } = given
  if (!issuer || !clientId || !clientSecret) return null
  return { issuer, clientId, clientSecret, name, trustEmail: given.OPENID_TRUST_EMAIL }
}
