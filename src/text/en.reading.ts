import type { ReadingText } from './ja.reading.ts'

const some = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** How mails, their files and the printed page are spoken of in English. */
export const enReading: ReadingText = {
  views: 'Ways to look at this mail',
  text: 'Text',
  formatted: 'Formatted',
  original: 'Source',
  picture: 'Picture',
  closed: (view, passages, files) =>
    `${view}: shows ${[
      passages > 0 ? some(passages, 'shielded passage') : '',
      files > 0 ? some(files, 'picture') : '',
    ]
      .filter((part) => part !== '')
      .join(' and ')}`,
  closedHelp: 'Each of them is recorded as seen when you open it.',
  unavailable:
    'This mail cannot be shown formatted: it has no HTML, or none that can be made safe. Read its text or its source.',
  sourceCut: 'It is long: this is its beginning. Save “Original (.eml)” for the whole.',
  leftOut: (n) =>
    `${some(n, 'picture')} from elsewhere ${n === 1 ? 'was' : 'were'} not loaded. The sender does not learn that the mail was opened.`,
  pictures: 'Pictures from elsewhere',
  picturesLoaded:
    'Pictures in this sender’s mail are loaded. Our server fetches them, but the sender may learn that the mail was opened.',
  picturesOff:
    'Our server fetches them, in mail whose sender is verified only. The sender may learn that the mail was opened. They are never loaded in a thread with shielded passages.',
  picturesAllow: 'Load this sender’s pictures',
  picturesStop: 'Stop loading pictures',
  frame: 'The mail as it was formatted',
  frameHelp: 'Drag the lower edge of the frame to make it higher. Links open in a new tab.',
  frameAlone: 'See it in a tab of its own',
  preview: 'Preview',
  previewOf: (name) => `Preview of ${name}`,
  previewClosed: 'This file may hold something that should stay shielded.',
  previewClosedHelp:
    'Opening it is recorded as seen. You can review and answer without opening it.',
  previewNone:
    'This file cannot be shown here: it is of another kind, damaged, locked or too large. Save it, and check it for viruses before you open it.',
  previewHelp:
    'This is a picture drawn anew of what is in the file. The file itself was opened neither on this page nor on your computer.',
  previewPicture: 'The attached picture',
  pdfPageOf: (n, all) => `PDF, page ${n} of ${all}`,
  pdfWords: 'The words of this page',
  open: 'Show it',
  save: 'Save the file',
  back: 'Back to the thread',
}
