import type { ImapFlow } from 'imapflow'

/** Tells when new mail is announced, or when the connection is gone. */
export type Waker = {
  /** What was announced so far is about to be fetched. */
  forget(): void
  wait(timeoutMs: number, signal: AbortSignal): Promise<'news' | 'timeout' | 'closed'>
}

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
      await idle(client, wakers, timeoutMs, signal)
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
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      wakers.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, timeoutMs)
    signal.addEventListener('abort', wake, { once: true })
    wakers.add(wake)
    if (signal.aborted || !client.usable) return wake()
    // The next command ends IDLE by itself; a failure shows as a connection that is not usable.
    client.idle().then(
      () => (client.usable ? undefined : wake()),
      () => wake(),
    )
  })
}

/** Signs out; a server that does not answer LOGOUT does not keep us. */
export async function leave(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close()
  const timer = setTimeout(() => client.close(), 2_000)
  try {
    await client.logout()
  } catch {
    client.close()
  } finally {
    clearTimeout(timer)
  }
}
