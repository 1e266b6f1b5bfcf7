import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'

/** Each room of `src/`, and the rooms it may look into. `main` alone wires; `domain` knows nobody. */
const doors: Record<string, readonly string[]> = {
  domain: [],
  classify: ['domain'],
  text: ['domain'],
  mail: ['domain'],
  store: ['domain'],
  evidence: ['domain', 'store', 'text'],
  backup: ['store'],
  flow: [
    'domain',
    'classify',
    'evidence',
    'mail',
    'proof',
    'store',
    'templates',
    'text',
    'password',
    'policy',
    'text',
    'vault',
    'outside',
  ],
  proof: ['domain'],
  outside: ['domain'],
  preview: [],
  loops: ['domain', 'backup', 'flow', 'mail', 'store', 'config'],
  web: [
    'domain',
    'classify',
    'flow',
    'mail',
    'preview',
    'proof',
    'store',
    'text',
    'config',
    'templates',
    'vault',
  ],
  demo: ['domain', 'config', 'loops'],
  commands: ['*'],
  // The files beside the rooms: they read what lies outside, or put the house together.
  config: ['domain', 'vault', 'outside', 'backup'],
  vault: [],
  templates: ['domain'],
  password: ['domain'],
  policy: ['domain', 'classify', 'policy'],
  house: ['*'],
  parts: ['*'],
  main: ['*'],
}

/** Who may use a library that talks to the outside. */
const tools: Record<string, readonly string[]> = {
  'drizzle-orm': ['store'],
  'better-sqlite3': ['store'],
  imapflow: ['mail', 'demo'],
  nodemailer: ['mail', 'demo'],
  mailparser: ['mail'],
  'postal-mime': ['mail'],
  'openid-client': ['mail', 'proof'],
  mailauth: ['mail'],
  tldts: ['mail'],
  hono: ['web'],
  '@hono/node-server': ['web'],
  liquidjs: ['templates'],
  otpauth: ['proof'],
  qr: ['web'],
  '@simplewebauthn/server': ['proof'],
  'ipaddr.js': ['outside'],
  'pdfjs-dist': ['preview'],
  '@napi-rs/canvas': ['preview'],
  'node:child_process': ['preview', 'backup'],
  'node:https': ['outside'],
  'age-encryption': ['backup'],
  yazl: ['evidence'],
  yauzl: ['evidence'],
}

const root = join(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, 'src', name), 'utf8') }))

function roomOf(path: string): string {
  const [first = ''] = path.split('/')
  return first.replace(/\..*$/, '')
}

function importsOf(text: string): string[] {
  return [
    ...text.matchAll(
      /^(?:import|export)[^'"]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm,
    ),
  ].map(([, a, b, c]) => a ?? b ?? c ?? '')
}

describe('the house', () => {
  it('has rooms that look only where their doors lead', () => {
    const wrong = files.flatMap(({ name, text }) => {
      const room = roomOf(name)
      const allowed = doors[room]
      if (!allowed) return [`${name}: the room ${room} has no entry in the list of doors`]
      return importsOf(text)
        .filter((path) => path.startsWith('.'))
        .map((path) => roomOf(relative('.', normalize(join(dirname(name), path)))))
        .filter((other) => other !== room && !allowed.includes('*') && !allowed.includes(other))
        .map((other) => `${name} looks into ${other}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps each outside tool in its room', () => {
    const wrong = files.flatMap(({ name, text }) =>
      importsOf(text).flatMap((path) => {
        const tool = Object.keys(tools).find((one) => path === one || path.startsWith(`${one}/`))
        return tool && !tools[tool]?.includes(roomOf(name)) ? [`${name} uses ${path}`] : []
      }),
    )
    expect(wrong).toEqual([])
  })

  it('has a domain without clock, chance, awaiting or outside', () => {
    for (const { name, text } of files.filter((file) => file.name.startsWith('domain/'))) {
      expect(text, name).not.toMatch(
        /\bawait\b|Date\.now|new Date\(\)|Math\.random|from 'node:|randomUUID/,
      )
    }
  })

  it('asks for the time in one place', () => {
    const asking = files
      .filter(({ text }) => /Date\.now\(\)|new Date\(\)/.test(text))
      .map(({ name }) => name)
    // The house's clock, the demo's own servers, and a server that names no date of arrival.
    expect(
      asking.filter((name) => !/^(house\.ts|demo\/|commands\/demo|mail\/fetch)/.test(name)),
    ).toEqual([])
  })

  it('changes rows only with the events that explain them', () => {
    const writers = files.filter(
      ({ text }) => /\.(insert|update|delete)\(/.test(text) && /\btx\b/.test(text),
    )
    for (const { name } of writers) expect(name).toMatch(/^store\//)
  })

  it('asks in the domain what a person may do in the mailbox of the thread, not anywhere', () => {
    const rules = files.filter(
      ({ name }) =>
        name.startsWith('domain/') &&
        !/(?:person|staff|proposal|rule-change|template-change|token)\.ts$/.test(name),
    )
    for (const { name, text } of rules) {
      expect(text, name).not.toMatch(/\bmay\(\w+, (?:'\w+'|\w+)\)/)
    }
  })

  it('shows in pages only what lies in reach of who asks', () => {
    const lists =
      /\bstore\s*\.(?:alerts|incidents|letters|log|measures|pages|profiles|queue|search|senders)\b/
    const pages = files.filter(({ name }) => name.startsWith('web/'))
    expect(pages.filter(({ text }) => lists.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('writes no markup that is not escaped, and frames nothing', () => {
    const pages = files.filter(({ name }) => name.startsWith('web/'))
    for (const { name, text } of pages) {
      expect(text, name).not.toMatch(/dangerouslySetInnerHTML|\braw\(|<iframe(?![^>]*\ssandbox=)/)
    }
  })

  it('has no empty catch', () => {
    const silent = files.filter(({ text }) => /catch(?: \(\w+\))? \{\s*\}/.test(text))
    expect(silent.map(({ name }) => name)).toEqual([])
  })
})

describe('.env.example', () => {
  const example = readFileSync(join(root, '.env.example'), 'utf8')
  const named = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)]

  it('names every setting of the program, and no other', () => {
    const config = readFileSync(join(root, 'src/config.ts'), 'utf8')
    const read = [...config.matchAll(/^ {2}([A-Z_]{4,}): /gm)].map(([, name]) => name)
    expect(named.map(([, name]) => name).sort()).toEqual(read.sort())
  })

  it('can be used as it is', () => {
    const settings = Object.fromEntries(named.map(([, name, value]) => [name, value]))
    expect(() => readConfig(settings)).not.toThrow()
  })
})
