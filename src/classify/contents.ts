import { subjectKeyOf } from '../domain/subject.ts'
import { after, counted, figure, incoming, type Measured } from './counted.ts'
import { hoursIn } from './hours.ts'
import { alike, citesAny, pairsOf, quotedIn, shared, termsOf } from './likeness.ts'
import type { Scanned } from './match.ts'

/** Their later mails that share most of what the first one asks for. */
export function sameDemand(mails: readonly Scanned[]): Measured {
  const theirs = incoming(mails)
  const first = theirs[0]
  if (!first) return figure(0, '# mail(s) with the same demand', '同じ要求のメール#通')
  const key = termsOf(first.mail.all)
  const needed = Math.max(1, Math.min(2, key.size))
  const matter = subjectKeyOf(first.mail.message.subject)
  const again = theirs.slice(1).filter(({ mail }) => {
    const sameSubject = matter !== '' && subjectKeyOf(mail.message.subject) === matter
    return sameSubject || shared(key, termsOf(mail.all)) >= needed
  })
  return counted(again, '# later mail(s) with the same demand', '同じ要求の繰り返し#通')
}

/** Their mails after a refusal that speak of what their first mail spoke of. */
export function sameAfterRefusal(mails: readonly Scanned[]): Measured {
  const first = incoming(mails)[0]
  const key = first ? termsOf(first.mail.all) : new Set<string>()
  const needed = Math.max(1, Math.min(2, key.size))
  const again = after(mails, ['our_refusal', 'our_final']).filter(
    ({ mail }) => shared(key, termsOf(mail.body.text)) >= needed,
  )
  return counted(again, '# mail(s) after our refusal on the same matter', 'お断りの後も同じ件で#通')
}

/** Their mails that hold up in quotation marks words which one of our mails had said before. */
export function wordsPicked(mails: readonly Scanned[]): Measured {
  let ours = ''
  const picking: Scanned[] = []
  for (const one of mails) {
    if (one.mail.message.dir === 'out') ours += `\n${one.mail.all}`
    else {
      ours += quotedIn(one.mail.message.body)
      if (citesAny(one.mail.all, ours)) picking.push(one)
    }
  }
  return counted(picking, '# mail(s) picking up our own words', '当方の言葉を引いたメール#通')
}

/** Mails that say nearly the same as one before; a few letters prove nothing. */
export function copies(theirs: readonly Scanned[]): Measured {
  const seen: ReadonlySet<string>[] = []
  const again = theirs.filter(({ mail }) => {
    const pairs = new Set(pairsOf(mail.body.text.slice(0, 1000).replace(/\s/g, '')))
    const known = pairs.size >= 8 && seen.some((one) => alike(one, pairs))
    seen.push(pairs)
    return known
  })
  return counted(again, '# mail(s) in nearly the words of another', 'ほぼ同じ文面のメール#通')
}

export function questions(theirs: readonly Scanned[]): Measured {
  const asked = theirs.reduce(
    (sum, { mail }) => sum + (mail.spoken.match(/[?？]|か。|か(?=\n|$)/g)?.length ?? 0),
    0,
  )
  return figure(asked, '# question(s)', '質問#件')
}

export function lengthOf(theirs: readonly Scanned[]): Measured {
  const letters = theirs.reduce((sum, { mail }) => sum + mail.body.text.length, 0)
  return figure(Math.round(letters / 100), '#00 letters', '約#00字')
}

/** Most hours for which staff are, were or shall be kept busy, by either side's words. */
export function hoursHeld(mails: readonly Scanned[]): Measured {
  let best = { value: 0, message: 0 }
  for (const { mail, spoken, all } of mails) {
    const view = mail.message.dir === 'out' ? all : spoken
    const holding = new Set(view.get('hold_context')?.map(({ sentence }) => sentence))
    const waiting = new Set(view.get('wait_context')?.map(({ sentence }) => sentence))
    for (const sentence of holding) {
      const stretch = mail.sentences[sentence]
      if (!stretch || waiting.has(sentence)) continue
      const value = Math.round(hoursIn(mail.all.slice(stretch.start, stretch.end)))
      if (value > best.value) best = { value, message: mail.index }
    }
  }
  return figure(best.value, '# hour(s) for which staff are held', '拘束#時間', best.message)
}

/** Different signs of one family, told by how their names begin: each is quiet, many are not. */
export function kindsOf(
  theirs: readonly Scanned[],
  family: string,
  en: string,
  ja: string,
): Measured {
  const namesIn = ({ spoken }: Scanned) =>
    [...spoken.keys()].filter((name) => name.startsWith(family))
  const last = theirs.findLast((one) => namesIn(one).length > 0)
  return figure(new Set(theirs.flatMap(namesIn)).size, en, ja, last?.mail.index ?? 0)
}
