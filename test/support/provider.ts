import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** A real OpenID provider on this machine, with one client and one person who consents to all. */
export type TestProvider = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The redirect URI that the client has registered. */
  readonly redirectUri: string
  /** Where a mail server asks whether a token is good: `{email}` or 401, by Bearer. */
  readonly introspection: string
  /** Access tokens in the order in which they were issued. */
  readonly issued: readonly string[]
  /** Signs in, consents, and gives the address that the browser is sent back to. */
  consent(url: string): Promise<URL>
  /** A refresh token as the consent of a person gives it. */
  refreshToken(): Promise<string>
  /** Who signs in there under which name, and what it says of them. */
  readonly people: Map<string, { readonly email?: string; readonly email_verified?: boolean }>
  /** Signs in as one of them, as a person does it in the browser. */
  signIn(url: string, login: string): Promise<URL>
  /** Withdraws every consent: refresh tokens are worth nothing any more. */
  withdraw(): void
  stop(): Promise<void>
}

const clientId = 'mamori'
const clientSecret = 'canary-client-secret-4242'
const scope = 'openid offline_access'
const openIdRedirect = 'http://mamori.test/sign-in/openid/answer'

/** Starts it; access tokens live so many seconds. Mail is `user`'s. */
export async function startProvider(user: string, lifeSeconds = 3600): Promise<TestProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const redirectUri = 'http://mamori.test/mailboxes/authorization'
  const people: TestProvider['people'] = new Map()
  const provider = providerOn(issuer, redirectUri, lifeSeconds, people)
  const issued: string[] = []
  let withdrawn = false
  provider.on('access_token.saved', ({ jti }) => void issued.push(jti))
  provider.on('client_credentials.saved', ({ jti }) => void issued.push(jti))
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (request.url?.startsWith('/mail-introspection')) {
      const token = (request.headers.authorization ?? '').replace(/^Bearer /i, '')
      const known =
        (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token))
      response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' })
      return response.end(JSON.stringify(known ? { email: user, active: true } : {}))
    }
    if (withdrawn && request.url?.startsWith('/token')) {
      response.writeHead(400, { 'content-type': 'application/json' })
      return response.end(
        JSON.stringify({ error: 'invalid_grant', error_description: 'withdrawn' }),
      )
    }
    return answer(request, response)
  })
  return {
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    introspection: `${issuer}/mail-introspection`,
    issued,
    consent: (url) => consent(url, redirectUri),
    people,
    signIn: (url, login) => consent(url, openIdRedirect, login),
    async refreshToken() {
      const { beginAuthorization, finishAuthorization } = await import('../../src/mail/oauth.ts')
      const access = {
        kind: 'oauth' as const,
        provider: 'other' as const,
        ...{ issuer, clientId, clientSecret, scope, refreshToken: null },
        grant: 'refresh_token' as const,
      }
      const begun = await beginAuthorization(access, redirectUri)
      return finishAuthorization(access, await consent(begun.url, redirectUri), begun)
    },
    withdraw() {
      withdrawn = true
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function providerOn(
  issuer: string,
  redirectUri: string,
  lifeSeconds: number,
  people: TestProvider['people'],
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri, openIdRedirect],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    scopes: ['openid', 'offline_access', 'email'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, ...people.get(id) }),
    }),
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    ttl: {
      AccessToken: lifeSeconds,
      ClientCredentials: lifeSeconds,
      ...{ IdToken: 3600, Interaction: 3600, Session: 3600, Grant: 3600, RefreshToken: 3600 },
    },
    rotateRefreshToken: true,
    cookies: { keys: ['only for tests'] },
  })
}

/** What a person does in the browser: sign in, agree, and be sent back. */
async function consent(url: string, redirectUri: string, login = 'shared-mailbox'): Promise<URL> {
  const cookies = new Map<string, string>()
  let place = url
  let form: URLSearchParams | null = null
  for (let steps = 0; steps < 12; steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer: Response = await fetch(place, {
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next) {
      place = new URL(next, place).href
      if (place.startsWith(redirectUri)) return new URL(place)
      form = null
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (!prompt) throw new Error(`the provider asks something else: ${page.slice(0, 500)}`)
    form = new URLSearchParams({ prompt, login, password: 'any' })
  }
  throw new Error('the provider does not come to an end')
}
