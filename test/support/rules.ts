import { existsSync, readFileSync } from 'node:fs'
import { loadPolicy, policyFolder } from '../../src/policy.ts'

/** The rules that ship with the product. */
export const { policy, rules } = loadPolicy(policyFolder({}))

/** A shared vector file, or null where this machine has none. */
export function sharedJson(name: string): unknown {
  const path = `/work/shared/vectors/${name}`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null
}
