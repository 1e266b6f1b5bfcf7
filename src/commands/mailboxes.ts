import type { AccountSecret } from '../domain/mailbox.ts'
import { providers } from '../domain/provider.ts'
import type { House } from '../flow/house.ts'
import { addMailbox, changeMailbox, type MailboxOutcome, setPaused } from '../flow/mailboxes.ts'
import { tryConnection } from '../flow/trying.ts'
import type { Mailbox } from '../store/mailboxes.ts'
import { textFor } from '../text/text.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { mailboxOptions, settingsFrom } from './mailboxes.options.ts'

const usage = `usage: mailboxes list | add --name NAME … | change NAME … | test NAME | pause NAME | resume NAME
  --address A --department-ja D --department-en D --from-name N --folder F [--folder F …]
  --provider ${providers.map(({ code }) => code).join('|')}
  --host H --port P --security tls|starttls|none --user U
  --issuer URL --tenant T --client-id ID --scope S --grant refresh_token|client_credentials
  --after leave|seen|move:FOLDER   --sent-copies none|keep|keep:FOLDER   --muted-to FOLDER   --environment (the account of the settings)
Secrets come from the environment: MAILBOX_PASSWORD, MAILBOX_CLIENT_SECRET, MAILBOX_REFRESH_TOKEN.`

/** `mailboxes …`: what an administrator does in the pages, for scripts. */
export async function mailboxes(house: House, args: readonly string[], io: Io): Promise<void> {
  const [verb, ...rest] = args
  switch (verb) {
    case 'list':
      return list(house, rest, io)
    case 'add':
      return add(house, rest, io)
    case 'change':
      return change(house, rest, io)
    case 'test':
      return test(house, rest, io)
    case 'pause':
    case 'resume':
      return pauseOrResume(house, verb, rest)
    default:
      throw new UsageError(usage)
  }
}

async function list(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { json: { type: 'boolean' } })
  const all = await house.store.mailboxes.list()
  // A sealed secret is no use to anybody, and nobody's business.
  if (values.json)
    return printJson(
      io,
      all.map(({ secret: _, ...mailbox }) => mailbox),
    )
  for (const mailbox of all) io.stdout.write(`${lineOf(mailbox)}\n`)
}

function lineOf({ name, address, account, pausedAt, folders }: Mailbox): string {
  const server = account ? `${account.user} at ${account.host}:${account.port}` : 'environment'
  const read = folders
    .filter(({ watched }) => watched)
    .map(({ name: folder, remaining, lastContactAt, trouble }) => {
      const words = trouble
        ? `${trouble.kind}: ${trouble.words}`
        : (lastContactAt ?? 'not yet read')
      return `${folder} (${remaining > 0 ? `${remaining} to come, ` : ''}${words})`
    })
  return `${name}  ${address}  ${server}${pausedAt ? '  paused' : ''}  ${read.join(', ')}`
}

async function add(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { ...mailboxOptions, json: { type: 'boolean' } })
  const settings = settingsFrom(values, null)
  const outcome = refusals(await addMailbox(house, settings, secretFromEnvironment(io), null))
  if (values.json) return printJson(io, { id: outcome.id, ...settings })
  io.stdout.write(`${settings.name} added; it is read as soon as \`serve\` runs\n`)
}

async function change(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, mailboxOptions)
  const mailbox = await named(house, positionals[0])
  const settings = settingsFrom(values, mailbox)
  refusals(await changeMailbox(house, mailbox.id, settings, secretFromEnvironment(io), null))
}

async function test(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean' } })
  const mailbox = await named(house, positionals[0])
  const connection = await tryConnection(house, mailbox)
  if (values.json) printJson(io, connection)
  if (connection.kind === 'failed') throw new CommandError(connection.words)
  const { folders, missing } = connection
  if (!values.json) io.stdout.write(`signed in; folders: ${folders.join(', ')}\n`)
  if (missing.length > 0) {
    throw new CommandError(`${mailbox.name}: the server has no folder ${missing.join(', ')}`)
  }
}

async function pauseOrResume(
  house: House,
  verb: 'pause' | 'resume',
  args: readonly string[],
): Promise<void> {
  const { positionals } = readArgs(args, {})
  const mailbox = await named(house, positionals[0])
  await setPaused(house, mailbox.id, verb === 'pause', null)
}

async function named(house: House, name: string | undefined): Promise<Mailbox> {
  if (!name) throw new UsageError(usage)
  const mailbox = await house.store.mailboxes.find(name)
  if (!mailbox) throw new CommandError(`there is no mailbox ${name}: see \`mailboxes list\``)
  return mailbox
}

/** Arguments are seen by everybody on the machine, so secrets are never among them. */
function secretFromEnvironment({ env }: Io): AccountSecret {
  const { MAILBOX_PASSWORD, MAILBOX_CLIENT_SECRET, MAILBOX_REFRESH_TOKEN } = env
  return {
    ...(MAILBOX_PASSWORD ? { password: MAILBOX_PASSWORD } : {}),
    ...(MAILBOX_CLIENT_SECRET ? { clientSecret: MAILBOX_CLIENT_SECRET } : {}),
    ...(MAILBOX_REFRESH_TOKEN ? { refreshToken: MAILBOX_REFRESH_TOKEN } : {}),
  }
}

function refusals(outcome: MailboxOutcome): Extract<MailboxOutcome, { kind: 'kept' }> {
  const text = textFor('en')
  if (outcome.kind === 'kept') return outcome
  if (outcome.kind === 'refused') throw new CommandError(text.refused[outcome.reason])
  const words = outcome.flaws.map((flaw) => text.mailboxes.flaw[flaw])
  throw new CommandError(`the mailbox cannot be kept: ${words.join(' ')}`)
}
