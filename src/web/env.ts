import type { Context } from 'hono'
import type { Action, Language, Person } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import type { Parser } from '../flow/parse.ts'
import type { SignedIn, SignIns } from '../flow/sign-in.ts'
import type { Previews } from '../preview/preview.ts'
import type { Text } from '../text/text.ts'

/** What every handler finds in `c.var`. */
export type Variables = {
  readonly house: House
  readonly signIns: SignIns
  readonly site: Site
  /** Who is signed in; routes that are `public` must not ask. */
  account: Person
  /** The same person, on the page of a thing: with the roles that they have in its mailbox. */
  person: Person
  signedIn: boolean
  /** A session, also one that has only half begun; null for a stranger. */
  entry: SignedIn | null
  sessionToken: string
  csrfToken: string
  language: Language
  text: Text
  notice: string
}

/** What does not change while the pages are served. */
export type Site = {
  readonly baseUrl: string
  readonly secure: boolean
  /** Addresses of our own proxies. */
  readonly trustedProxies: readonly string[]
  /** Takes attachments out of mail, in threads of its own. */
  readonly parser: Parser
  /** Draws files anew, in processes of their own. */
  readonly previews: Previews
  /** Pages that only a demo or development has. */
  readonly demo: DemoPages | null
}

export type DemoPages = {
  /** What the demo's SMTP server has accepted, newest first. */
  readonly sent: () => readonly SentMail[]
  readonly accounts: readonly {
    readonly email: string
    readonly password: string
    readonly role: string
  }[]
}

/** A mail that the demo's SMTP server has accepted, as a customer reads it. */
export type SentMail = {
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly sentAt: string
  readonly messageId: string
}

export type Env = { Variables: Variables }
export type Ctx = Context<Env>

/**
 * Who may call a route: anybody; who has shown a password at least, a second factor or not; who has
 * shown all there is to show, set up or not; anybody signed in; or who may do that action.
 */
export type Caller = 'public' | 'half_signed_in' | 'enrolling' | 'signed_in' | Action
