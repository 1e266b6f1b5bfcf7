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
  frame: 'The mail as it was formatted',
  frameHelp: 'Drag the lower edge of the frame to make it higher. Links open in a new tab.',
  frameAlone: 'See it in a tab of its own',
  preview: 'Preview',
  previewOf: (name) => `Preview of ${name}`,
  previewOpen: 'Open the attachment',
  previewClosed: 'This thread has shielded passages; its files may hold the like.',
  previewClosedHelp:
    'Opening it is recorded as seen. You can review and answer without opening it.',
  previewNone:
    'A file of this kind cannot be shown here. Save it, and check it for viruses before you open it.',
  previewTooLarge: 'This picture is too large to be shown here.',
  pictureAlt: 'The attached picture',
  pixels: (width, height) => `${width} × ${height} pixels`,
  pdfPages: (n) => `PDF, ${some(n, 'page')}`,
  pdfPage: (n) => `Words of page ${n}`,
  pdfHelp:
    'Only the words of the PDF are shown. Save it and open it in a program of its own for drawings, photographs and where words stand.',
  pdfUnread: 'This PDF cannot be read: it is damaged, encrypted or too large.',
  pdfNoText: 'This PDF has no words that could be taken out. It may be made of pictures only.',
  pdfCut: 'This is its beginning only.',
  pdfHeld: 'Its words may hold something that should stay shielded.',
  save: 'Save',
  back: 'Back to the thread',
  print: 'Print',
  printTitle: (reference) => `Record of thread ${reference}`,
  printNow: 'Print this page',
  printHelp:
    'Print it by your browser. Of shielded passages only those are printed that you showed on this page.',
  reference: 'Reference',
  mailbox: 'Mailbox',
  printedBy: 'Printed by',
  printedAt: 'Printed',
  held: '(shielded)',
}
