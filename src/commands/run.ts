import { readConfig } from '../config.ts'
import { CommandError, type Io, UsageError } from './command.ts'
import { onHouse } from './table.ts'

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
  retention [--dry-run] [--json]   erases what is past its period, where two people let it
  users add|invite|list|disable    accounts; invite gives a link to choose a password
  tokens add|list|revoke           what programs read with (docs/api.md)
  mailboxes list|add|change|test|pause|resume
  keys new|rotate                  the key that seals passwords and tokens in the database
  keys backup                      a key for backups
  move --from URL --to URL         a database into an empty one, of either engine
  backup --out FILE [--no-verify]  everything in one sealed file, while the product runs
  restore FILE --data DIR          a backup into an empty folder
  verify [--checkpoints FILE] [--public-key KEY]   the event chain and every mail's hash
  verify PACKAGE [--public-key KEY]  an exported case, without a database
  evidence SENDER --out FILE.zip   everything about one sender, for others to check
  disclose SENDER --out FILE.zip   what is kept on a person, for that person, once two people answered
  checkpoints [sign]               signed statements of how far the log went, to be kept outside
Settings come from the environment or .env (see .env.example); --data DIR says where the
embedded database lies.
`

/** Runs one command. Returns its exit code: 0 good, 1 refused or failed, 2 wrong usage. */
export async function run(argv: readonly string[], outside: Io): Promise<number> {
  const { words, env } = withoutData(argv, outside.env)
  const { stdin, stdout, stderr } = outside
  const io = { stdin, stdout, stderr, env }
  const [command, ...rest] = words
  try {
    switch (command) {
      case 'classify':
        return await (await import('./classify.ts')).classify(rest, io)
      case 'evaluate':
        return await (await import('./evaluate.ts')).evaluate(rest, io)
      case 'fit':
        return await (await import('./fit.ts')).fit(rest, io)
      case 'serve':
        await (await import('./serve.ts')).serve(rest, io)
        return 0
      case 'demo':
        await (await import('./demo.ts')).demo(rest, io)
        return 0
      case 'move':
        await (await import('./move.ts')).move(rest, io)
        return 0
      case 'restore':
        await (await import('./restore.ts')).restore(rest, io)
        return 0
      case 'keys':
        await (await import('./keys.ts')).keys(rest, io)
        return 0
      case 'doctor':
        await (await import('./doctor.ts')).doctor(rest, io)
        return 0
      case 'verify':
        return await verify(rest, io)
      default:
        return await runOnHouse(command, rest, io)
    }
  } catch (error) {
    return failed(error, io)
  }
}

/** An exported case is looked at where there is no database. */
async function verify(rest: readonly string[], io: Io): Promise<number> {
  const { namesPackage, verifyPackage } = await import('./verify.package.ts')
  if (!namesPackage(rest)) return runOnHouse('verify', rest, io)
  await verifyPackage(rest, io)
  return 0
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
  const [act, { openHouse, openLog }] = await Promise.all([row.load(), import('../house.ts')])
  const config = readConfig(io.env)
  const house = await openHouse(config, openLog(io.env.MAMORI_LOG_LEVEL ?? 'warn'))
  try {
    await act(house, args, io)
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
    'BackupError',
    'ConfigError',
    'EvidenceError',
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
function withoutData(argv: readonly string[], env: NodeJS.ProcessEnv) {
  const at = argv.findIndex((word) => word === '--data' || word.startsWith('--data='))
  if (at === -1) return { words: argv, env }
  const word = argv[at] ?? ''
  const joined = word.startsWith('--data=')
  const folder = joined ? word.slice('--data='.length) : argv[at + 1]
  const words = [...argv.slice(0, at), ...argv.slice(at + (joined ? 1 : 2))]
  return { words, env: folder ? { ...env, DATABASE_URL: `file:${folder}/mamori.db` } : env }
}
