import { discloseTo } from '../flow/disclosure.ts'
import type { House } from '../flow/house.ts'
import type { Io } from './command.ts'
import { makePackage } from './package.ts'

/** `disclose SENDER --out FILE.zip`: what is kept on a person, for that person. */
export function disclose(house: House, args: readonly string[], io: Io): Promise<void> {
  return makePackage(house, args, io, {
    usage: 'usage: disclose SENDER --out FILE.zip [--lang ja|en] [--json]',
    options: {},
    make: (take, wished) => discloseTo(house, take, wished),
    say: ({ withheld }) => withheld.map(({ part, ground }) => `withheld: ${part} (${ground})`),
  })
}
