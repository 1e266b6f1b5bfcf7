import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mamori } from '../support/program.ts'

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

/** A command of the product, and what it said. */
async function said(args: readonly string[], input = '', settings: Record<string, string> = {}) {
  const { code, out, err } = await mamori(args, settings, input)
  return { status: code, stdout: out.toString(), stderr: err }
}

describe('the commands', () => {
  it('classify answers a line for each thread on standard input', async () => {
    const { status, stdout } = await said(
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

  it('classify names a bad line, goes on, and fails at the end', async () => {
    const { status, stdout, stderr } = await said(['classify'], `{"id":\n${JSON.stringify(calm)}\n`)
    expect(status).toBe(1)
    expect(stderr).toContain('standard input, line 1')
    expect(JSON.parse(stdout).id).toBe('t-2')
  })

  it('evaluate prints figures as a table and as JSON', async () => {
    const file = join(folder, 'threads.jsonl')
    writeFileSync(file, `${JSON.stringify(threat)}\n${JSON.stringify(calm)}\n`)
    expect((await said(['evaluate', file])).stdout).toContain('macro f1')
    const figures = JSON.parse((await said(['evaluate', file, '--json'])).stdout)
    expect(figures).toMatchObject({
      threads: 2,
      falseAlarms: { hits: 0, of: 1 },
      severity3: { hits: 1, of: 1 },
    })
  })

  it('evaluate by folds says what carried each fault, and draws a chart', async () => {
    const file = join(folder, 'folds.jsonl')
    const chart = join(folder, 'chart.svg')
    const odd = { ...calm, id: 't-3', labels: ['fault_finding'], severity: 2 }
    const many = [threat, calm, odd, { ...threat, id: 't-4' }]
    writeFileSync(file, many.map((one) => JSON.stringify(one)).join('\n'))
    const { stdout } = await said(['evaluate', file, '--folds', '2', '--chart', chart])
    expect(stdout).toMatch(/t-3 .*missed fault_finding/)
    expect(stdout).toContain('false alarms against recall')
    expect(readFileSync(chart, 'utf8')).toMatch(/^<svg [^>]*>[\s\S]*<polyline/)
    expect((await said(['evaluate', file, '--folds', '1'])).status).toBe(2)
  })

  it('evaluate counts what the lines of a pool raise that are kept out of the fit', async () => {
    const file = join(folder, 'threads.jsonl')
    const pool = join(folder, 'pool.jsonl')
    writeFileSync(file, JSON.stringify(calm))
    const lines = ['いい天気ですね', 'いい天気ですね', 'お前を殺すぞ', 'お前を殺すぞ']
    writeFileSync(
      pool,
      lines
        .map((text, at) =>
          JSON.stringify({ id: `${at}`, text, expect: at < 2 ? 'none' : 'threat' }),
        )
        .join('\n'),
    )
    const { stdout } = await said(['evaluate', file, '--pool', pool])
    expect(stdout).toMatch(/none +1 lines, 0 with an alarm/)
    expect(stdout).toMatch(/threat +1 lines, 1 with an alarm .*1 as what they are/)
  })

  it('fit needs authors to try the weights on, and writes them where the policy lies', async () => {
    const policy = join(folder, 'policy')
    cpSync(join(root, 'policy'), policy, { recursive: true })
    const [one, other] = ['one.jsonl', 'other.jsonl'].map((name) => join(folder, name))
    for (const file of [one, other])
      writeFileSync(file ?? '', `${JSON.stringify(threat)}\n${JSON.stringify(calm)}\n`)
    const run = (...args: string[]) => said(['fit', ...args], '', { MAMORI_POLICY_DIR: policy })
    const alone = await run(one ?? '')
    expect(alone.status).toBe(1)
    expect(alone.stderr).toContain('at least two files')
    const before = readFileSync(join(policy, 'weights.yaml'), 'utf8')
    expect((await run(one ?? '', other ?? '')).stdout).toContain('4 threads of 2 authors')
    expect(readFileSync(join(policy, 'weights.yaml'), 'utf8')).not.toBe(before)
  })

  it('evaluate without a file is wrong usage', async () => {
    expect((await said(['evaluate'])).status).toBe(2)
  })
})
