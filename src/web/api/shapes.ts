import { z } from 'zod'
import { categories } from '../../domain/category.ts'

/** Every shape that an answer has a name for; the document is made from these and nothing else. */
export const shapes = z.registry<{ id: string }>()

/** Gives a schema its name in the document. */
export function named<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  shapes.add(schema, { id })
  return schema
}

export const id = z.uuid()
export const instant = z.iso.datetime()
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** Who did something, by the id of their account. */
export const personId = z.string()
export const category = z.enum(categories)
export const severity = z.int().min(0).max(3)
/** One page of a list; `next` asks for the one after it. */
export function pageOf<Item extends z.ZodType>(name: string, item: Item) {
  return named(name, z.object({ items: z.array(item), next: z.string().nullable() }))
}
