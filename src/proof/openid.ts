import * as openid from 'openid-client'
import { isLoopback } from '../domain/mailbox.ts'

/** A provider and how we are known to it. */
export type Provider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What has to come back with the answer (OpenID Connect Core section 3.1, RFC 7636). */
export type Question = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Whom the provider means, as far as it says. */
export type Answer = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  readonly emailVerified: boolean
  /** Whether the provider asked for more than one proof (RFC 8176). */
  readonly mfa: boolean
}

/** The provider cannot be reached, or its answer is none to our question. Holds no secret. */
export class OpenIdError extends Error {
  constructor(issuer: string, why: string) {
    super(`${issuer}: ${why}`)
    this.name = 'OpenIdError'
  }
}

const timeoutSeconds = 20
const scope = 'openid email'

/** Where to sign in, and what proves that the answer is to us. Rejects with `OpenIdError`. */
export async function askProvider(
  provider: Provider,
  redirectUri: string,
): Promise<{ readonly url: string; readonly question: Question }> {
  const config = await configurationOf(provider)
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  return { url: url.href, question: { state, nonce, verifier } }
}

/** Whom the answer names. Rejects with `OpenIdError` where it is not to our question. */
export async function answerOf(
  provider: Provider,
  callback: URL,
  { state, nonce, verifier }: Question,
): Promise<Answer> {
  const config = await configurationOf(provider)
  return told(provider, async () => {
    const tokens = await openid.authorizationCodeGrant(config, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new Error('there is no ID token in the answer')
    const { iss: issuer, sub: subject, amr } = claims
    const mfa = Array.isArray(amr) && amr.includes('mfa')
    const own = addressIn(claims)
    const endpoint = config.serverMetadata().userinfo_endpoint
    if (own.email !== null || !endpoint) return { issuer, subject, mfa, ...own }
    const more = await openid.fetchUserInfo(config, tokens.access_token, subject)
    return { issuer, subject, mfa, ...addressIn(more) }
  })
}

function addressIn(claims: Record<string, unknown>): Pick<Answer, 'email' | 'emailVerified'> {
  const { email, email_verified: verified } = claims
  // Some providers write the truth value as text.
  const emailVerified = verified === true || verified === 'true'
  return { email: typeof email === 'string' ? email.toLowerCase() : null, emailVerified }
}

function configurationOf(provider: Provider): Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = provider
  const url = new URL(issuer)
  // Only a provider on this machine may speak plain http: nothing leaves it on the way.
  const execute = isLoopback(url.hostname) ? [openid.allowInsecureRequests] : []
  const secret = openid.ClientSecretPost(clientSecret)
  const options = { execute, timeout: timeoutSeconds }
  return told(provider, () => openid.discovery(url, clientId, {}, secret, options))
}

async function told<T>({ issuer }: Provider, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const { error: code = '', error_description: said = '' } = error as Record<string, string>
    throw new OpenIdError(issuer, code === '' ? deepest(error) : `${code} ${said}`.slice(0, 300))
  }
}

/** A failed request says only that it failed; why stands in its cause. */
function deepest(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? deepest(error.cause) : error.message
}
