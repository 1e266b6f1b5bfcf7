import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'

/** Passkeys (WebAuthn): whose pages they are for, and where those are. */
export type Site = {
  readonly origin: string
  readonly secret: string
  /** Gets why an answer was not taken. */
  readonly say: (why: string) => void
}

/** What a passkey proves something with; the private half never leaves the device. */
export type PublicPart = {
  readonly id: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
}

/** A good answer: which passkey gave it, how often it has been used, and when it was asked. */
export type Shown = { readonly id: string; readonly counter: number; readonly askedAt: number }

/** ES256, EdDSA and RS256 (RFC 8152, RFC 8812): what devices sign with. */
const supportedAlgorithmIDs = [-7, -8, -257]

/** So long a person may look for their key. */
const patienceMs = 5 * 60_000

/** What a browser is asked to sign with any passkey that it has for these pages. */
export function requestFor(site: Site, purpose: string, now: number) {
  return {
    challenge: newChallenge(site, purpose, now).toString('base64url'),
    rpId: hostOf(site),
    timeout: patienceMs,
    userVerification: 'required',
    allowCredentials: [],
  }
}

/** What a browser is asked to make a new passkey of. */
export async function creationFor(
  site: Site,
  purpose: string,
  user: { readonly id: string; readonly name: string; readonly email: string },
  known: readonly PublicPart[],
  now: number,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpName: 'Mamori',
    rpID: hostOf(site),
    userID: new TextEncoder().encode(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: new Uint8Array(newChallenge(site, purpose, now)),
    timeout: patienceMs,
    // Who made the device is nothing that we decide by.
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** The public half of a new passkey; null where the answer is none to our question. */
export async function madeIn(
  site: Site,
  purpose: string,
  answer: string,
  now: number,
): Promise<PublicPart | null> {
  const response = answerIn(answer) as RegistrationResponseJSON | null
  if (!response) return null
  const { verifyRegistrationResponse } = await library()
  const checked = await orNull(site, () =>
    verifyRegistrationResponse({
      response,
      supportedAlgorithmIDs,
      expectedChallenge: (text) => askedAt(site, purpose, text, now) !== null,
      expectedOrigin: site.origin,
      expectedRPID: hostOf(site),
      requireUserVerification: true,
    }),
  )
  if (!checked?.verified) return null
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
}

/** The id of the passkey that an answer claims to be of; nothing is proven by it. */
export function claimedIn(answer: string): string {
  const id: unknown = answerIn(answer)?.id
  return typeof id === 'string' ? id.slice(0, 1_400) : ''
}

/** What an answer proves; null where it is none to our question. */
export async function shownIn(
  site: Site,
  purpose: string,
  answer: string,
  passkey: PublicPart,
  now: number,
): Promise<Shown | null> {
  const response = answerIn(answer) as AuthenticationResponseJSON | null
  if (!response) return null
  const { verifyAuthenticationResponse } = await library()
  const { id, counter } = passkey
  const asked: number[] = []
  const checked = await orNull(site, () =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge(text) {
        asked.push(...[askedAt(site, purpose, text, now)].filter((at) => at !== null))
        return asked.length > 0
      },
      expectedOrigin: site.origin,
      expectedRPID: hostOf(site),
      requireUserVerification: true,
      credential: {
        id,
        counter,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      },
    }),
  )
  const [at] = asked
  if (!checked?.verified || at === undefined) return null
  return { id, counter: checked.authenticationInfo.newCounter, askedAt: at }
}

/** The library is large: it is loaded when somebody uses a passkey. */
function library() {
  return import('@simplewebauthn/server')
}

/** The library throws at whatever is wrong with an answer: it is a wrong answer, and no failure of ours. */
async function orNull<T>({ say }: Site, check: () => Promise<T>): Promise<T | null> {
  try {
    return await check()
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return null
  }
}

const answerLengthMax = 20_000

function answerIn(text: string): Record<string, unknown> | null {
  if (text.length > answerLengthMax) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null
  } catch {
    // What a form brings that is no JSON answers nothing.
    return null
  }
}

const timeBytes = 8
const chanceBytes = 12
const proofBytes = 16

/**
 * A challenge that proves by itself that we made it, when, and what for: any process can take the
 * answer, and nothing has to be kept. That it is taken once is the passkey's row's to say.
 */
function newChallenge(site: Site, purpose: string, now: number): Buffer {
  const time = Buffer.alloc(timeBytes)
  time.writeBigUInt64BE(BigInt(now))
  const said = Buffer.concat([time, randomBytes(chanceBytes)])
  return Buffer.concat([said, proofOf(site, purpose, said)])
}

function askedAt(site: Site, purpose: string, challenge: string, now: number): number | null {
  const all = Buffer.from(challenge, 'base64url')
  if (all.length !== timeBytes + chanceBytes + proofBytes) return null
  const said = all.subarray(0, timeBytes + chanceBytes)
  const proof = all.subarray(timeBytes + chanceBytes)
  if (!timingSafeEqual(proof, proofOf(site, purpose, said))) return null
  const at = Number(said.readBigUInt64BE())
  return at <= now && now - at < patienceMs ? at : null
}

function proofOf({ secret }: Site, purpose: string, said: Buffer): Buffer {
  const whole = createHmac('sha256', secret).update(`passkey\n${purpose}\n`).update(said).digest()
  return whole.subarray(0, proofBytes)
}

function hostOf({ origin }: Site): string {
  return new URL(origin).hostname
}
