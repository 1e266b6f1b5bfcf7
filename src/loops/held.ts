import type { House } from '../flow/house.ts'
import { pause } from './every.ts'

/** A process that dies is followed by another one after so long. */
const leaseSeconds = 30

/** How often a process that waits asks whether the lease has become free. */
const askMs = 2_000

/**
 * Does work that only one process may do at a time: whoever holds the lease of that name. The
 * work's own signal comes when the lease is lost; then the process waits for it again.
 */
export async function whileHeld(
  house: House,
  name: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lease = { name, holder: house.holder, seconds: leaseSeconds }
  while (!signal.aborted) {
    if (!(await claimed(house, lease))) {
      await pause(askMs, signal)
      continue
    }
    const held = new AbortController()
    const renewal = keepRenewing(house, lease, held)
    try {
      await work(AbortSignal.any([signal, held.signal]))
    } finally {
      await renewal.stop()
      await givenBack(house, lease)
    }
  }
}

/** Does work once, now, unless another process is at it. */
export async function ifFree(
  house: House,
  { name, seconds }: { readonly name: string; readonly seconds: number },
  work: () => Promise<void>,
): Promise<void> {
  const lease = { name, holder: house.holder, seconds }
  if (!(await claimed(house, lease))) return
  const renewal = keepRenewing(house, lease, new AbortController())
  try {
    await work()
  } finally {
    await renewal.stop()
    await givenBack(house, lease)
  }
}

type Lease = Parameters<House['store']['claim']>[0]

/** False as well where the database cannot be asked: then nobody may work. */
async function claimed({ store, log }: House, lease: Lease): Promise<boolean> {
  try {
    return await store.claim(lease)
  } catch (error) {
    log.error({ err: error, lease: lease.name }, 'a lease cannot be asked for; trying again')
    return false
  }
}

function givenBack({ store, log }: House, lease: Lease): Promise<void> {
  return store.release(lease).catch((error: Error) => {
    log.warn({ err: error.message, lease: lease.name }, 'a lease is not given back: it ends')
  })
}

/**
 * Renews until stopped; gives up the work when the lease is another's, or can no longer be ours:
 * also where the database does not answer at all.
 */
function keepRenewing(house: House, lease: Lease, held: AbortController) {
  // Three renewals may fail; what is left of the lease then is for the work to end.
  const renewMs = (lease.seconds * 1000) / 5
  let renewedAt = performance.now()
  let asking: Promise<void> = Promise.resolve()

  async function renew(): Promise<void> {
    const asked = performance.now()
    if (await claimed(house, lease)) renewedAt = asked
  }

  const timer = setInterval(() => {
    if (performance.now() - renewedAt > renewMs * 3.5) {
      house.log.warn({ lease: lease.name }, 'a lease was lost: its work is left to another process')
      held.abort()
    }
    asking = renew()
  }, renewMs)
  return {
    /** What is asked for still would come after the lease was given back. */
    stop() {
      clearInterval(timer)
      return asking
    },
  }
}
