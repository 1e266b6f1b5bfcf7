import { Hono } from 'hono'
import { admissionTo } from './admission.ts'
import type { Needs } from './api/route.ts'
import type { Caller, Ctx, Env } from './env.ts'

type Method = 'GET' | 'POST'
type Handler = (c: Ctx) => Response | Promise<Response>

export type Route = {
  readonly method: Method
  readonly path: string
  /** Routes for programs name the scope that a token needs. */
  readonly caller: Caller | `token:${Needs}`
}

/** Routes that cannot be added without saying who may call them. */
export type Routes = {
  readonly app: Hono<Env>
  readonly list: readonly Route[]
  get(path: string, caller: Caller, handler: Handler): void
  post(path: string, caller: Caller, handler: Handler): void
}

export function openRoutes(app: Hono<Env> = new Hono<Env>()): Routes {
  const list: Route[] = []

  function add(method: Method, path: string, caller: Caller, handler: Handler): void {
    list.push({ method, path, caller })
    const admit = admissionTo(path, caller)
    app.on(method, path, async (c) => {
      await admit(c)
      return handler(c)
    })
  }

  return {
    app,
    list,
    get: (path, caller, handler) => add('GET', path, caller, handler),
    post: (path, caller, handler) => add('POST', path, caller, handler),
  }
}
