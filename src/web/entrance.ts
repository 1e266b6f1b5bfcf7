import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { From } from '../flow/session.ts'
import type { Ctx, Site } from './env.ts'
import { cookieName } from './guard.ts'
import { placeOf } from './origin.ts'

const halfYearSeconds = 180 * 24 * 3600

/** Where the request of somebody who proves who they are comes from. */
export function fromOf(c: Ctx): From {
  const device = getCookie(c, deviceCookie(c.var.site)) ?? ''
  return { ip: placeOf(c), userAgent: c.req.header('User-Agent') ?? '', device }
}

/** Hands the browser the token of its session; it ends with the browser. */
export function keepToken(c: Ctx, token: string): void {
  setCookie(c, cookieName(c.var.site), token, strict(c.var.site))
}

/** Lets the browser be known as one that has signed in to the account before. */
export function keepDevice(c: Ctx, device: string): void {
  const { site } = c.var
  setCookie(c, deviceCookie(site), device, { ...strict(site), maxAge: halfYearSeconds })
}

export function dropToken(c: Ctx): void {
  deleteCookie(c, cookieName(c.var.site), { path: '/', secure: c.var.site.secure })
}

/** `__Host-` asks for exactly these: secure, for the whole host, for no other one. */
function strict({ secure }: Site) {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
}

function deviceCookie({ secure }: Site): string {
  return secure ? '__Host-mamori-device' : 'mamori-device'
}
