import type { ImapAccount } from '../src/config.imap.ts'
import { readConfig } from '../src/config.ts'
import type { House } from '../src/flow/house.ts'
import { openParser } from '../src/flow/parse.ts'
import { openHouse, openLog } from '../src/house.ts'
import { pollAll } from '../src/loops/pollers.ts'
import { addMailboxes } from '../src/parts.ts'

const bench = {
  name: 'bench',
  folders: ['INBOX'],
  address: 'support@hinata-kurashi.example',
  department: { ja: 'お客様相談窓口', en: 'Customer Service' },
}

/** Reads the whole INBOX as the product does and stores it. Returns seconds. */
export async function ingest(imap: ImapAccount, databaseUrl: string): Promise<number> {
  const config = { ...readConfig({ DATABASE_URL: databaseUrl }), imap, mailboxes: [bench] }
  const house = await openHouse(config, openLog('silent'))
  try {
    await addMailboxes(house, config)
    const began = performance.now()
    await readOnce(house, config.parseWorkers)
    return (performance.now() - began) / 1000
  } finally {
    await house.store.close()
  }
}

async function readOnce(house: House, workers: number): Promise<void> {
  const parser = openParser({ workers, timeoutMs: 30_000 })
  const stop = new AbortController()
  try {
    await pollAll(house, { parser, onCaughtUp: () => stop.abort() }, stop.signal)
  } finally {
    await parser.close()
  }
}
