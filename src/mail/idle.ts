import type { ImapFlow } from 'imapflow'

/** Tells when new mail is announced, or when the connection is gone. */
export type Waker = {
  /** What was announced so far is about to be fetched. */
  forget(): void
  wait(timeoutMs: number, signal: AbortSignal): Promise<'news' | 'timeout' | 'closed'>
}

/** Servers without IDLE are asked so often. */
const lookMs = 30_000

/** A server that ends IDLE as soon as it began is not asked again in a hurry. */
const idleAgainMs = 1_000

/** LOGOUT is polite; who waits for us to stop is not kept by it. */
const farewellMs = 500

/** Listens to a client's announcements from now on. */
export function waker(client: ImapFlow): Waker {
  let news = false
  const wakers = new Set<() => void>()
  client.on('exists', () => {
    news = true
    for (const wake of wakers) wake()
  })
  client.on('close', () => {
    for (const wake of wakers) wake()
  })
  return {
    forget() {
      news = false
    },
    async wait(timeoutMs, signal) {
      if (news) return 'news'
      const announces = client.capabilities.has('IDLE')
      await idle(client, wakers, announces ? timeoutMs : Math.min(timeoutMs, lookMs), signal)
      if (!client.usable) return 'closed'
      return news ? 'news' : 'timeout'
    },
  }
}

function idle(
  client: ImapFlow,
  wakers: Set<() => void>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let again: NodeJS.Timeout | undefined
    const wake = () => {
      clearTimeout(timer)
      clearTimeout(again)
      signal.removeEventListener('abort', wake)
      wakers.delete(wake)
      resolve()
    }
    // The next command ends IDLE by itself. A server may end it before, and so does the client
    // when it asks a silent server whether it is there: then nobody would hear of new mail.
    const listen = () => {
      const began = performance.now()
      const ended = () => {
        if (!wakers.has(wake)) return
        if (!client.usable) return wake()
        again = setTimeout(listen, Math.max(0, idleAgainMs - (performance.now() - began)))
      }
      client.idle().then(ended, ended)
    }
    const timer = setTimeout(wake, timeoutMs)
    signal.addEventListener('abort', wake, { once: true })
    wakers.add(wake)
    if (signal.aborted || !client.usable) return wake()
    listen()
  })
}

/** Signs out; a server that does not answer LOGOUT does not keep us. */
export async function leave(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close()
  const timer = setTimeout(() => client.close(), farewellMs)
  try {
    await client.logout()
  } catch {
    client.close()
  } finally {
    clearTimeout(timer)
  }
}
