import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTokens } from '../../src/mail/oauth.ts'
import { startProvider, type TestProvider } from '../support/provider.ts'

const lifeSeconds = 3600

describe('access tokens', () => {
  let provider: TestProvider
  beforeAll(async () => {
    provider = await startProvider('mamori', lifeSeconds)
  })
  afterAll(() => provider.stop())

  function tokens(over: { issuer?: string } = {}) {
    let now = Date.UTC(2026, 10, 25)
    const { issuer, clientId, clientSecret } = provider
    const opened = openTokens(
      {
        ...{ kind: 'oauth', provider: 'other', grant: 'client_credentials' },
        ...{ issuer, clientId, clientSecret, scope: '', refreshToken: null },
        ...over,
      },
      { now: () => now, onRefreshToken: async () => undefined },
    )
    return {
      current: opened.current,
      pass: (seconds: number) => {
        now += seconds * 1000
      },
    }
  }

  it('are used until some minutes before they expire, then renewed', async () => {
    const { current, pass } = tokens()
    const first = await current()
    pass(lifeSeconds - 301)
    expect(await current()).toBe(first)
    pass(2)
    expect(await current()).not.toBe(first)
  })

  it('are asked for once, however many connections need one', async () => {
    const before = provider.issued.length
    const { current } = tokens()
    const all = await Promise.all(Array.from({ length: 8 }, () => current()))
    expect(new Set(all).size).toBe(1)
    expect(provider.issued.length).toBe(before + 1)
  })

  it('that nobody answers for are told by the address and with what to do', async () => {
    const { current } = tokens({ issuer: 'http://127.0.0.1:65123' })
    await expect(current()).rejects.toMatchObject({
      trouble: 'token',
      message: expect.stringMatching(/127\.0\.0\.1:65123.*ECONNREFUSED.*check the issuer/s),
    })
  })
})
