/** Remembers what was worked out last, up to a number of values. */
export type Memo<Value> = {
  /** The value under that key, made now if it is not remembered. */
  recall(key: string, make: () => Value): Value
}

/** A memo that forgets what was asked for longest ago. */
export function openMemo<Value>(most: number): Memo<Value> {
  const values = new Map<string, Value>()
  return {
    recall(key, make) {
      const known = values.get(key)
      const value = known ?? make()
      if (known !== undefined) values.delete(key)
      values.set(key, value)
      const [oldest] = values.keys()
      if (values.size > most && oldest !== undefined) values.delete(oldest)
      return value
    },
  }
}
