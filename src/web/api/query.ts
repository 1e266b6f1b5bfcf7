import { z } from 'zod'
import { ApiProblem, type ParameterError } from './problems.ts'

/** Rows on one page at most. */
export const pageMax = 200

export const limit = z.coerce.number().int().min(1).max(pageMax).default(50)

/** What every list takes. */
export const paging = { limit, cursor: z.string().max(500).optional() }

export const nothing = z.strictObject({})

/** What the address asks for. Throws `ApiProblem` that names every parameter that cannot be. */
export function readQuery(schema: z.ZodObject, search: URLSearchParams): unknown {
  const twice = [...new Set(search.keys())].filter((name) => search.getAll(name).length > 1)
  const parsed = schema.safeParse(Object.fromEntries(search))
  const errors = [
    ...twice.map((parameter) => ({ parameter, message: 'is given more than once' })),
    ...(parsed.success ? [] : parsed.error.issues.flatMap(errorsOf)),
  ]
  if (errors.length === 0 && parsed.success) return parsed.data
  const names = [...new Set(errors.map(({ parameter }) => parameter))].join(', ')
  throw new ApiProblem('request-invalid', `These parameters cannot be: ${names}.`, { errors })
}

function errorsOf(issue: z.core.$ZodIssue): ParameterError[] {
  if (issue.code === 'unrecognized_keys') {
    const message = 'is not a parameter of this route'
    return issue.keys.map((key) => ({ parameter: key.slice(0, 80), message }))
  }
  return [{ parameter: String(issue.path[0] ?? ''), message: issue.message }]
}
