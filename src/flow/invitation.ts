import { createHash, randomBytes } from 'node:crypto'
import { flawOfPassword, type PasswordFlaw } from '../domain/password.ts'
import type { Person } from '../domain/person.ts'
import { invite, type NewMember, type Rights, readmit } from '../domain/staff.ts'
import type { Refusal } from '../domain/step.ts'
import { hoursAfter, type Instant } from '../domain/time.ts'
import { hashPassword } from '../password.ts'
import { StaleWrite } from '../store/engine.ts'
import type { Invitation } from '../store/invitations.ts'
import type { House } from './house.ts'
import type { From } from './session.ts'
import type { Entered, SignIns } from './sign-in.ts'
import { actOnStaff, noticesOf, type RightsNotice } from './staff.ts'
import { mailsStaff, staffMailTo, type Words } from './staff-mail.ts'

/** A link is good for a day, and once. */
const linkHours = 24

/** The invitation in words, for the person's eyes only. */
export type InvitationWords = (to: Person, link: string, expiresAt: Instant) => Words

export type Writing = { readonly invitation: InvitationWords; readonly notice: RightsNotice }

/** Who was invited, and the link where no mail could carry it: shown once, kept nowhere. */
export type Invited =
  | { readonly kind: 'invited'; readonly personId: string; readonly link: string | null }
  | Refusal

/** Takes somebody new in: by mail, or by a link that the administrator hands over. */
export async function inviteMember(
  house: House,
  given: Omit<NewMember, 'personId'> & { readonly rights: Rights },
  who: Person,
  writing: Writing,
): Promise<Invited> {
  const { rights, name, email } = given
  const member = { personId: house.newId(), name: name.trim(), email: email.trim().toLowerCase() }
  const grantId = house.newId()
  const made = await makeLink(house, member.personId, who.id)
  const said = { how: made.how, expiresAt: made.invitation.expiresAt }
  const person: Person = {
    ...{ id: member.personId, name: member.name, email: member.email },
    ...{ roles: [], within: {}, language: 'ja', disabledAt: null },
  }
  const outcome = await actOnStaff(
    house,
    (staff) => invite(staff, member, grantId, rights, said, who, house.now()),
    async (staff, events) => ({
      invitation: made.invitation,
      mails: [
        ...mailOf(house, made, person, writing),
        ...(await noticesOf(house, staff, events, who, writing.notice)),
      ],
    }),
  )
  if (outcome.kind === 'refused') return outcome
  return { kind: 'invited', personId: person.id, link: made.how === 'link' ? made.link : null }
}

/** Lets somebody who is known set a password anew. */
export async function inviteAgain(
  house: House,
  personId: string,
  who: Person,
  writing: Writing,
): Promise<Invited> {
  const grantId = house.newId()
  const made = await makeLink(house, personId, who.id)
  const said = { how: made.how, expiresAt: made.invitation.expiresAt }
  const person = await house.store.people.find(personId)
  const outcome = await actOnStaff(
    house,
    (staff) => readmit(staff, personId, grantId, said, who, house.now()),
    async (staff, events) => ({
      invitation: made.invitation,
      mails: [
        ...(person ? mailOf(house, made, person, writing) : []),
        ...(await noticesOf(house, staff, events, who, writing.notice)),
      ],
    }),
  )
  if (outcome.kind === 'refused') return outcome
  return { kind: 'invited', personId, link: made.how === 'link' ? made.link : null }
}

/** A link by whoever holds the database: for the first administrator, or one who is locked out. */
export async function inviteByOperator(house: House, personId: string): Promise<string> {
  const { invitation, link } = await makeLink(house, personId, null)
  const { expiresAt } = invitation
  const loaded = await house.store.staff.load()
  const at = house.now()
  const made = { kind: 'invitation_made', at, by: null, personId, how: 'link', expiresAt } as const
  await house.store.staff.commit(loaded, [made], { invitation })
  return link
}

/** Whom a link is for; null where it is none, was used, or is too old. */
export async function invitedBy(house: House, token: string): Promise<Person | null> {
  const found = await house.store.invitations.find(idOf(token), house.now())
  const person = found && (await house.store.people.find(found.personId))
  return person && person.disabledAt === null ? person : null
}

export type AcceptOutcome =
  | Entered
  | { readonly kind: 'flawed'; readonly flaw: PasswordFlaw }
  | { readonly kind: 'gone' }

/** Sets the password that the invited person chose, and lets them in as far as they are. */
export async function acceptInvitation(
  house: House,
  signIns: SignIns,
  given: { readonly token: string; readonly wanted: string },
  from: From,
): Promise<AcceptOutcome> {
  const { store } = house
  const person = await invitedBy(house, given.token)
  const account = person && (await store.people.account(person.email))
  if (!account) return { kind: 'gone' }
  const flaw = flawOfPassword(given.wanted, account.person)
  if (flaw) return { kind: 'flawed', flaw }
  const hash = await hashPassword(given.wanted)
  const ends = await store.sessions.of(account.person.id, house.now())
  try {
    await store.invitations.use(idOf(given.token), account, hash, house.now(), ends)
  } catch (error) {
    // The same link in another window was faster.
    if (error instanceof StaleWrite) return { kind: 'gone' }
    throw error
  }
  return signIns.enter(account.person, 'password', from)
}

type Made = {
  readonly invitation: Invitation
  readonly how: 'mail' | 'link'
  readonly link: string
}

/** A link with a token of its own; only its hash is kept. */
async function makeLink(house: House, personId: string, by: string | null): Promise<Made> {
  const token = randomBytes(32).toString('base64url')
  const createdAt = house.now()
  const expiresAt = hoursAfter(createdAt, linkHours)
  const replaces = await house.store.invitations.open(personId, createdAt)
  return {
    invitation: { id: idOf(token), personId, by, createdAt, expiresAt, replaces },
    how: (await mailsStaff(house)) ? 'mail' : 'link',
    link: `${house.baseUrl}/invitation?token=${token}`,
  }
}

function mailOf(house: House, made: Made, to: Person, { invitation }: Writing) {
  if (made.how === 'link') return []
  return [staffMailTo(house, to, invitation(to, made.link, made.invitation.expiresAt))]
}

function idOf(token: string): string {
  return createHash('sha256').update(`invitation\n${token}`).digest('hex')
}
