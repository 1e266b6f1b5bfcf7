/**
 * What programs say that write no report by RFC 3464: qmail, Exim, sendmail, Exchange, Domino, the
 * Japanese carriers. In lower case; looked for as they stand, so that no text takes long.
 */
export const failedWords = [
  'could not be delivered',
  "couldn't be delivered",
  'cannot be delivered',
  'not be able to be delivered',
  'was not delivered',
  'has not been delivered',
  'undeliverable',
  'undelivered',
  'delivery has failed',
  'delivery failed',
  'delivery failure',
  'delivery status notification (failure)',
  'permanent error',
  'permanent fatal error',
  'returned mail',
  'returned to sender',
  'failure notice',
  'mail system error',
  "wasn't able to deliver",
  'unable to deliver',
  'did not reach',
  'user unknown',
  'unknown user',
  'no such user',
  'mailbox unavailable',
  'mailbox full',
  'mailbox is full',
  'over quota',
  'quota exceeded',
  'address rejected',
  '配信できません',
  '配信できなかった',
  '配信不能',
  '配信に失敗',
  '配達できません',
  '送信できません',
  '送信できなかった',
  '届けられません',
  'お届けできません',
  'お届けできなかった',
  '宛先不明',
  'あて先不明',
  '宛先が存在しません',
  '容量を超え',
  '不達',
] as const

export const delayedWords = [
  'delivery delayed',
  'has been delayed',
  'is delayed',
  'delayed mail',
  'delivery status notification (delay)',
  'could not send message for past',
  'not yet been delivered',
  'will continue to try',
  'will keep trying',
  'still trying',
  '配信が遅れ',
  '配信の遅延',
  '遅延しています',
  '再送を試み',
] as const

/** Machines that answer for somebody who is not there. */
export const awayWords = [
  'out of office',
  'out of the office',
  'out-of-office',
  'on vacation',
  'on holiday',
  'on annual leave',
  'on leave',
  'on a business trip',
  'away from',
  'currently away',
  'will be back',
  'will return',
  'limited access to email',
  '不在',
  '休暇',
  '休業',
  '休職',
  '育休',
  '産休',
  '席を外',
  '出張',
  '外出',
  '夏季休',
  '年末年始',
] as const

/** Answers that want to be answered before a mail goes through. */
export const challengeWords = [
  'confirm your message',
  'confirm that you are human',
  'confirm your email',
  'verify your message',
  'verify that you are human',
  'sender verification',
  'sender address verification',
  'awaiting verification',
  'requires verification',
  'to release your message',
  'whitelist request',
  'approved senders list',
  '送信者認証',
  '送信者の確認',
  '送信元の確認',
  '認証を行って',
  '承認されるまで',
] as const

/**
 * Subjects that answering machines begin with, before the subject that they answer. People write
 * about a missed delivery (不在通知) or an automatic mail as well: the mark has to end there.
 */
export const autoSubject =
  /^[[【(]?(?:automatic reply|auto[- ]?reply|auto[- ]?response|autoresponder|out of (?:the )?office|vacation|away|自動応答|自動返信|自動送信|自動回答|不在通知|不在応答|不在のお知らせ)(?: message| notice|メール)?\s{0,3}(?:[:：\]】)]|$)/i

/** What a reason means where no code says it (RFC 3463). */
export const reasons: readonly (readonly [string, string])[] = [
  ['user unknown', '5.1.1'],
  ['unknown user', '5.1.1'],
  ['no such user', '5.1.1'],
  ['宛先不明', '5.1.1'],
  ['あて先不明', '5.1.1'],
  ['宛先が存在しません', '5.1.1'],
  ['mailbox full', '5.2.2'],
  ['mailbox is full', '5.2.2'],
  ['over quota', '5.2.2'],
  ['quota exceeded', '5.2.2'],
  ['容量を超え', '5.2.2'],
]
