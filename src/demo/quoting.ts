import type { Quoting } from './story/told.ts'

/** The mail that is answered, as far as a quotation shows it. */
export type Quoted = {
  readonly name: string
  readonly address: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly date: Date
}

/** The answered mail as Gmail, Outlook or a telephone puts it below the answer, in Japanese. */
export function quotation(quoting: Quoting, { name, address, to, subject, ...mail }: Quoted) {
  const { year, month, day, weekday, hour, minute } = clockOf(mail.date)
  switch (quoting) {
    case 'gmail':
      return [
        `${year}年${month}月${day}日(${weekday}) ${hour}:${minute} ${name} <${address}>:`,
        '',
        marked(mail.text),
      ].join('\n')
    case 'phone':
      return [
        'iPhoneから送信',
        '',
        `${year}/${month}/${day} ${hour}:${minute}、${name} <${address}>のメール:`,
        '',
        marked(mail.text),
      ].join('\n')
    case 'outlook':
      return [
        '________________________________',
        `差出人: ${name} <${address}>`,
        `送信日時: ${year}年${month}月${day}日 ${hour}:${minute}`,
        `宛先: ${to}`,
        `件名: ${subject}`,
        '',
        mail.text,
      ].join('\n')
  }
}

function marked(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
}

const clock = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The parts of an instant on a Japanese wall clock. */
function clockOf(date: Date) {
  const parts = clock.formatToParts(date)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((one) => one.type === type)?.value ?? ''
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    weekday: part('weekday'),
    hour: part('hour'),
    minute: part('minute'),
  }
}
