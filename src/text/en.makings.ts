import type { MakingsText } from './ja.makings.ts'
import { plural } from './plural.ts'

/** The same in English. */
export const enMakings: MakingsText = {
  under: (mails, of) =>
    mails < of
      ? `The file is being made: ${mails} of ${plural(of, 'mail')}`
      : 'The file is being made: the report',
  ready: 'The file is ready. It can be saved for 15 minutes.',
  save: (size) => `Save (${size})`,
  look: 'See how far it is',
  back: 'Back',
  leave: 'The work goes on when you leave this page.',
}
