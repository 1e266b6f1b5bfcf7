import type { MailText } from './ja.mail.ts'

const unopened =
  'It cannot be read here and was not assessed. Save the original and open it in the mail program of somebody who has the key.'

/** How a mail that is more than its words is told in English. */
export const mail: MailText = {
  protection: {
    smime_signed:
      'This mail carries a signature (S/MIME). Whether it is valid is not checked here.',
    pgp_signed: 'This mail carries a signature (PGP). Whether it is valid is not checked here.',
    smime_encrypted: `This mail is encrypted (S/MIME). ${unopened}`,
    pgp_encrypted: `This mail is encrypted (PGP). ${unopened}`,
  },
  signedUnread:
    'Its text lies inside the signature and could not be taken out. Save the original and open it in a mail program.',
  noText: 'This mail has no text.',
  unreadableWhy: {
    time: 'Reading it took too long and was stopped.',
    memory: 'Reading it took too much memory and was stopped.',
    form: 'Its form is broken, or too complex.',
  },
  unreadableNext:
    'It is read again by itself after an upgrade of this program. If it is urgent, save the original and look at it.',
  unreadableDetail: 'Detail',
  header: 'Header of the mail, as it stands',
  invitation: {
    request: 'Invitation',
    cancel: 'Cancelled event',
    reply: 'Answer to an invitation',
    publish: 'Event',
  },
  what: 'What',
  when: 'When',
  where: 'Where',
  organizer: 'Organiser',
  attendees: 'Who',
  repeats: 'Repeats',
  until: (start, end) => `${start} – ${end}`,
  inZone: (time, zone) => `${time} (${zone})`,
  others: (n) => `and ${n} more`,
  attachedMail: 'Attached mail',
  from: 'From',
  subject: 'Subject',
  sent: 'Date',
  files: 'Attachments',
  moreFiles: (n) => `and ${n} more`,
  filesIn: (name) => `Files in ${name}`,
  filesInHelp:
    'To take them out, save this attachment and open it in a mail program that knows its form.',
  inlinePictures: (n) => `${n} ${n === 1 ? 'picture' : 'pictures'} in the text`,
  keptBack: '(shielded)',
}
