import { z } from 'zod'
import { textFor } from '../../text/text.ts'
import { type ProblemCode, problems } from './problems.ts'
import type { ApiRoute } from './route.ts'
import { shapes } from './shapes.ts'

type Json = Record<string, unknown>

const problem = z.object({
  type: z.string(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ parameter: z.string(), message: z.string() })).optional(),
})

/** Why any route may answer with something else than what was asked for. */
const always: readonly ProblemCode[] = [
  'request-invalid',
  'token-missing',
  'token-invalid',
  'scope-missing',
  'rate-limited',
]

/** The OpenAPI 3.1 document, from the schemas that requests are checked against. */
export function documentOf(routes: readonly ApiRoute[], base: string) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Mamori',
      version: '1',
      description: textFor('en').api.lead,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: base }],
    security: [{ token: [] }],
    paths: Object.fromEntries(
      routes.map((route) => [route.path.replace(':id', '{id}'), { get: operationOf(route) }]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'mamori_…' } },
      schemas: { ...schemasOf(), Problem: plain(z.toJSONSchema(problem, { override: openEnded })) },
    },
  }
}

/** The schemas of all answers by their name, as they refer to one another. */
export function schemasOf(): Record<string, Json> {
  const { schemas } = z.toJSONSchema(shapes, { uri: pathTo, override: openEnded })
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plain(schema)]))
}

/** The parameters of a route, as they stand in its address. */
export function parametersOf({ query, thing }: ApiRoute) {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input' })
  const words: Readonly<Record<string, string>> = textFor('en').api.parameters
  const path = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const asked = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    description: words[name] ?? '',
    schema,
  }))
  return [...(thing ? [{ ...path, description: words.id ?? '' }] : []), ...asked]
}

function operationOf(route: ApiRoute): Json {
  const { title, lead } = textFor('en').api.routes[route.name]
  const codes = route.thing ? [...always, 'not-found' as const] : always
  const statuses = [...new Set(codes.map((code) => problems[code].status))]
  const schema = { $ref: pathTo(nameOf(route)) }
  return {
    operationId: route.name,
    summary: title,
    description: lead,
    security: [{ token: route.needs === 'any' ? [] : [route.needs] }],
    parameters: parametersOf(route),
    responses: {
      200: {
        description: title,
        content: { 'application/json': { schema, example: route.example } },
      },
      ...Object.fromEntries(statuses.map((status) => [status, responseOf(status, codes)])),
    },
  }
}

function responseOf(status: number, codes: readonly ProblemCode[]): Json {
  const said = codes.filter((code) => problems[code].status === status)
  const content = {
    'application/problem+json': { schema: { $ref: pathTo('Problem') } },
  }
  return { description: said.map((code) => `${code}: ${problems[code].title}`).join('; '), content }
}

/** The name of what a route answers. */
export function nameOf({ answer }: ApiRoute): string {
  const id = shapes.get(answer)?.id
  if (!id) throw new Error('an answer has no name: add its schema to the shapes')
  return id
}

function pathTo(name: string): string {
  return `#/components/schemas/${name}`
}

/** Answers may have more fields one day: no client is told that there are none. */
function openEnded({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.additionalProperties
}

/** Without what a schema says of itself when it stands alone. */
function plain({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema
}
