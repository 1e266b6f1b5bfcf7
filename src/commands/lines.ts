import { createReadStream } from 'node:fs'
import type { z } from 'zod'
import { CommandError, type Io } from './command.ts'

/** A thread of 200 mails of 256 KiB fits; what is longer is not this format. */
const lineLengthMax = 64 * 1024 * 1024

export type Line<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly words: string }

/**
 * Reads JSON Lines from a file, or from standard input without one, a line at a time. A bad line
 * is handed on as words that name file and line; the lines after it are still read.
 */
export async function* readLines<T extends z.ZodType>(
  file: string | undefined,
  schema: T,
  io: Io,
): AsyncGenerator<Line<z.output<T>>> {
  const name = file ?? 'standard input'
  let number = 0
  for await (const text of linesOf(file === undefined ? io.stdin : createReadStream(file), name)) {
    number += 1
    if (text.trim() !== '') yield read(text, schema, `${name}, line ${number}`)
  }
}

async function* linesOf(input: NodeJS.ReadableStream, name: string): AsyncGenerator<string> {
  input.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of input) {
      const pieces = (rest + String(chunk)).split('\n')
      rest = pieces.pop() ?? ''
      if (rest.length > lineLengthMax) throw new CommandError(`${name}: a line is over 64 MiB`)
      yield* pieces
    }
  } catch (error) {
    if (error instanceof CommandError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandError(`${name}: cannot be read (${reason}); check the path`)
  }
  yield rest
}

function read<T extends z.ZodType>(text: string, schema: T, place: string): Line<z.output<T>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, words: `${place}: is no JSON (${reason}); mend or remove the line` }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]
  const where = issue?.path.map(String).join('.') || 'the value'
  return { ok: false, words: `${place}: ${where}: ${issue?.message ?? 'is wrong'}; mend the line` }
}
