import { type Pack, packs } from '../domain/drill.ts'
import type { Text } from '../text/text.ts'
import { Refused } from './problems.ts'

/** The pack that a form names. */
export function packIn(word: string, back: string): Pack {
  const pack = packs.find((one) => one === word)
  if (!pack) throw new Refused('changed_meanwhile', back)
  return pack
}

/** How a pack is called. */
export function packName(text: Text, pack: Pack): string {
  return pack === 'mixed' ? text.drills.mixed : text.category[pack]
}
