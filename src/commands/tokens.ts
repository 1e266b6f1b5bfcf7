import { isLiving, isScope, type Scope, scopes } from '../domain/token.ts'
import type { House } from '../flow/house.ts'
import { createTokenByOperator, endToken } from '../flow/tokens.ts'
import { textFor } from '../text/text.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const usage = 'usage: tokens add|list|revoke'

/** `tokens add|list|revoke`: with what programs read (docs/api.md). */
export async function tokens(house: House, args: readonly string[], io: Io): Promise<void> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'add':
      return add(house, rest, io)
    case 'list':
      return list(house, rest, io)
    case 'revoke':
      return revoke(house, rest)
    default:
      throw new UsageError(usage)
  }
}

/** Who starts commands holds the database: nobody else is asked, whatever the scopes. */
async function add(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    name: { type: 'string' },
    scope: { type: 'string', multiple: true },
    mailbox: { type: 'string', multiple: true },
    days: { type: 'string', default: '90' },
    json: { type: 'boolean' },
  })
  const { name, json } = values
  if (!name || !values.scope) {
    throw new UsageError(
      'usage: tokens add --name NAME --scope SCOPE… [--mailbox NAME…] [--days N] [--json]',
    )
  }
  const days = Number(values.days)
  const wanted = values.scope.map(scopeOf)
  const mailboxes = values.mailbox ? await idsOf(house, values.mailbox) : null
  const outcome = await createTokenByOperator(house, { name, scopes: wanted, mailboxes, days })
  if (outcome.kind === 'refused') throw new CommandError(textFor('en').refused[outcome.reason])
  const { id, secret } = outcome
  if (json) return printJson(io, { id, name, scopes: wanted, mailboxes, days, token: secret })
  io.stdout.write(`${name} works for ${days} days; its token, shown once, is\n${secret}\n`)
}

async function list(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const all = (await house.store.apiTokens.list()).map(({ sha256: _, ...token }) => token)
  if (values.json) return printJson(io, all)
  for (const { name, scopes: held, state, expiresAt, lastUsedOn } of all) {
    const used = lastUsedOn === null ? 'never used' : `last used ${lastUsedOn}`
    io.stdout.write(`${name}  ${held.join(',')}  ${state}  until ${expiresAt}  ${used}\n`)
  }
}

async function revoke(house: House, args: readonly string[]): Promise<void> {
  const { positionals } = readArgs(args, {})
  const [name] = positionals
  if (!name) throw new UsageError('usage: tokens revoke NAME')
  const all = await house.store.apiTokens.list()
  const token = all.find((one) => isLiving(one) && one.name === name)
  if (!token) throw new CommandError(`no token with the name ${name} works or waits`)
  await endToken(house, token.id, null)
}

async function idsOf({ store }: House, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map((name) => store.mailboxes.find(name)))
  return found.map((mailbox, at) => {
    if (!mailbox) throw new CommandError(`there is no mailbox with the name ${names[at]}`)
    return mailbox.id
  })
}

function scopeOf(word: string): Scope {
  if (!isScope(word)) {
    throw new UsageError(`--scope ${word}: must be one of ${scopes.join(', ')}`)
  }
  return word
}
