import { Hono } from 'hono'
import { may } from '../domain/person.ts'
import type { Caller, Ctx, Env } from './env.ts'
import { Forbidden, SignInFirst } from './problems.ts'

type Method = 'GET' | 'POST'
type Handler = (c: Ctx) => Response | Promise<Response>

export type Route = { readonly method: Method; readonly path: string; readonly caller: Caller }

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
    app.on(method, path, (c) => {
      admit(c, caller)
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

function admit(c: Ctx, caller: Caller): void {
  if (caller === 'public') return
  if (!c.var.signedIn) throw new SignInFirst(new URL(c.req.url).pathname)
  if (caller !== 'signed_in' && !may(c.var.person, caller)) throw new Forbidden()
}
