import { describe, expect, it } from 'vitest'
import { newKey, openVault, VaultError } from '../src/vault.ts'

const [old, current] = [newKey(), newKey()]

describe('the vault', () => {
  it('gives back what it sealed, and nothing of it stands in the sealed text', () => {
    const vault = openVault([current])
    const sealed = vault.seal('秘密 secret', 'mailbox:1')
    expect(vault.open(sealed, 'mailbox:1')).toBe('秘密 secret')
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString()).not.toContain('secret')
    expect(vault.seal('秘密 secret', 'mailbox:1')).not.toBe(sealed)
  })

  it('opens what an older key sealed, and seals with the first one', () => {
    const sealed = openVault([old]).seal('x', 'a')
    const vault = openVault([current, old])
    expect(vault.open(sealed, 'a')).toBe('x')
    expect(vault.isCurrent(sealed)).toBe(false)
    expect(vault.isCurrent(vault.seal('x', 'a'))).toBe(true)
  })

  it('finds out every changed letter, and a secret that was moved to another mailbox', () => {
    const vault = openVault([current])
    const sealed = vault.seal('a password', 'mailbox:1')
    const start = sealed.lastIndexOf('.') + 1
    for (let at = start; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      const bent = sealed.slice(0, at) + other + sealed.slice(at + 1)
      expect(() => vault.open(bent, 'mailbox:1'), bent).toThrow(VaultError)
    }
    expect(() => vault.open(sealed, 'mailbox:2')).toThrow(/changed in the database/)
  })

  it('says which key is missing, and what to do without any', () => {
    const sealed = openVault([old]).seal('x', 'mailbox:1')
    expect(() => openVault([current]).open(sealed, 'mailbox:1')).toThrow(/KEYS_OLD/)
    expect(() => openVault([]).seal('x', 'mailbox:1')).toThrow(/MAMORI_ENCRYPTION_KEY is not set/)
  })
})
