import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { document, picture } from '../../src/demo/enclosures.ts'

describe('what is enclosed in the story’s mails', () => {
  it('is a PNG whose header and points say what was painted', () => {
    const { content } = picture('a.png', {
      width: 3,
      height: 2,
      colourAt: (x, y) => [x * 10, y * 10, 200],
    })
    expect(content.subarray(1, 4).toString()).toBe('PNG')
    expect([content.readUInt32BE(16), content.readUInt32BE(20)]).toEqual([3, 2])
    const place = content.indexOf('IDAT')
    const points = inflateSync(
      content.subarray(place + 4, place + 4 + content.readUInt32BE(place - 4)),
    )
    expect([...points]).toEqual([
      ...[0, 0, 0, 200, 10, 0, 200, 20, 0, 200],
      ...[0, 0, 10, 200, 10, 10, 200, 20, 10, 200],
    ])
  })

  it('is a PDF whose table of contents points at its objects', () => {
    const file = document('a.pdf', ['A line (with brackets)']).content.toString('latin1')
    const table = Number(/startxref\n(\d+)/.exec(file)?.[1])
    expect(file.slice(table, table + 4)).toBe('xref')
    const places = [...file.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map(([, place]) =>
      Number(place),
    )
    expect(places.length).toBeGreaterThan(0)
    for (const [index, place] of places.entries()) {
      expect(file.slice(place).startsWith(`${index + 1} 0 obj`)).toBe(true)
    }
    expect(file).toContain('(A line \\(with brackets\\)) Tj')
    const length = Number(/\/Length (\d+)/.exec(file)?.[1])
    const start = file.indexOf('stream\n') + 'stream\n'.length
    expect(file.slice(start + length).startsWith('\nendstream')).toBe(true)
  })
})
