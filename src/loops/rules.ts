import type { House } from '../flow/house.ts'
import { openParser, type Parser } from '../flow/parse.ts'
import { reassess } from '../flow/reassess.ts'
import { tallyRules } from '../flow/rule-tally.ts'
import { tryProposals } from '../flow/rule-trial.ts'
import { every } from './every.ts'

/** Hostile mail may take its time here: nobody waits for it. */
const timeoutMs = 30_000

/**
 * Looks after the rules: takes over policy files that changed, assesses open threads anew after
 * other rules came into force, tries what is proposed, and counts where rules spoke. Each goes on
 * where it stopped.
 */
export async function tendRules(house: House, signal: AbortSignal): Promise<void> {
  const parser = openParser({ workers: 1, timeoutMs })
  try {
    await Promise.all(worksOf(house, parser, signal))
  } finally {
    await parser.close()
  }
}

function worksOf(house: House, parser: Parser, signal: AbortSignal): Promise<void>[] {
  const { log, rulebook } = house
  const rhythm = (name: string, pauseMs: number) => {
    return { name, pauseMs, pauseMsMax: 60_000, log, signal }
  }
  return [
    every(rhythm('rules: files', 2_000), () => rulebook.look()),
    every(rhythm('rules: open threads', 1_000), () => reassess(house, parser, signal)),
    every(rhythm('rules: trials', 1_000), () => tryProposals(house, signal)),
    every(rhythm('rules: figures', 2_000), () => tallyRules(house, signal)),
  ]
}
