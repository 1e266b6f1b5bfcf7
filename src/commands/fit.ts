import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Card, questions } from '../classify/card.ts'
import { crossValidate, fitCard, type Seen, see } from '../classify/train.ts'
import { loadPolicy, policyFolder } from '../policy.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'
import { readLabelled } from './labelled.ts'
import { readPool } from './pools.ts'

/** All lines of a pool count as much as this many threads, or thousands would drown the threads. */
const poolBudget = 80

/**
 * `fit PATH… [--pool FILE]… [--check]`: fits the weights of rules, signs and facts from labelled
 * threads, and from every second line of a pool of stray lines, and writes them to `weights.yaml` in
 * the policy folder; `--check` writes nothing. The figures printed are those of weights that were
 * fitted without the author they are tried on.
 */
export async function fit(args: readonly string[], io: Io): Promise<number> {
  const options = {
    check: { type: 'boolean' },
    json: { type: 'boolean' },
    pool: { type: 'string', multiple: true },
  } as const
  const { positionals, values } = readArgs(args, options)
  if (positionals.length === 0)
    throw new UsageError('fit takes files or folders of labelled threads')
  const files = await readLabelled(positionals, io)
  if (files.length < 2)
    throw new CommandError(
      `fit needs at least two files, as each author's threads are judged by the others'; got ${files.length}`,
    )
  const folder = policyFolder(io.env)
  const { rules, sourcesHash } = loadPolicy(folder, { ignoreWeights: true })
  const seen = files.flatMap(({ author, threads }) =>
    threads.map((thread) => see(thread, author, rules)),
  )
  const stray: Seen[] = []
  for (const file of values.pool ?? []) {
    const { name, fitted } = await readPool(file, io)
    const weight = Math.min(1, poolBudget / fitted.length)
    for (const thread of fitted) stray.push(see(thread, name, rules, weight))
  }
  const figures = crossValidate(seen, stray, rules, ({ author }) => author)
  if (values.json) printJson(io, figures)
  else
    io.stdout.write(
      `${seen.length} threads of ${files.length} authors; each judged by weights fitted without its author: ` +
        `macro f1 ${figures.macroF1.toFixed(3)}, false alarms ${(100 * figures.falseAlarms.share).toFixed(1)} %\n`,
    )
  if (values.check) return 0
  const path = join(folder, 'weights.yaml')
  writeFileSync(
    path,
    textOf(fitCard([...seen, ...stray], rules.rules), {
      checked: sourcesHash,
      threads: seen.length,
      authors: files.length,
    }),
  )
  io.stderr.write(`written to ${path}\n`)
  return 0
}

type Origin = { readonly checked: string; readonly threads: number; readonly authors: number }

function textOf({ weights, rules }: Card, { checked, threads, authors }: Origin): string {
  const head =
    `# What each rule, sign and fact counts, in log-odds: 0.7 doubles the odds, -0.7 halves them.\n` +
    `# Fitted by \`npm run fit\` from ${threads} labelled threads of ${authors} authors; not written by hand.\n` +
    `# \`rules\` names the rules that were there; a later one counts by its own weight until the next fit.\n` +
    `# \`checked\` names the files whose patterns and examples were checked.\n`
  const body = {
    checked,
    rules: [...rules].toSorted(),
    weights: Object.fromEntries(
      questions.map((question) => {
        const { base, of } = weights.get(question) ?? { base: 0, of: new Map<string, number>() }
        return [
          question,
          {
            base,
            rules: ofKind('rule:', of),
            signs: ofKind('sign:', of),
            facts: ofKind('fact:', of),
          },
        ]
      }),
    ),
  }
  return `${head}${JSON.stringify(body, null, 2)}\n`
}

/** The weights of one kind, the heaviest first. */
function ofKind(kind: string, of: ReadonlyMap<string, number>): Record<string, number> {
  const entries = [...of]
    .filter(([name]) => name.startsWith(kind))
    .map(([name, weight]): [string, number] => [name.slice(kind.length), weight])
  return Object.fromEntries(
    entries.toSorted((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1)),
  )
}
