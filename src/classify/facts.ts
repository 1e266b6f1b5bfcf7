import type { PastIncident, SenderHistory } from '../domain/assessment.ts'
import {
  copies,
  hoursHeld,
  kindsOf,
  lengthOf,
  questions,
  sameAfterRefusal,
  sameDemand,
  wordsPicked,
} from './contents.ts'
import {
  after,
  closes,
  counted,
  figure,
  incoming,
  type Measured,
  outgoing,
  says,
} from './counted.ts'
import type { Scanned } from './match.ts'
import { withCalls, withIncidents } from './outside.ts'

export type FactName = (typeof factNames)[number]

/** Every fact a rule may ask for by name. */
export const factNames = [
  'mails',
  'answers',
  'mails_after_refusal',
  'mails_after_final',
  'mails_after_request_to_stop',
  'refusals',
  'departments',
  'departments_after_refusal',
  'mails_in_a_row',
  'mails_within_an_hour',
  'mails_at_night',
  'same_demand',
  'same_after_refusal',
  'our_words_picked',
  'copies',
  'brief_mails',
  'questions',
  'hundreds_of_letters',
  'hours_held',
  'more_senders',
  'mails_before_answer',
  'settled',
  'signs_of_despair',
  'signs_of_leaving',
  'earlier_decisions',
  'earlier_warnings',
  'departments_by_history',
] as const

type Context = { readonly mails: readonly Scanned[]; readonly history: SenderHistory | undefined }

/** Parts by which our own mails are understood; the rule files must define them. */
export const ourParts = ['our_refusal', 'our_final', 'our_stop', 'our_redirect'] as const

/** Measures everything about a thread that no single mail shows. */
export function measure(
  mails: readonly Scanned[],
  history: SenderHistory | undefined,
): ReadonlyMap<FactName, Measured> {
  const context = { mails, history }
  return new Map(factNames.map((name) => [name, measures[name](context)]))
}

const measures: Readonly<Record<FactName, (context: Context) => Measured>> = {
  mails: ({ mails }) => counted(incoming(mails), '# mail(s) received', 'メール#通'),
  answers: ({ mails }) => counted(outgoing(mails), '# answer(s) from us', '当方の回答#通'),
  mails_after_refusal: (context) =>
    contacts(context, ['our_refusal', 'our_final'], {
      en: '# mail(s) after our refusal',
      ja: 'お断りの後に#通',
    }),
  mails_after_final: (context) =>
    contacts(context, ['our_final'], {
      en: '# mail(s) after our final answer',
      ja: '最終回答の後に#通',
    }),
  mails_after_request_to_stop: ({ mails }) =>
    counted(
      after(mails, ['our_stop']),
      '# mail(s) after we asked to stop',
      'お控えくださるようお願いした後に#通',
    ),
  refusals: ({ mails }) =>
    counted(
      outgoing(mails).filter((mail) => says(mail, ['our_refusal', 'our_final'])),
      '# refusal(s) by us',
      '当方のお断り#回',
    ),
  departments: ({ mails }) => departmentsOf(incoming(mails), redirected(mails)),
  departments_after_refusal: ({ mails }) =>
    departmentsOf(after(mails, ['our_refusal', 'our_final']), redirected(mails)),
  mails_in_a_row: ({ mails }) => longestRun(mails),
  mails_within_an_hour: ({ mails }) => densestHour(incoming(mails)),
  mails_at_night: ({ mails }) =>
    counted(incoming(mails).filter(atNight), '# mail(s) between 22:00 and 06:00', '22時〜6時に#通'),
  same_demand: ({ mails }) => sameDemand(mails),
  same_after_refusal: ({ mails }) => sameAfterRefusal(mails),
  our_words_picked: ({ mails }) => wordsPicked(mails),
  copies: ({ mails }) => copies(incoming(mails)),
  brief_mails: ({ mails }) =>
    counted(
      incoming(mails).filter(({ mail }) => mail.body.text.trim().length <= briefMax),
      '# mail(s) of a few words',
      'ごく短いメール#通',
    ),
  questions: ({ mails }) => questions(incoming(mails)),
  hundreds_of_letters: ({ mails }) => lengthOf(incoming(mails)),
  hours_held: ({ mails, history }) => withCalls(hoursHeld(mails), mails, incidentsOf(history)),
  more_senders: ({ mails }) => moreSenders(incoming(mails)),
  mails_before_answer: ({ mails }) => beforeAnswer(mails),
  settled: ({ mails }) => settled(incoming(mails)),
  signs_of_despair: ({ mails }) =>
    kindsOf(incoming(mails), 'life_', '# sign(s) of danger to life', '命に関わる兆し#種'),
  signs_of_leaving: ({ mails }) =>
    kindsOf(incoming(mails), 'leave_', '# sign(s) of leaving for ever', '別れの兆し#種'),
  earlier_decisions: ({ history }) =>
    figure(
      (history?.decisions ?? 0) + incidentsOf(history).length,
      '# earlier decision(s)',
      '過去の判断#回',
    ),
  earlier_warnings: ({ history }) =>
    figure(history?.warnings ?? 0, '# earlier warning(s)', '過去の警告#回'),
  departments_by_history: ({ history }) =>
    figure(history?.departments ?? 0, '# department(s) in 30 days', '30日間に#部署'),
}

