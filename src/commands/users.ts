import { randomBytes } from 'node:crypto'
import { flawOfPassword } from '../domain/password.ts'
import { roles as allRoles, type Role, type Within } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import { hashPassword } from '../password.ts'
import { textFor } from '../text/text.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/** `users add|list|disable`: the accounts of the staff. */
export async function users(house: House, args: readonly string[], io: Io): Promise<void> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'add':
      return add(house, rest, io)
    case 'list':
      return list(house, rest, io)
    case 'disable':
      return disable(house, rest)
    default:
      throw new UsageError('usage: users add|list|disable')
  }
}

async function add(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', multiple: true },
    mailbox: { type: 'string', multiple: true },
    language: { type: 'string', default: 'ja' },
    json: { type: 'boolean' },
  })
  const { name, email, language } = values
  if (!name || !email || !values.role) {
    throw new UsageError(
      'usage: users add --name NAME --email ADDRESS --role ROLE… [--mailbox NAME…]',
    )
  }
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new UsageError(`--email ${email}: not an address`)
  if (language !== 'ja' && language !== 'en') throw new UsageError('--language must be ja or en')
  if (await house.store.people.account(email)) {
    throw new CommandError(`there is an account with the address ${email} already`)
  }
  const password = process.env.MAMORI_PASSWORD ?? randomBytes(12).toString('base64url')
  const flaw = flawOfPassword(password, { name, email })
  if (flaw) throw new CommandError(`MAMORI_PASSWORD: ${textFor('en').account.flaw[flaw]}`)
  const id = house.newId()
  const roles = values.role.map(roleOf)
  const within = await withinOf(house, roles, values.mailbox ?? [])
  const person = { id, name, email, roles, within, language } as const
  const passwordHash = await hashPassword(password)
  await house.store.people.add({ ...person, passwordHash }, house.now(), null)
  if (values.json) return printJson(io, { ...person, password })
  io.stdout.write(`${email} added; the password is ${password}\n`)
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
