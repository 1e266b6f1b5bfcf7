import { referenceMark } from './reference.ts'

/** What mail programs put before a subject when they answer or pass on, in either language. */
const prefix =
  /^(?:(?:re|fwd?|aw|sv|返信|転送|回答)\s*(?:[[(]\d+[\])]|\d+)?\s*:|\[(?:#|no\.?)?\s*\d+\])\s*/i

/** The same before it is said twice; a number in brackets alone answers nothing. */
const answer =
  /^(?:\[[^\]]{0,40}\]\s*)?(?:re|fwd?|aw|sv|返信|転送|回答)\s*(?:[[(]\d+[\])]|\d+)?\s*:/i

/** Longer subjects differ early enough, and no key grows with hostile input. */
const keyLengthMax = 200

/** Words that say no more than that somebody writes: a subject of these alone names no matter. */
const generic = new RegExp(
  [
    'お?問い?合わ?せ|ご?質問|ご?相談|お願い|ご?連絡|ご?要望|ご?意見|ご?依頼|重要|至急|緊急|大事|急ぎ|件名なし|無題|未入力',
    'お世話になっております|お世話になります|はじめまして|初めまして|こんにちは|すみません|失礼します|テスト',
    'お?問い?合わ?せ?フォーム|フォーム|ホームページ|ウェブサイト|ウェブ|サイト|メール|送信|受信|受付|新着|自動|通知|内容|確認',
    '(?<![a-z])(?:no ?subject|none|hello|hi|hey|dear|help|support|urgent|important|asap|question|questions|inquiry|enquiry|query',
    'contact|us|form|request|message|mail|e-?mail|test|new|submission|website|web|site|feedback|info|information)(?![a-z])',
  ].join('|'),
  'g',
)
const joints =
  /(?:について|に関する|から|より|です|ます|ください|の件|ありました|がありました|[のにをがはへと件様])+|(?<![a-z])(?:from|the|a|an|your|our|my|of|for|via|to|about|re)(?![a-z])/g

/**
 * A subject without answer and forward marks, our reference code, width and case: what two mails
 * on the same matter share. Empty where nothing is left to tell one matter from another.
 */
export function subjectKeyOf(subject: string): string {
  let rest = plainOf(subject)
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = rest.replace(prefix, '')
  }
  return rest.toLowerCase().slice(0, keyLengthMax)
}

/** Whether a subject says of itself that it answers or passes on. */
export function hasAnswerMark(subject: string): boolean {
  return answer.test(plainOf(subject))
}

/** Whether a key would fit any matter: お問い合わせ, 【重要】, `Contact form`, nothing at all. */
export function isGenericKey(key: string): boolean {
  const named = key
    .replace(/【[^【】]{0,40}】|\[[^[\]]{0,40}\]/g, ' ')
    .replace(generic, ' ')
    .replace(joints, ' ')
  return !/[\p{L}\p{N}]/u.test(named)
}

/** The subject of an answer: one `Re:`, whatever was there before. */
export function answerSubject(subject: string): string {
  const bare = subject.replace(/^(?:\s*(?:re|返信)\s*(?:[[(]\d+[\])])?\s*[:：]\s*)+/i, '').trim()
  return `Re: ${bare}`
}

function plainOf(subject: string): string {
  const narrow = subject.slice(0, 1000).normalize('NFKC').slice(0, 1000)
  return narrow.replace(referenceMark, ' ').replace(/\s+/g, ' ').trim()
}
