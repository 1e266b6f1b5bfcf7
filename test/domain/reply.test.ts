import { describe, expect, it } from 'vitest'
import { apply, type Matter, queueStateOf } from '../../src/domain/matter.ts'
import type { Person } from '../../src/domain/person.ts'
import {
  approveLetter,
  changeReply,
  returnReply,
  submitReply,
  withdrawReply,
} from '../../src/domain/reply.ts'
import { decisionOf, giveReview } from '../../src/domain/thread.ts'
import { after, answerOf, at, harassment, ids, mailIn, newMatter } from '../support/matters.ts'
import { kato, sato, suzuki, takahashi } from '../support/people.ts'

const writing = (revision = 1, letterId = 'letter-1') => ({
  letterId,
  revision,
  contentSha256: 'words',
})
const submitted = (m = newMatter(), who: Person = sato) =>
  after(m, submitReply(m, writing(m.thread.revision), who, at, ids()))
/** What a page shows of the letter as it stands. */
const seenIn = (m: Matter) => ({
  contentSha256: m.letters[0]?.contentSha256 ?? '',
  messageId: '<1@x.example>',
  mailSha256: 'mail',
})
const approved = (m: Matter, who: Person, seen = seenIn(m)) =>
  approveLetter(m, 'letter-1', seen, who, at, ids())
const changing = (m: Matter, contentSha256: string) => ({
  contentSha256,
  before: m.letters[0]?.contentSha256 ?? '',
})

describe('a reply to ordinary mail', () => {
  it('is the first review when it is written, and the second when another person approves it', () => {
    const waiting = submitted()
    expect(waiting.thread.reviews).toMatchObject([
      { reviewer: 'sato', verdict: { kind: 'ordinary' } },
    ])
    expect(queueStateOf(waiting)).toBe('approval')

    const sent = after(waiting, approved(waiting, suzuki))
    expect(decisionOf(sent.thread)).toMatchObject({
      outcome: 'ordinary',
      reviewers: ['sato', 'suzuki'],
    })
    expect(sent.letters[0]).toMatchObject({ state: 'queued', author: 'sato', approver: 'suzuki' })
    expect(queueStateOf(sent)).toBe('done')
  })

  it('is never approved by its author, nor by somebody who only reads', () => {
    expect(answerOf(approved(submitted(), sato))).toBe('own_reply')
    expect(answerOf(approved(submitted(), takahashi))).toBe('not_allowed')
  })

  it('belongs to whoever rewrote it, so that another person approves the new words', () => {
    const waiting = submitted()
    const change = changing(waiting, 'new words')
    const changed = after(waiting, changeReply(waiting, 'letter-1', change, suzuki, at, ids()))
    expect(answerOf(approved(changed, suzuki))).toBe('own_reply')
    expect(answerOf(approved(changed, sato))).toBe('accepted')
    expect(answerOf(approved(changed, kato))).toBe('accepted')
  })

  it('is approved and changed only as it was seen', () => {
    const waiting = submitted()
    const before = seenIn(waiting)
    const change = changing(waiting, 'new words')
    const changed = after(waiting, changeReply(waiting, 'letter-1', change, suzuki, at, ids()))
    expect(answerOf(approved(changed, kato, before))).toBe('mail_changed')
    expect(answerOf(changeReply(changed, 'letter-1', change, kato, at, ids()))).toBe('mail_changed')
    const same = changing(changed, 'new words')
    expect(answerOf(changeReply(changed, 'letter-1', same, kato, at, ids()))).toBe(
      'reply_unchanged',
    )
  })

  it('may go back and forth, and never leaves on the word of who wrote it last', () => {
    const waiting = submitted()
    const first = changing(waiting, 'by suzuki')
    const bySuzuki = after(waiting, changeReply(waiting, 'letter-1', first, suzuki, at, ids()))
    const second = changing(bySuzuki, 'by sato again')
    const bySato = after(bySuzuki, changeReply(bySuzuki, 'letter-1', second, sato, at, ids()))
    expect(bySato.letters[0]?.author).toBe('sato')
    expect(answerOf(approved(bySato, sato))).toBe('own_reply')
    const sent = after(bySato, approved(bySato, suzuki))
    expect(sent.letters[0]).toMatchObject({ state: 'queued', author: 'sato', approver: 'suzuki' })
    expect(sent.thread.decisions).toHaveLength(1)
  })

  it('goes back to its author with a remark, who hands it over again', () => {
    const waiting = submitted()
    expect(answerOf(returnReply(waiting, 'letter-1', ' ', suzuki, at))).toBe('reason_missing')
    const returned = after(waiting, returnReply(waiting, 'letter-1', '金額が違います', suzuki, at))
    expect(returned.letters[0]).toMatchObject({ state: 'returned', remark: '金額が違います' })
    expect(answerOf(submitReply(returned, writing(), kato, at, ids()))).toBe('not_author')
    expect(answerOf(submitReply(returned, writing(), sato, at, ids()))).toBe('accepted')
  })

  it('is outdated by new mail until its author hands it over again', () => {
    const overtaken = apply(submitted(), mailIn('message-2'))
    expect(answerOf(approved(overtaken, suzuki))).toBe('stale_revision')
    expect(answerOf(submitReply(overtaken, writing(1), sato, at, ids()))).toBe('stale_revision')
    expect(answerOf(submitReply(overtaken, writing(2), sato, at, ids()))).toBe('accepted')
  })

  it('can be withdrawn by who wrote it, and is written once at a time', () => {
    const waiting = submitted()
    expect(answerOf(submitReply(waiting, writing(1, 'letter-2'), suzuki, at, ids()))).toBe(
      'reply_open',
    )
    expect(answerOf(withdrawReply(waiting, 'letter-1', kato, at))).toBe('not_author')
    const gone = after(waiting, withdrawReply(waiting, 'letter-1', sato, at))
    expect(gone.letters[0]?.state).toBe('cancelled')
    expect(answerOf(submitReply(gone, writing(1, 'letter-2'), sato, at, ids()))).toBe('accepted')
  })
})

describe('a reply while reviews are open', () => {
  const reviewed = () => {
    const matter = newMatter()
    const step = giveReview(matter.thread, { revision: 1, opinion: harassment() }, sato, at, ids())
    return after(matter, step)
  }

  it('waits for the second review, and tells nobody what the first one said', () => {
    expect(answerOf(submitReply(reviewed(), writing(), suzuki, at, ids()))).toBe('review_first')
    expect(answerOf(submitReply(reviewed(), writing(), sato, at, ids()))).toBe('review_first')
  })

  it('is possible after a harassment decision: a fair request in a rude mail is answered', () => {
    const first = reviewed()
    const both = after(
      first,
      giveReview(first.thread, { revision: 1, opinion: harassment() }, suzuki, at, ids()),
    )
    const waiting = submitted(both, kato)
    expect(answerOf(approved(waiting, kato))).toBe('own_reply')
    expect(answerOf(approved(waiting, sato))).toBe('accepted')
  })

  it('is not written to a machine', () => {
    const machine = { ...mailIn('message-1'), nature: 'auto_generated' as const }
    const start = newMatter(0)
    const matter = apply(start, machine as never)
    expect(queueStateOf(matter)).toBe('filed')
    expect(answerOf(submitReply(matter, writing(), sato, at, ids()))).toBe('recipient_not_a_person')
  })
})
