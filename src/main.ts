import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { run } from './commands/run.ts'

if (existsSync('.env')) loadEnvFile('.env')
// A reader that has seen enough (`| head`) closes the pipe: nothing is wrong.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await run(process.argv.slice(2), process)
