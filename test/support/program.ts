import { execFile } from 'node:child_process'
import { join } from 'node:path'

export type Ran = { readonly code: number; readonly out: Buffer; readonly err: string }

const root = join(import.meta.dirname, '..', '..')

/** Runs the program as a person in a shell does, with no other settings than the given ones. */
export function mamori(
  args: readonly string[],
  settings: Record<string, string> = {},
  input?: string,
): Promise<Ran> {
  const env = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...settings }
  const tsx = join(root, 'node_modules', '.bin', 'tsx')
  return new Promise((resolve) => {
    const child = execFile(
      tsx,
      [join(root, 'src/main.ts'), ...args],
      { env, encoding: 'buffer', cwd: root },
      (error, out, err) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0
        resolve({ code, out, err: err.toString() })
      },
    )
    if (input !== undefined) child.stdin?.end(input)
  })
}
