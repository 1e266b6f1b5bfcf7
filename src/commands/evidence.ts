import { exportCase } from '../flow/export.ts'
import type { House } from '../flow/house.ts'
import type { Io } from './command.ts'
import { makePackage } from './package.ts'

const usage =
  'usage: evidence SENDER --out FILE.zip [--lang ja|en] [--mask-others] [--mask WORDS]... [--json]'

const options = {
  mask: { type: 'string', multiple: true, default: [] as string[] },
  'mask-others': { type: 'boolean', default: false },
} as const

/** `evidence SENDER --out FILE.zip`: everything about one sender, for others to check. */
export function evidence(house: House, args: readonly string[], io: Io): Promise<void> {
  return makePackage(house, args, io, {
    ...{ usage, options },
    make(take, wished, values) {
      const hide = { others: values['mask-others'], words: values.mask }
      return exportCase(house, take, { ...wished, hide })
    },
    say: ({ masked }) => (masked > 0 ? [`${masked} names, addresses or words are masked`] : []),
  })
}
