import { parseArgs } from 'node:util'

/** Where a command reads and writes, and its settings; stdout is for results only. */
export type Io = {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  readonly env: NodeJS.ProcessEnv
}

/** A command that was called in a way it does not know: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** A command that cannot do what it was asked: exit code 1, one clear line. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'CommandError'
  }
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options']

/** Reads a command's arguments strictly; a mistake becomes a `UsageError`. */
export function readArgs<T extends NonNullable<Options>>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** One JSON value on a line of its own. */
export function printJson({ stdout }: Io, value: unknown): void {
  stdout.write(`${JSON.stringify(value)}\n`)
}
