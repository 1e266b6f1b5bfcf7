import type { Measured } from './child.ts'
import { perform, type Task } from './tasks.ts'

// The child's side of `child.ts`: one task in, its figures out.
process.once('message', async (task: Task) => {
  const result = await perform(task)
  const measured: Measured = { ...result, memoryMb: process.resourceUsage().maxRSS / 1024 }
  process.send?.(measured, () => process.exit(0))
})
// Who asked is gone: nobody waits for the answer.
process.once('disconnect', () => process.exit(1))
