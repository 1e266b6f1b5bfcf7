import type { z } from 'zod'
import type { OpenedZip } from './check.zip.ts'
import { jsonOf } from './checkpoint.ts'
import { EvidenceError } from './error.ts'

/** The lines of a file as they come; one that is too long is not read. */
export async function* linesIn(zip: OpenedZip, path: string, most: number): AsyncIterable<string> {
  if (!zip.files.has(path)) return
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of await zip.stream(path)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10, from)) {
      yield rest.toString('utf8', from, end)
      from = end + 1
    }
    rest = rest.subarray(from)
    if (rest.length > most)
      throw new EvidenceError(`${path} has a line that is too long to be read`)
  }
  if (rest.length > 0) yield rest.toString('utf8')
}

/** The items of a list that was written an item a line; what is none of them is a flaw. */
export async function* itemsIn<T>(
  zip: OpenedZip,
  path: string,
  of: { readonly schema: z.ZodType<T>; readonly most: number; readonly flaws: string[] },
): AsyncIterable<T> {
  let at = 0
  for await (const line of linesIn(zip, path, of.most)) {
    at += 1
    if (line === '[' || line === ']' || line === '[]') continue
    const item = of.schema.safeParse(jsonOf(line.replace(/,$/, '')))
    if (item.success) yield item.data
    else of.flaws.push(`${path}, line ${at}: cannot be read`)
  }
}
