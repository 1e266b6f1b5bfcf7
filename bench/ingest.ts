import { type ImapAccount, readConfig } from '../src/config.ts'
import type { House } from '../src/flow/house.ts'
import { openParser } from '../src/flow/parse.ts'
import { openHouse, openLog } from '../src/house.ts'
import { poll } from '../src/loops/poller.ts'

/** Reads the whole INBOX as the product does and stores it. Returns seconds. */
export async function ingest(account: ImapAccount, databaseUrl: string): Promise<number> {
  const config = readConfig({ DATABASE_URL: databaseUrl })
  const house = await openHouse(config, openLog('silent'))
  try {
    await addInbox(house)
    const began = performance.now()
    await readOnce(house, account, config.parseWorkers)
    return (performance.now() - began) / 1000
  } finally {
    await house.store.close()
  }
}

async function addInbox({ store, newId, now }: House): Promise<void> {
  const department = { ja: 'お客様相談窓口', en: 'Customer Service' }
  const box = { name: 'bench', folder: 'INBOX', address: 'support@hinata-kurashi.example' }
  await store.mailboxes.add({ id: newId(), ...box, department }, now())
}

async function readOnce(house: House, account: ImapAccount, workers: number): Promise<void> {
  const parser = openParser({ workers, timeoutMs: 30_000 })
  const stop = new AbortController()
  try {
    const signal = stop.signal
    await poll(house, 'bench', { account, parser, signal, onCaughtUp: () => stop.abort() })
  } finally {
    await parser.close()
  }
}
