import type { Event } from '../domain/event.ts'
import { applyToToken, type Token } from '../domain/token.ts'
import { sealing } from '../store/sealing.ts'
import type { Store } from '../store/store.ts'

/** Keeps what an event says of a token. */
export function noteToken(tokens: Map<string, Token>, event: Event): void {
  if (!('tokenId' in event)) return
  const next = applyToToken(tokens.get(event.tokenId) ?? null, event)
  if (next) tokens.set(event.tokenId, next)
}

/** No token opens anything, or more, but by an event. When it was last used is no part of that. */
export async function flawsOfTokens(
  store: Store,
  tokens: ReadonlyMap<string, Token>,
): Promise<string[]> {
  const stored = await store.apiTokens.list()
  const known = new Set(stored.map(({ id }) => id))
  const gone = [...tokens.keys()].filter((id) => !known.has(id))
  return [
    ...gone.map((id) => `token ${id} is in the log and not in the database`),
    ...stored.flatMap(({ createdAt: _, endedAt: __, endedBy: ___, lastUsedOn: ____, ...token }) => {
      const said = tokens.get(token.id)
      if (!said) return [`token ${token.id} is in no event`]
      const same = sealing.canonical(said) === sealing.canonical(token)
      return same ? [] : [`token ${token.id} is not as its events say`]
    }),
  ]
}
