import { sealing, sha256 } from '../store/sealing.ts'
import type { Book } from './verify.rows.ts'

/** Every version of the policy, with the words that its hash covers. */
export const policyVersionsBook: Book<'policyVersions'> = {
  name: 'policyVersions',
  what: 'version of the policy',
  note(said, event) {
    if (event.kind !== 'policy_published') return
    const { place, policySha256, version, at, by } = event
    said.set(String(place), { named: policySha256, words: policySha256, version, at, by })
  },
  kept({ place, sha256: named, words, at, by }) {
    const hash = sha256(sealing.canonical(words))
    return [String(place), { named, words: hash, version: words.version, at, by }]
  },
}

/** Who has read which of them, and when. */
export const policyConfirmationsBook: Book<'policyConfirmations'> = {
  name: 'policyConfirmations',
  what: 'confirmation of the policy',
  note(said, event) {
    if (event.kind !== 'policy_confirmed') return
    const { confirmationId, policySha256: version, by, at } = event
    said.set(confirmationId, { personId: by, sha256: version, at })
  },
  kept: ({ id, ...rest }) => [id, rest],
}
