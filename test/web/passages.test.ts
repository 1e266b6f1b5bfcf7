import { afterAll, describe, expect, it } from 'vitest'
import { openParser } from '../../src/flow/parse.ts'
import type { Exposure } from '../../src/store/exposures.ts'
import { isSubjectShielded, partsOfMail } from '../../src/web/passages.ts'
import { rules } from '../support/rules.ts'

/** A reader that has no time: what a mail does that no rule gets through. */
const parser = openParser({ workers: 1, timeoutMs: 1 })
const body = '返金してください。お前はゴミだ。'
const message = { id: 'm', text: body, mutedBy: null }

describe('a mail that no rule got through in time', { timeout: 60_000 }, () => {
  afterAll(() => parser.close())

  it('is one passage that somebody opens knowingly, its subject too, and no word before', async () => {
    const mail = { dir: 'in', from: 'a@b.example', fromName: '', to: [], date: '', subject: '件名' }
    const exchange = { id: 't', messages: [{ ...mail, dir: 'in' as const, body }] }
    const { result, gaveUp } = await parser.assess(exchange, rules)
    expect(gaveUp).not.toBeNull()
    expect(result.flags.map(({ code }) => code)).toEqual(['illegible'])

    const assessed = { result, read: ['m'] }
    const judged = { latest: assessed, assessments: new Map([['m', assessed]]) }
    const [part, ...others] = partsOfMail(judged, message, null)
    expect(others).toEqual([])
    expect(part).toMatchObject({ kind: 'kept_back', passage: { place: 'unjudged' } })
    expect(JSON.stringify(part)).not.toContain('返金')
    expect(isSubjectShielded(judged, 'm')).toBe(true)

    const shown = { messageId: 'm', passage: 'unjudged' } as Exposure
    expect(partsOfMail(judged, message, shown)).toMatchObject([{ kind: 'revealed', text: body }])
  })
})
