import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const threat = {
  id: 't-1',
  lang: 'ja',
  messages: [
    {
      dir: 'in',
      from: 'a@x.example',
      to: ['i@y.example'],
      date: '2026-11-02T10:00:00+09:00',
      subject: '',
      body: '明日お前を殺しに行くからな。',
    },
  ],
  labels: ['threat'],
  severity: 3,
  kind: 'clear:threat',
}
const calm = {
  ...threat,
  id: 't-2',
  labels: [],
  severity: 0,
  kind: 'ordinary:inquiry',
  messages: [{ dir: 'in', body: '営業時間を教えてください。' }],
}
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mamori-classify-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function mamori(args: string[], input = '') {
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  })
}

describe('the commands', () => {
  it('classify answers a line for each thread on standard input', () => {
    const { status, stdout } = mamori(
      ['classify'],
      [threat, calm].map((one) => JSON.stringify(one)).join('\n'),
    )
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(status).toBe(0)
    expect(first).toMatchObject({ id: 't-1', severity: 3, categories: [{ code: 'threat' }] })
    expect(first.categories[0].evidence[0]).toMatchObject({
      message: 0,
      text: expect.stringContaining('殺し'),
    })
    expect(second).toEqual({ id: 't-2', categories: [], severity: 0, flags: [] })
  })

  it('classify names a bad line, goes on, and fails at the end', () => {
    const { status, stdout, stderr } = mamori(['classify'], `{"id":\n${JSON.stringify(calm)}\n`)
    expect(status).toBe(1)
    expect(stderr).toContain('standard input, line 1')
    expect(JSON.parse(stdout).id).toBe('t-2')
  })

  it('evaluate prints figures as a table and as JSON', () => {
    const file = join(folder, 'threads.jsonl')
    writeFileSync(file, `${JSON.stringify(threat)}\n${JSON.stringify(calm)}\n`)
    expect(mamori(['evaluate', file]).stdout).toContain('macro f1')
    const figures = JSON.parse(mamori(['evaluate', file, '--json']).stdout)
    expect(figures).toMatchObject({
      threads: 2,
      falseAlarms: { hits: 0, of: 1 },
      severity3: { hits: 1, of: 1 },
    })
  })

  it('evaluate without a file is wrong usage', () => {
    expect(mamori(['evaluate']).status).toBe(2)
  })
})
