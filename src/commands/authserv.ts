import { examineServers, recheck as recheckAll, trustedAuthservIds } from '../flow/authenticity.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import type { Con, Findings, Pro, ServerSeen } from '../mail/authserv.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

/** `authserv`: which server writes the topmost Authentication-Results, and whether to believe it. */
export async function authserv(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { mailbox: { type: 'string' }, json: { type: 'boolean' } })
  const found = await examineServers(house, values.mailbox)
  if (!found) throw new CommandError(`there is no mailbox ${values.mailbox}`)
  const trusted = await trustedAuthservIds(house)
  if (values.json) return printJson(io, { ...found, trusted })
  io.stdout.write(wordsOf(found, trusted))
}

/** `recheck`: looks at the senders of stored mail again, after trust or DNS have changed. */
export async function recheck(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, {
    days: { type: 'string', default: '30' },
    json: { type: 'boolean' },
  })
  const days = Number(values.days)
  if (!Number.isInteger(days) || days < 1) throw new UsageError('--days must be a whole number')
  const parser = openParser({ workers: 2, timeoutMs: 30_000 })
  try {
    const result = await recheckAll(house, parser, days)
    if (values.json) return printJson(io, result)
    const { looked, changed, verified } = result
    io.stdout.write(
      `${looked} mails of ${days} days looked at, ${changed} changed, ${verified} now verified\n`,
    )
  } finally {
    await parser.close()
  }
}

const pros: Record<Pro, string> = {
  many_senders: 'stands in mail from many different senders',
  beside_own_received: 'always beside a Received of its own organisation',
  states_dmarc: 'says what DMARC found',
}

const cons: Record<Con, string> = {
  few_senders: 'seen from few senders: one of them may have written it',
  not_beside_own_received: 'not always beside a Received of its own: a sender may have written it',
  is_senders_own: 'belongs to those who sent the mail',
  no_dmarc: 'never says what DMARC found: it could verify nobody',
  also_further_down: 'the server leaves copies under its name in place, forged ones as well',
  gaps: 'some mails come without its header: in those a sender could write it himself',
}

function wordsOf(found: Findings, trusted: readonly string[]): string {
  const { looked, without, nameless, servers } = found
  const head = `${looked} mails looked at, ${without} without Authentication-Results`
  const unnamed = nameless > 0 ? `, ${nameless} by a server that does not name itself` : ''
  const trusts = trusted.length > 0 ? `believed now: ${trusted.join(', ')}\n` : ''
  const ids = servers.filter(({ proposed }) => proposed).map(({ id }) => id)
  const advice =
    ids.length > 0
      ? `\nMAMORI_TRUSTED_AUTHSERV_IDS=${ids.join(',')}\n(or accept it under settings)\n`
      : '\nNo server can be proposed; DKIM signatures are verified instead (MAMORI_DKIM).\n'
  return `${head}${unnamed}\n${trusts}${servers.map(serverWords).join('')}${advice}`
}

function serverWords({ id, proposed, mails, senders, ...rest }: ServerSeen): string {
  const said = rest.example.map(({ method, result, about }) =>
    about === '' ? `${method} ${result}` : `${method} ${result} (${about})`,
  )
  return [
    `\n${id}  ${proposed ? 'PROPOSED' : 'not proposed'}: ${mails} mails, ${senders} sender domains`,
    ...rest.pros.map((code) => `  + ${pros[code]}`),
    ...rest.cons.map((code) => `  - ${cons[code]}`),
    ...(said.length > 0 ? [`  for example: ${said.join(', ')}`] : []),
    '',
  ].join('\n')
}
