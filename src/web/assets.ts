import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Routes } from './routes.ts'

type Asset = { readonly path: string; readonly type: string; readonly file: string }

/** In the order of their layers. */
export const styles = [
  'tokens',
  'base',
  'layout',
  'chips',
  'forms',
  'lists',
  'mail',
  'reading',
  'mailboxes',
  'servers',
  'rules',
  'templates',
  'told',
  'api',
  'replies',
  'senders',
  'desk',
  'steps',
  'narrow',
] as const

const own = (name: string) => fileURLToPath(new URL(`./assets/${name}`, import.meta.url))
const script = 'text/javascript; charset=utf-8'

const assets: readonly Asset[] = [
  ...styles.map((name) => ({
    path: `/assets/${name}.css`,
    type: 'text/css; charset=utf-8',
    file: own(`${name}.css`),
  })),
  { path: '/assets/app.js', type: script, file: own('app.js') },
  { path: '/assets/drafts.js', type: script, file: own('drafts.js') },
  { path: '/assets/passkey.js', type: script, file: own('passkey.js') },
  { path: '/assets/desk.js', type: script, file: own('desk.js') },
  { path: '/assets/icon.svg', type: 'image/svg+xml', file: own('icon.svg') },
  {
    path: '/assets/htmx.js',
    type: script,
    file: createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'),
  },
]

/** Styles and scripts: a few files, read once, asked for again only when they change. */
export function assetRoutes(routes: Routes): void {
  for (const { path, type, file } of assets) {
    const content = readFileSync(file)
    const tag = `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`
    routes.get(path, 'public', (c) => {
      const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag }
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304, headers)
      return c.body(new Uint8Array(content), 200, headers)
    })
  }
  routes.get('/health', 'public', (c) => c.text('ok'))
}
