import { type Action, actions, inMailbox, may } from '../domain/person.ts'
import type { PlacedKind } from '../store/places.ts'
import type { Caller, Ctx } from './env.ts'
import { Forbidden, Missing, SignInFirst } from './problems.ts'

/** What the `:id` in a path is, by the path's first word; null for what lies in no mailbox. */
const named: Readonly<Record<string, PlacedKind | null>> = {
  threads: 'thread',
  letters: 'letter',
  messages: 'message',
  measures: 'measure',
  alerts: 'alert',
  senders: 'sender',
  cases: 'sender',
  incidents: 'incident',
  notes: 'note',
  mailboxes: null,
  account: null,
  people: null,
  grants: null,
  rules: null,
  templates: null,
  webhooks: null,
  notifications: null,
  settings: null,
  snippets: null,
  care: null,
  consultation: null,
  drills: null,
}

/** Lets a call through, or throws why not. */
export type Admission = (c: Ctx) => Promise<void>

/** Who may call a route, and with what it names. */
export function admissionTo(path: string, caller: Caller): Admission {
  const kind = kindIn(path)
  return async (c) => {
    if (!hasComeFarEnough(c, caller)) throw new SignInFirst(new URL(c.req.url).pathname)
    if (!isAction(caller) && caller !== 'signed_in') return
    const acts = caller === 'signed_in' ? 'own_settings' : caller
    if (!may(c.var.account, acts)) throw new Forbidden()
    if (kind !== null) await admitTo(c, kind, acts)
  }
}

/** Whether the sign-in has come as far as the route asks. */
function hasComeFarEnough(c: Ctx, caller: Caller): boolean {
  const { entry, signedIn } = c.var
  if (caller === 'public') return true
  if (caller === 'half_signed_in') return entry !== null
  if (caller === 'enrolling') return entry !== null && entry.stage !== 'second_factor'
  return signedIn
}

function isAction(caller: Caller): caller is Action {
  return Object.hasOwn(actions, caller)
}

/**
 * A thing is there for who reads a mailbox that it lies in; for everybody else it does not exist.
 * What they may do with it is what they may do in that mailbox.
 */
async function admitTo(c: Ctx, kind: PlacedKind, acts: Action): Promise<void> {
  const { account, house } = c.var
  const places = await house.store.places.of(kind, c.req.param('id') ?? '')
  if (!places.some((place) => may(account, 'read', place))) throw new Missing()
  if (!places.some((place) => may(account, acts, place))) throw new Forbidden()
  const [only, another] = places
  if (only !== undefined && another === undefined) c.set('person', inMailbox(account, only))
}

function kindIn(path: string): PlacedKind | null {
  if (!path.includes(':')) return null
  const [, first = ''] = path.split('/')
  const kind = named[first]
  if (kind === undefined) throw new Error(`${path}: say in which mailbox a thing of ${first} lies`)
  return kind
}
