import { parentPort, workerData } from 'node:worker_threads'
import type { RuleContent } from '../domain/rule-change.ts'
import { compilePolicy, PolicyError } from '../policy.ts'
import type { RulesMessage } from './reader-worker.ts'

/** Rules that can be used, or every mistake that is in them. */
export type Checked =
  | { readonly ok: true; readonly rules: RulesMessage }
  | { readonly ok: false; readonly mistakes: readonly string[] }

function check(content: RuleContent): Checked {
  try {
    const { finder: _, memo: __, ...rules } = compilePolicy(content).rules
    return { ok: true, rules }
  } catch (error) {
    if (error instanceof PolicyError) return { ok: false, mistakes: error.mistakes }
    throw error
  }
}

parentPort?.postMessage(check(workerData as RuleContent))
