import { randomBytes } from 'node:crypto'
import { flawOfPassword } from '../domain/password.ts'
import { roles as allRoles, type Role, type Within } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import { inviteByOperator } from '../flow/invitation.ts'
import { hashPassword } from '../password.ts'
import { textFor } from '../text/text.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/** `users add|invite|list|disable`: the accounts of the staff. */
export async function users(house: House, args: readonly string[], io: Io): Promise<void> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'add':
      return add(house, rest, io)
    case 'invite':
      return invite(house, rest, io)
    case 'list':
      return list(house, rest, io)
    case 'disable':
      return disable(house, rest)
    default:
      throw new UsageError('usage: users add|invite|list|disable')
  }
}

async function add(house: House, args: readonly string[], io: Io): Promise<void> {
  const { person, json } = await memberIn(house, args, 'add')
  const password = io.env.MAMORI_PASSWORD ?? randomBytes(12).toString('base64url')
  const flaw = flawOfPassword(password, person)
  if (flaw) throw new CommandError(`MAMORI_PASSWORD: ${textFor('en').account.flaw[flaw]}`)
  const passwordHash = await hashPassword(password)
  await house.store.people.add({ ...person, passwordHash }, house.now(), null)
  if (json) return printJson(io, { ...person, password })
  io.stdout.write(`${person.email} added; the password is ${password}\n`)
}

/** Somebody who chooses a password by a link; the operator's word needs no second one. */
async function invite(house: House, args: readonly string[], io: Io): Promise<void> {
  const { person, json } = await memberIn(house, args, 'invite')
  await house.store.people.add({ ...person, passwordHash: '' }, house.now(), null)
  const link = await inviteByOperator(house, person.id)
  if (json) return printJson(io, { ...person, link })
  io.stdout.write(`${person.email} added; for 24 hours a password can be chosen at\n${link}\n`)
}

async function memberIn(house: House, args: readonly string[], verb: string) {
  const { values } = readArgs(args, {
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', multiple: true },
    mailbox: { type: 'string', multiple: true },
    language: { type: 'string', default: 'ja' },
    json: { type: 'boolean' },
  })
  const { name, email, language, json = false } = values
  if (!name || !email || !values.role) {
    throw new UsageError(
      `usage: users ${verb} --name NAME --email ADDRESS --role ROLE… [--mailbox NAME…]`,
    )
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError(`--email ${email}: not an address`)
  if (language !== 'ja' && language !== 'en') throw new UsageError('--language must be ja or en')
  if (await house.store.people.account(email)) {
    throw new CommandError(`there is an account with the address ${email} already`)
  }
  const roles = values.role.map(roleOf)
  const within = await withinOf(house, roles, values.mailbox ?? [])
  return { person: { id: house.newId(), name, email, roles, within, language } as const, json }
}

async function list(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const all = await house.store.people.list()
  if (values.json) return printJson(io, all)
  for (const { email, name, roles: held, disabledAt } of all) {
    io.stdout.write(`${email}  ${name}  ${held.join(',')}${disabledAt ? '  disabled' : ''}\n`)
  }
}

async function disable(house: House, args: readonly string[]): Promise<void> {
  const { positionals } = readArgs(args, {})
  const [email] = positionals
  if (!email) throw new UsageError('usage: users disable ADDRESS')
  const account = await house.store.people.account(email)
  if (!account) throw new CommandError(`there is no account with the address ${email}`)
  if (account.person.disabledAt) throw new CommandError(`${email} is disabled already`)
  await house.store.people.disable(account.person.id, house.now(), null)
}

/** Every role in the named mailboxes only; in all where none is named. An admin has them all. */
async function withinOf(
  { store }: House,
  roles: readonly Role[],
  names: readonly string[],
): Promise<Within> {
  if (names.length === 0) return {}
  const ids: string[] = []
  for (const name of names) {
    const mailbox = await store.mailboxes.find(name)
    if (!mailbox) throw new CommandError(`there is no mailbox with the name ${name}`)
    ids.push(mailbox.id)
  }
  return Object.fromEntries(roles.filter((role) => role !== 'admin').map((role) => [role, ids]))
}

function roleOf(word: string): Role {
  const role = allRoles.find((one) => one === word)
  if (!role) throw new UsageError(`--role ${word}: must be one of ${allRoles.join(', ')}`)
  return role
}
