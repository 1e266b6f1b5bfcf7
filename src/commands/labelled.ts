import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { LabelledThread } from '../classify/evaluate.ts'
import { CommandError, type Io } from './command.ts'
import { readLines } from './lines.ts'
import { labelledLine } from './threads.format.ts'

/** Labelled threads of one file; the file's name stands for the hand that wrote them. */
export type LabelledFile = { readonly author: string; readonly threads: readonly LabelledThread[] }

/**
 * Reads labelled threads from files, and from folders every `.jsonl` in them. A path that does not
 * exist, or a line that is no labelled thread, is an error that names it.
 */
export async function readLabelled(paths: readonly string[], io: Io): Promise<LabelledFile[]> {
  const files: LabelledFile[] = []
  for (const file of paths.flatMap(filesAt)) {
    const threads: LabelledThread[] = []
    for await (const line of readLines(file, labelledLine, io)) {
      if (!line.ok) throw new CommandError(line.words)
      threads.push(line.value)
    }
    files.push({ author: basename(file, '.jsonl'), threads })
  }
  return files
}

function filesAt(path: string): string[] {
  if (!existsSync(path)) throw new CommandError(`${path}: does not exist; check the path`)
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name.endsWith('.jsonl'))
  if (names.length === 0) throw new CommandError(`${path}: holds no .jsonl file`)
  return names.toSorted().map((name) => join(path, name))
}
