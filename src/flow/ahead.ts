/**
 * Works on what comes next while the caller is busy with what came before; results keep the order
 * of the source. At most `steps` lie ahead of the caller, so memory stays flat.
 */
export async function* ahead<From, To>(
  source: AsyncIterable<From>,
  work: (one: From) => Promise<To>,
  steps: number,
): AsyncIterable<To> {
  const from = source[Symbol.asyncIterator]()
  const coming: Promise<Result<To>>[] = []
  // The source is asked for one after the other; the work on what it gave runs side by side.
  let asked: Promise<IteratorResult<From>> | null = null
  const next = () => {
    const last = asked ?? Promise.resolve()
    const mine = last.then(() => from.next())
    asked = mine
    coming.push(settled(mine, work))
  }
  try {
    for (;;) {
      while (coming.length <= steps) next()
      const result = await coming.shift()
      if (!result || 'done' in result) return
      if ('error' in result) throw result.error
      yield result.value
    }
  } finally {
    await from.return?.()
  }
}

type Result<To> = { readonly done: true } | { readonly value: To } | { readonly error: unknown }

/** A failure waits until its turn: nobody listens to it before that. */
async function settled<From, To>(
  coming: Promise<IteratorResult<From>>,
  work: (one: From) => Promise<To>,
): Promise<Result<To>> {
  try {
    const { done, value } = await coming
    return done ? { done: true } : { value: await work(value) }
  } catch (error) {
    return { error }
  }
}
