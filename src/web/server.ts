import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Config } from '../config.ts'
import type { House } from '../flow/house.ts'
import { openParser } from '../flow/parse.ts'
import { openSignIns } from '../flow/sign-in.ts'
import { openPreviews } from '../preview/preview.ts'
import { openApp } from './app.tsx'
import type { DemoPages } from './env.ts'

export type { DemoPages } from './env.ts'

export type ServedWeb = { readonly url: string; readonly ended: Promise<void> }

/** One person who fetches a large attachment does not hold up the next one. */
const attachmentThreads = 2
const attachmentTimeoutMs = 30_000
const previewTimeoutMs = 15_000

/** Serves the pages until the signal; then every open connection ends at once. */
export async function serveWeb(
  house: House,
  { web, trustedProxies }: Config,
  signal: AbortSignal,
  demo: DemoPages | null,
): Promise<ServedWeb> {
  const signIns = openSignIns(house)
  const secure = web.baseUrl.startsWith('https:')
  const parser = openParser({ workers: attachmentThreads, timeoutMs: attachmentTimeoutMs })
  const previews = openPreviews({
    atOnce: 2,
    timeoutMs: previewTimeoutMs,
    failed: (why) => house.log.info({ why }, 'an attachment could not be drawn'),
  })
  const site = { baseUrl: web.baseUrl, secure, demo, parser, previews, trustedProxies }
  const { app } = openApp(house, signIns, site)
  const server = serve({ fetch: app.fetch, hostname: web.host, port: web.port }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) => reject(unusable(error, web)))
  })
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        server.close(() => resolve(parser.close()))
        server.closeAllConnections()
      },
      { once: true },
    )
  })
  const { port } = server.address() as AddressInfo
  return { url: secure ? web.baseUrl : `http://${named(web.host)}:${port}`, ended }
}

function named(host: string): string {
  return host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host
}

function unusable(error: NodeJS.ErrnoException, { host, port }: Config['web']): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`${host}:${port} is in use already: set MAMORI_PORT to a free port`, {
    cause: error,
  })
}
