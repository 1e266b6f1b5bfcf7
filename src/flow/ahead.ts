/**
 * Works on what comes next while the caller is busy with what came before; results keep the order
 * of the source. One step ahead is enough for two sides that take turns, and keeps memory flat.
 */
export async function* ahead<From, To>(
  source: AsyncIterable<From>,
  work: (one: From) => Promise<To>,
): AsyncIterable<To> {
  const from = source[Symbol.asyncIterator]()
  const next = () => settled(from.next(), work)
  try {
    for (let coming = next(); ; ) {
      const result = await coming
      if ('error' in result) throw result.error
      if (result.done) return
      coming = next()
      yield result.value
    }
  } finally {
    await from.return?.()
  }
}

type Result<To> =
  | { readonly done: true }
  | { readonly done: false; readonly value: To }
  | { readonly error: unknown }

/** A failure waits until its turn: nobody listens to it before that. */
async function settled<From, To>(
  coming: Promise<IteratorResult<From>>,
  work: (one: From) => Promise<To>,
): Promise<Result<To>> {
  try {
    const { done, value } = await coming
    return done ? { done } : { done: false, value: await work(value) }
  } catch (error) {
    return { error }
  }
}
