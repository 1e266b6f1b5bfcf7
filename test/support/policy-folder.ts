import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyFolder } from '../../src/policy.ts'

/** A copy of the shipped policy that a test may break. */
export type PolicyCopy = {
  readonly path: string
  /** Replaces words of a file, which must be there. */
  change(file: string, from: string, to: string): void
  remove(): void
}

export function copyPolicy(): PolicyCopy {
  const path = mkdtempSync(join(tmpdir(), 'mamori-policy-'))
  cpSync(policyFolder({}), path, { recursive: true })
  return {
    path,
    change(file, from, to) {
      const text = readFileSync(join(path, file), 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`)
      writeFileSync(join(path, file), text.replace(from, to))
    },
    remove: () => rmSync(path, { recursive: true }),
  }
}
