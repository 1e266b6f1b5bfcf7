import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../src/config.ts'

function complaints(settings: NodeJS.ProcessEnv): string {
  try {
    readConfig(settings)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

describe('the settings', () => {
  it('are complete with nothing set: an embedded database and no mail', () => {
    expect(readConfig({})).toMatchObject({
      databaseUrl: 'file:./data/mamori.db',
      imap: null,
      smtp: null,
    })
  })

  it('say everything that is wrong at once, by name', () => {
    const words = complaints({
      MAMORI_PORT: '99999',
      DATABASE_URL: 'mysql://x',
      MAMORI_SECRET: 'short',
      IMAP_TLS: 'maybe',
      MAILBOX_ADDRESS: 'nobody',
    })
    for (const name of [
      'MAMORI_PORT',
      'DATABASE_URL',
      'MAMORI_SECRET',
      'IMAP_TLS',
      'MAILBOX_ADDRESS',
    ]) {
      expect(words).toContain(name)
    }
  })

  it('name what else an IMAP server needs', () => {
    const words = complaints({ IMAP_HOST: 'imap.example' })
    for (const name of ['IMAP_USER', 'IMAP_PASSWORD', 'MAILBOX_ADDRESS', 'MAMORI_SECRET']) {
      expect(words).toContain(name)
    }
  })

  it('never repeat a secret in a complaint', () => {
    expect(complaints({ MAMORI_SECRET: 'hunter2', MAMORI_PORT: 'x' })).not.toContain('hunter2')
  })
})
