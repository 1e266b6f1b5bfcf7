import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { CommandError, type Io, UsageError } from './commands/command.ts'
import { onHouse } from './commands/table.ts'
import { readConfig } from './config.ts'
import { openHouse, openLog } from './house.ts'

const usage = `usage: mamori COMMAND
  serve [--only web,poll,send]     the product
  demo [--port N] [--json]         the product on embedded servers with a story
  doctor [--json]                  checks settings, database, mail servers, policy
  import PATH… --mailbox NAME      .eml files, Maildir, mbox, each also .gz
  authserv [--mailbox NAME]        which receiving server's word on senders can be believed
  recheck [--days N]               looks at the senders of stored mail again
  classify [FILE]                  JSON Lines of threads in, assessments out
  evaluate PATH… [--chart FILE]    labelled threads: how good the rules are
  fit PATH… [--check]              weights of rules and signs from labelled threads
  threads | thread ID | search WORDS | message ID [--raw]
  reread [--again]                 mail that could not be read, by a newer version
  users add|invite|list|disable    accounts; invite gives a link to choose a password
  tokens add|list|revoke           what programs read with (docs/api.md)
  mailboxes list|add|change|test|pause|resume
  keys new|rotate                  the key that seals passwords and tokens in the database
  move --from URL --to URL         a database into an empty one, of either engine
  verify                           the event chain and every mail's hash
Settings come from the environment or .env (see .env.example); --data DIR says where the
embedded database lies.
`

/** Runs one command. Returns its exit code: 0 good, 1 refused or failed, 2 wrong usage. */
async function main(argv: readonly string[], io: Io): Promise<number> {
  const [command, ...rest] = withoutData(argv)
  try {
    switch (command) {
      case 'classify':
        return await (await import('./commands/classify.ts')).classify(rest, io)
      case 'evaluate':
        return await (await import('./commands/evaluate.ts')).evaluate(rest, io)
      case 'fit':
        return await (await import('./commands/fit.ts')).fit(rest, io)
      case 'serve':
        await (await import('./commands/serve.ts')).serve(rest, io)
        return 0
      case 'demo':
        await (await import('./commands/demo.ts')).demo(rest, io)
        return 0
      case 'move':
        await (await import('./commands/move.ts')).move(rest, io)
        return 0
      case 'keys':
        await (await import('./commands/keys.ts')).keys(rest, io)
        return 0
      case 'doctor':
        await (await import('./commands/doctor.ts')).doctor(rest, io)
        return 0
      default:
        return await runOnHouse(command, rest, io)
    }
  } catch (error) {
    return failed(error, io)
  }
}

async function runOnHouse(
  command: string | undefined,
  args: readonly string[],
  io: Io,
): Promise<number> {
  const row = command === undefined ? undefined : onHouse[command]
  if (!row) {
    io.stderr.write(usage)
    return command === undefined || command === 'help' ? 0 : 2
  }
  const run = await row.load()
  const config = readConfig(process.env)
  const house = await openHouse(config, openLog(process.env.MAMORI_LOG_LEVEL ?? 'warn'))
  try {
    await run(house, args, io)
    return 0
  } finally {
    await house.store.close()
  }
}

/** One clear line for what a person can mend; the whole trace for what only we can. */
function failed(error: unknown, io: Io): number {
  if (error instanceof UsageError) {
    io.stderr.write(`${error.message}\n`)
    return 2
  }
  const expected = [
    'ArchiveError',
    'ConfigError',
    'InboxError',
    'NewerSchema',
    'PolicyError',
    'TemplateError',
    'UnusableDatabase',
    'VaultError',
    'UnusableKey',
  ]
  const known = error instanceof CommandError || ownWords(error, expected)
  const words = error instanceof Error ? (known ? error.message : error.stack) : String(error)
  io.stderr.write(`${words}\n`)
  return 1
}

function ownWords(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && (names.includes(error.name) || 'code' in error)
}

/** `--data DIR` may stand anywhere: it says where the embedded database lies. */
function withoutData(argv: readonly string[]): string[] {
  const at = argv.findIndex((word) => word === '--data' || word.startsWith('--data='))
  if (at === -1) return [...argv]
  const word = argv[at] ?? ''
  const joined = word.startsWith('--data=')
  const folder = joined ? word.slice('--data='.length) : argv[at + 1]
  if (folder) process.env.DATABASE_URL = `file:${folder}/mamori.db`
  return [...argv.slice(0, at), ...argv.slice(at + (joined ? 1 : 2))]
}

if (existsSync('.env')) loadEnvFile('.env')
// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await main(process.argv.slice(2), process)
