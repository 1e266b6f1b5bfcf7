import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Routes } from './routes.ts'

type Asset = { readonly name: string; readonly type: string; readonly content: Buffer }

/** In the order of their layers. */
const styles = [
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
  'charts',
  'desk',
  'keys',
  'steps',
  'care',
  'drills',
  'policy',
  'narrow',
  'narrow-tables',
  'print',
] as const

const own = (name: string) => fileURLToPath(new URL(`./assets/${name}`, import.meta.url))
const script = 'text/javascript; charset=utf-8'

/**
 * Comments, indentation and the gaps beside signs are for whoever writes a style; none of ours has
 * these signs within quotation marks.
 */
const plain = (css: string) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/([{};,])\n/g, '$1')
    .replace(/;}/g, '}')
    .replace(/ {/g, '{')
    .replace(/: /g, ':')

/** The same of a script, whose lines stay; none of ours goes on over lines within quotation marks. */
const lean = (code: string) =>
  code.replace(/^\s*(?:\/\/.*|\/\*\*.*\*\/)\n/gm, '').replace(/\n\s*/g, '\n')

const read = (name: string) => readFileSync(own(name))

const readScript = (name: string) => Buffer.from(lean(read(name).toString()))

const assets: readonly Asset[] = [
  {
    name: 'mamori.css',
    type: 'text/css; charset=utf-8',
    content: Buffer.from(styles.map((name) => plain(read(`${name}.css`).toString())).join('')),
  },
  { name: 'app.js', type: script, content: readScript('app.js') },
  { name: 'keys.js', type: script, content: readScript('keys.js') },
  { name: 'drafts.js', type: script, content: readScript('drafts.js') },
  { name: 'passkey.js', type: script, content: readScript('passkey.js') },
  { name: 'desk.js', type: script, content: readScript('desk.js') },
  { name: 'icon.svg', type: 'image/svg+xml', content: read('icon.svg') },
  {
    name: 'htmx.js',
    type: script,
    content: readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')),
  },
]

const versions = new Map(
  assets.map(({ name, content }) => [
    name,
    createHash('sha256').update(content).digest('hex').slice(0, 16),
  ]),
)

/** The address of a style or script, which is another one as soon as it changes. */
export function assetPath(name: string): string {
  const version = versions.get(name)
  if (!version) throw new Error(`there is no asset ${name}`)
  return `/assets/${name}?v=${version}`
}

/** Styles and scripts: read once; a browser keeps what it asked for by its version. */
export function assetRoutes(routes: Routes): void {
  for (const { name, type, content } of assets) {
    const version = versions.get(name) ?? ''
    const tag = `"${version}"`
    routes.get(`/assets/${name}`, 'public', (c) => {
      const kept = c.req.query('v') === version ? 'public, max-age=31536000, immutable' : 'no-cache'
      const headers = { 'Content-Type': type, 'Cache-Control': kept, ETag: tag }
      if (c.req.header('If-None-Match') === tag) return c.body(null, 304, headers)
      return c.body(new Uint8Array(content), 200, headers)
    })
  }
  routes.get('/health', 'public', (c) => c.text('ok'))
}
