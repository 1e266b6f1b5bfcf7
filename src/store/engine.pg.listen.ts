import pg from 'pg'
import { withoutPassword } from './engine.ts'

type Listening = {
  readonly url: string
  readonly channel: string
  readonly wake: () => void
  readonly say: (words: string) => void
}

/** News may not come for hours; a server that is there answers. */
const askMs = 30_000
const answerMs = 10_000

/** After a lost connection; what was missed meanwhile is caught up by waking once. */
const againMs = 1_000

/**
 * Listens to a channel on a connection of its own, and comes back when that breaks. Returns the
 * end of it.
 */
export function listenTo({ url, channel, wake, say }: Listening): () => Promise<void> {
  let ended = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const asking = setInterval(() => {
    const asked = client
    asked?.query('select 1').catch((error: unknown) => lost(asked, error))
  }, askMs)

  async function begin(): Promise<void> {
    const mine = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
    })
    client = mine
    mine.on('notification', wake)
    mine.on('error', (error) => lost(mine, error))
    mine.on('end', () => lost(mine, new Error('the server closed it')))
    try {
      await mine.connect()
      await mine.query(`listen ${channel}`)
      wake()
    } catch (error) {
      lost(mine, error)
    }
  }

  function lost(one: pg.Client, error: unknown): void {
    if (ended || one !== client) return
    client = undefined
    const words = error instanceof Error ? error.message : String(error)
    say(`${withoutPassword(url)}: news of other processes are cut off: ${words}; trying again`)
    one.end().catch(() => undefined)
    timer = setTimeout(() => {
      beginning = begin()
    }, againMs)
  }

  let beginning = begin()
  return async () => {
    ended = true
    clearTimeout(timer)
    clearInterval(asking)
    await beginning
    await client?.end().catch(() => undefined)
  }
}
