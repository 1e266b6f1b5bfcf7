import { Worker } from 'node:worker_threads'
import type { RuleContent } from '../domain/rule-change.ts'
import { youngMb } from './reader-thread.ts'
import type { Checked } from './rules-worker.ts'

/** All rules compile and run their examples in a second; what takes longer is no rule. */
const timeoutMs = 30_000

const heapMb = 512

/** Compiles rules and runs their examples in a thread: nobody's page waits for it. */
export function checkRules(content: RuleContent): Promise<Checked> {
  const file = import.meta.url.endsWith('.ts') ? './rules-worker.ts' : './rules-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), {
    execArgv: [],
    workerData: content,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
  })
  return new Promise((resolve) => {
    const end = (checked: Checked) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(checked)
    }
    const refuse = (why: string) => end({ ok: false, mistakes: [why] })
    const timer = setTimeout(
      () => refuse(`the rules take longer than ${timeoutMs / 1000} s to try: narrow the patterns`),
      timeoutMs,
    )
    worker.once('message', (checked: Checked) => end(checked))
    worker.once('error', (error) => refuse(`the rules cannot be tried: ${error.message}`))
    worker.once('exit', () => refuse('the rules cannot be tried: the thread for it ended'))
  })
}