/** Harassment outside mail counts as much as a mail, once two people confirmed it. */
function contacts(
  { mails, history }: Context,
  parts: readonly string[],
  words: { readonly en: string; readonly ja: string },
): Measured {
  return withIncidents(after(mails, parts), mails, parts, incidentsOf(history), words)
}

function incidentsOf(history: SenderHistory | undefined): readonly PastIncident[] {
  return history?.incidents ?? []
}

/** A mail of no more letters than this says no more than that it waits. */
const briefMax = 24

function boxOf({ mail }: Scanned): string {
  return (mail.message.to[0] ?? '').toLowerCase().split('@', 1)[0] ?? ''
}

/** Mailboxes that we sent them to; writing there is no pressure. */
function redirected(mails: readonly Scanned[]): ReadonlySet<string> {
  const ours = outgoing(mails).filter((one) => says(one, ['our_redirect']))
  const named = ours.flatMap(({ mail }) =>
    [...mail.message.body.matchAll(/([\w.-]{1,64})@[\w.-]{3,100}/g)].map(([, box = '']) =>
      box.toLowerCase(),
    ),
  )
  return new Set(named)
}

function departmentsOf(mails: readonly Scanned[], sentTo: ReadonlySet<string>): Measured {
  const boxes = new Set(mails.map(boxOf).filter((box) => box !== '' && !sentTo.has(box)))
  return figure(boxes.size, '# mailbox(es) written to', '宛先#か所', mails.at(-1)?.mail.index ?? 0)
}

/** Longest run of their mails without an answer of ours, each within an hour of the one before. */
function longestRun(mails: readonly Scanned[]): Measured {
  const runGapMs = 3_600_000
  let run = 0
  let best = { value: 0, message: 0 }
  let last: number | null = null
  for (const { mail } of mails) {
    if (mail.message.dir === 'out') {
      run = 0
      last = null
      continue
    }
    run = last !== null && mail.at - last <= runGapMs ? run + 1 : 1
    last = mail.at
    if (run > best.value) best = { value: run, message: mail.index }
  }
  return figure(
    best.value,
    '# mail(s) in a row, each within an hour of the one before',
    '1時間以内の間隔で続けて#通',
    best.message,
  )
}

function densestHour(mails: readonly Scanned[]): Measured {
  let first = 0
  let best = { value: 0, message: 0 }
  for (const [at, { mail }] of mails.entries()) {
    while (mail.at - (mails[first]?.mail.at ?? mail.at) > 3_600_000) first += 1
    if (at - first + 1 > best.value) best = { value: at - first + 1, message: mail.index }
  }
  return figure(best.value, '# mail(s) within one hour', '1時間以内に#通', best.message)
}

/** By the writer's own clock, where the date carries one; an instant in UTC is read in Japan. */
function atNight({ mail }: Scanned): boolean {
  const [, told = '12', zone = ''] = /T(\d{2}).*?(Z?)$/.exec(mail.message.date) ?? []
  const hour = zone === 'Z' ? (Number(told) + hoursAheadOfUtc) % 24 : Number(told)
  return hour >= 22 || hour < 6
}

/** Of Japan, all year round. */
const hoursAheadOfUtc = 9

/** Addresses that they wrote from, beyond the first. */
function moreSenders(theirs: readonly Scanned[]): Measured {
  const from = new Set(theirs.map(({ mail }) => mail.message.from.toLowerCase()))
  return figure(Math.max(0, from.size - 1), '# further sender(s)', '別の差出人#件')
}

/** Mails that had to follow the first one before anybody here answered. */
function beforeAnswer(mails: readonly Scanned[]): Measured {
  const answered = mails.findIndex(({ mail }) => mail.message.dir === 'out')
  const early = incoming(answered === -1 ? mails : mails.slice(0, answered)).slice(1)
  return counted(early, '# more mail(s) before we answered', '当方の回答の前にさらに#通')
}

/** Whether their last mail thanks and asks nothing more. */
function settled(theirs: readonly Scanned[]): Measured {
  const last = theirs.at(-1)
  const done = theirs.length > 1 && last !== undefined && closes(last)
  return figure(
    done ? 1 : 0,
    '# mail(s) closing the matter',
    '結びのご挨拶#通',
    last?.mail.index ?? 0,
  )
}
