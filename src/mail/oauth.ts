import * as openid from 'openid-client'
import { isLoopback, type SignInMethod } from '../domain/mailbox.ts'
import { InboxError } from './inbox-error.ts'

/** An account's OAuth 2.0 settings with its secrets. */
export type OAuthAccess = Extract<SignInMethod, { kind: 'oauth' }> & {
  readonly clientSecret: string | null
  /** Null for client credentials, or before somebody has given the consent. */
  readonly refreshToken: string | null
}

export type Tokens = {
  /** An access token that is good for some minutes yet. Rejects with `InboxError` of kind `token`. */
  current(): Promise<string>
}

export type TokenKeeping = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Providers may hand out another refresh token with each use: the old one ends soon. */
  readonly onRefreshToken: (token: string) => Promise<void>
}

/** A token this near to its end is renewed: signing in takes a moment, and clocks differ. */
const marginMs = 5 * 60_000
/** RFC 6749 only recommends `expires_in`; where it is missing we ask again soon. */
const unknownLifeSeconds = 10 * 60
const timeoutSeconds = 20

/** Gets access tokens of one account and renews them before they expire; many may ask at once. */
export function openTokens(access: OAuthAccess, { now, onRefreshToken }: TokenKeeping): Tokens {
  let refreshToken = access.refreshToken
  let token = { value: '', goodUntil: 0 }
  let renewal: Promise<string> | null = null

  async function renew(): Promise<string> {
    const config = await configurationOf(access)
    const answer = await asked(access, () => grant(config, access, refreshToken))
    const life = answer.expires_in ?? unknownLifeSeconds
    // Half of a short life is a margin as well: a token is used at least once.
    const margin = Math.min(marginMs, (life * 1000) / 2)
    token = { value: answer.access_token, goodUntil: now() + life * 1000 - margin }
    if (answer.refresh_token && answer.refresh_token !== refreshToken) {
      refreshToken = answer.refresh_token
      await onRefreshToken(answer.refresh_token)
    }
    return token.value
  }

  return {
    current() {
      if (now() < token.goodUntil) return Promise.resolve(token.value)
      renewal ??= renew().finally(() => {
        renewal = null
      })
      return renewal
    },
  }
}

/** A consent that an administrator is about to give (RFC 6749 section 4.1 with RFC 7636). */
export type Authorization = {
  readonly url: string
  readonly state: string
  readonly verifier: string
}

/** Where the administrator gives the consent, and what proves that the answer is to us. */
export async function beginAuthorization(
  access: OAuthAccess,
  redirectUri: string,
): Promise<Authorization> {
  const config = await configurationOf(access)
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: access.scope,
    state,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Google gives a refresh token only where it is asked for, and only with the consent.
    access_type: 'offline',
    prompt: 'consent',
  })
  return { url: url.href, state, verifier }
}

/** Turns the provider's answer into the refresh token. Rejects with `InboxError`. */
export async function finishAuthorization(
  access: OAuthAccess,
  callback: URL,
  { state, verifier }: Pick<Authorization, 'state' | 'verifier'>,
): Promise<string> {
  const config = await configurationOf(access)
  const answer = await asked(access, () =>
    openid.authorizationCodeGrant(config, callback, {
      expectedState: state,
      pkceCodeVerifier: verifier,
    }),
  )
  if (answer.refresh_token) return answer.refresh_token
  throw new InboxError(
    'token',
    `${access.issuer} gave no refresh token: allow offline access for the client ${access.clientId}`,
  )
}

function grant(config: openid.Configuration, access: OAuthAccess, refreshToken: string | null) {
  if (access.grant === 'client_credentials') {
    return openid.clientCredentialsGrant(config, { scope: access.scope })
  }
  if (refreshToken === null) {
    throw new InboxError(
      'token',
      `nobody has given the consent for ${access.clientId} yet: authorise the mailbox`,
    )
  }
  return openid.refreshTokenGrant(config, refreshToken)
}

async function configurationOf(access: OAuthAccess): Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = access
  const url = new URL(issuer)
  const authentication = clientSecret ? openid.ClientSecretPost(clientSecret) : openid.None()
  // Only an issuer on this machine may speak plain http: nothing leaves it on the way.
  const execute = isLoopback(url.hostname) ? [openid.allowInsecureRequests] : []
  return asked(access, () =>
    openid.discovery(url, clientId, {}, authentication, { execute, timeout: timeoutSeconds }),
  )
}

/** What the provider says, in words of what to do; never with a token or a secret in it. */
async function asked<T>({ issuer, clientId }: OAuthAccess, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof InboxError) throw error
    const { error: code = '', error_description: said = '' } = error as Record<string, string>
    const words = code || deepest(error)
    const advice = advices[code] ?? 'check the issuer, the network and the provider’s status'
    const detail = said ? ` (${said.slice(0, 200)})` : ''
    throw new InboxError('token', `${issuer} refuses ${clientId}: ${words}${detail}; ${advice}`)
  }
}

/** A failed request says only that it failed; why stands in its cause. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? deepest(error.cause) : error.message
}

/** RFC 6749 section 5.2. */
const advices: Readonly<Record<string, string>> = {
  invalid_grant: 'the consent was withdrawn or has expired: authorise the mailbox again',
  invalid_client: 'check the client’s id and secret, and whether the secret has expired',
  unauthorized_client: 'allow this grant for the client at the provider',
  invalid_scope: 'check the scope of the mailbox',
  access_denied: 'an administrator of the provider must give the consent',
}
