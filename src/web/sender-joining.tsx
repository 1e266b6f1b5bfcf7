import { canonicalAddress } from '../domain/address.ts'
import type { Person } from '../domain/person.ts'
import { may } from '../domain/person.ts'
import type { JoinReason } from '../domain/sender-join.ts'
import type { House, Outcome } from '../flow/house.ts'
import {
  confirmJoin,
  declineJoin,
  dismissJoin,
  proposeJoin,
  separateSenders,
} from '../flow/senders.ts'
import { suggestJoins } from '../flow/suggest.ts'
import type { Ctx } from './env.ts'
import { readForm } from './forms.ts'
import { joiningPage } from './joining-page.tsx'
import { Missing, Refused } from './problems.ts'
import type { Routes } from './routes.ts'
import { answer } from './thread-routes.tsx'

/** Which senders are one person: suggested, proposed by one, confirmed by another, separated. */
export function joiningRoutes(routes: Routes): void {
  routes.get('/senders/:id/joining', 'read', (c) => joiningPage(c, idOf(c)))
  routes.post('/senders/:id/joins', 'join_senders', propose)
  routes.post('/senders/:id/dismissals', 'join_senders', async (c) => {
    const { house, account } = c.var
    const other = (await readForm(c)).text('other', 64)
    await refuseUnseen(c, other)
    const outcome = await dismissJoin(house, [idOf(c), other], account)
    return answer(c, outcome, backTo(c), 'joinDeclined')
  })
  routes.post('/senders/:id/joins/:joinId/confirmation', 'confirm_join', (c) =>
    decide(c, confirmJoin, 'joinConfirmed'),
  )
  routes.post('/senders/:id/joins/:joinId/refusal', 'join_senders', (c) =>
    decide(c, declineJoin, 'joinDeclined'),
  )
  routes.post('/senders/:id/joins/:joinId/separation', 'separate_senders', (c) =>
    decide(c, separateSenders, 'senderSeparated'),
  )
}

async function propose(c: Ctx): Promise<Response> {
  const form = await readForm(c)
  const { house, account } = c.var
  const id = idOf(c)
  const other = await senderNamed(c, form.text('other', 320))
  // What speaks for it the product says, not the form.
  const suggested = await suggestJoins(house, id, account)
  const reasons: readonly JoinReason[] = suggested.find(({ member }) => member.id === other)
    ?.reasons ?? ['by_hand']
  const given = { reasons, reason: form.text('joinReason') }
  return answer(c, await proposeJoin(house, [id, other], given, account), backTo(c), 'joinProposed')
}

/** The sender of an address, or of the page whose address was pasted. */
async function senderNamed(c: Ctx, words: string): Promise<string> {
  const { store } = c.var.house
  const [, id] = /(?:^|\/senders\/)([\da-f]{8}-[\da-f-]{27})(?:\/|$)/.exec(words) ?? []
  const address = canonicalAddress(words)
  const found = id ?? (await store.arrivals.senders([address])).get(address)
  if (!found) throw new Refused('no_such_sender', backTo(c))
  await refuseUnseen(c, found)
  return found
}

/** What lies in another mailbox does not exist. */
async function refuseUnseen(c: Ctx, senderId: string): Promise<void> {
  const { account, house } = c.var
  const places = (await house.store.places.ofSenders([senderId]))(senderId)
  if (places.some((place) => may(account, 'read', place))) return
  throw new Refused('no_such_sender', backTo(c))
}

type Decide = (house: House, joinId: string, reason: string, who: Person) => Promise<Outcome>

async function decide(c: Ctx, act: Decide, done: string): Promise<Response> {
  const { house, account } = c.var
  const joinId = c.req.param('joinId') ?? ''
  const join = await house.store.joins.find(joinId)
  const members = (await house.store.joins.members([idOf(c)]))(idOf(c))
  const about = join !== null && [join.first, join.second].some((one) => members.includes(one))
  if (!about) throw new Missing()
  const reason = (await readForm(c)).text('joinReason')
  return answer(c, await act(house, joinId, reason, account), backTo(c), done)
}

function idOf(c: Ctx): string {
  return c.req.param('id') ?? ''
}

function backTo(c: Ctx): string {
  return `/senders/${idOf(c)}/joining`
}
