/** A number with its noun: `1 mail`, `3 mails`, `2 people`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}
