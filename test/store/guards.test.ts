import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { temporaryFolder } from '../support/folder.ts'

/** What the domain refuses the database refuses too: tried here by somebody with plain SQL. */
describe('the database itself refuses', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let store: Store
  let sql: Database.Database

  beforeEach(() => {
    folder = temporaryFolder()
    store = openStore(`file:${join(folder.path, 'x.db')}`, () => undefined)
    sql = new Database(join(folder.path, 'x.db'))
    sql.pragma('foreign_keys = ON')
  })

  afterEach(async () => {
    sql.close()
    await store.close()
    folder[Symbol.dispose]()
  })

  const insertReview = (place: number, reviewer: string, id = `${place}-${reviewer}`) =>
    sql
      .prepare(
        `insert into reviews (id, thread_id, revision, place, reviewer, verdict, demand, fair_request, reason, at)
         values (?, 't', 1, ?, ?, '{}', 'none', '', '', '2026')`,
      )
      .run(id, place, reviewer)

  const insertDecision = (first: string, second: string, settledBy: string | null = null) =>
    sql
      .prepare(
        `insert into decisions (id, thread_id, revision, how, outcome, needs_reply, categories, severity,
           first_reviewer, second_reviewer, settled_by, reason, at)
         values ('d', 't', 1, ?, 'harassment', 0, '[]', 3, ?, ?, ?, '', '2026')`,
      )
      .run(settledBy === null ? 'agreed' : 'settled', first, second, settledBy)

  const insertMeasure = () =>
    sql
      .prepare(
        `insert into measures (id, kind, sender_id, thread_id, decision_id, first_reviewer, second_reviewer,
           proposer, reason, skip_warning, state, proposed_at)
         values ('m', 'suspension', 's', 't', 'd', 'sato', 'suzuki', 'sato', 'r', '', 'proposed', '2026')`,
      )
      .run()

  const insertLetter = (over: Record<string, unknown> = {}) => {
    const row = {
      id: 'l',
      kind: 'reply',
      thread_id: 't',
      measure_id: null,
      revision: 1,
      state: 'queued',
      author: 'sato',
      approver: 'suzuki',
      from_address: 'a@x.example',
      from_name: '',
      to_address: 'b@x.example',
      subject: 's',
      body: 'b',
      content_sha256: 'h',
      message_id: '<1@x.example>',
      references: '[]',
      remark: '',
      attempts: 0,
      answer: '',
      written_at: '2026',
      ...over,
    }
    const names = Object.keys(row)
    const marks = names.map(() => '?').join(', ')
    sql
      .prepare(`insert into letters (${names.map((n) => `"${n}"`).join(', ')}) values (${marks})`)
      .run(...Object.values(row))
  }

  const bothReviews = () => {
    insertReview(1, 'sato')
    insertReview(2, 'suzuki')
  }

  it('a second review by the same person, and a third review', () => {
    insertReview(1, 'sato')
    expect(() => insertReview(2, 'sato', 'again')).toThrow(/UNIQUE/)
    insertReview(2, 'suzuki')
    expect(() => insertReview(2, 'kato')).toThrow(/UNIQUE/)
    expect(() => insertReview(3, 'kato')).toThrow(/two_reviews_at_most/)
  })

  it('to change or delete a review or a decision', () => {
    bothReviews()
    insertDecision('sato', 'suzuki')
    expect(() => sql.exec(`update reviews set reason = 'x'`)).toThrow(/never changes/)
    expect(() => sql.exec(`delete from reviews`)).toThrow(/never deleted/)
    expect(() => sql.exec(`update decisions set outcome = 'ordinary'`)).toThrow(/never changes/)
    expect(() => sql.exec(`delete from decisions`)).toThrow(/never deleted/)
  })

  it('a decision by one person, without two reviews, or settled by one of the reviewers', () => {
    expect(() => insertDecision('sato', 'sato')).toThrow(/two_different_reviewers|two reviews/)
    expect(() => insertDecision('sato', 'suzuki')).toThrow(/rests on two reviews/)
    bothReviews()
    expect(() => insertDecision('sato', 'suzuki', 'sato')).toThrow(/no_decider_among_the_reviewers/)
    expect(() => insertDecision('sato', 'suzuki', 'tanaka')).not.toThrow()
  })

  it('a measure without a harassment decision, and one confirmed by somebody involved', () => {
    expect(insertMeasure).toThrow(/FOREIGN KEY|harassment decision/)
    bothReviews()
    insertDecision('sato', 'suzuki')
    insertMeasure()
    const confirm = (who: string) =>
      sql.prepare(`update measures set state = 'confirmed', confirmer = ?`).run(who)
    expect(() => confirm('suzuki')).toThrow(/confirmer_uninvolved/)
    expect(() => confirm('sato')).toThrow(/confirmer_uninvolved/)
    expect(() => sql.exec(`update measures set state = 'confirmed'`)).toThrow(
      /in_force_only_if_confirmed/,
    )
    expect(() => confirm('tanaka')).not.toThrow()
  })

  it('a suspension in force before its notice was accepted', () => {
    bothReviews()
    insertDecision('sato', 'suzuki')
    insertMeasure()
    sql.exec(`update measures set state = 'confirmed', confirmer = 'tanaka'`)
    const enforce = () => sql.exec(`update measures set state = 'in_force', ends_at = '2027'`)
    expect(enforce).toThrow(/only once its notice was accepted/)
    insertLetter({ kind: 'suspension', measure_id: 'm', state: 'sending' })
    expect(enforce).toThrow(/only once its notice was accepted/)
    sql.exec(`update letters set state = 'sent'`)
    expect(enforce).not.toThrow()
  })

  it('a letter that its own author approved, or that nobody did', () => {
    expect(() => insertLetter({ approver: 'sato' })).toThrow(/nobody_approves_their_own/)
    expect(() => insertLetter({ approver: null })).toThrow(/nothing_leaves_unapproved/)
    expect(() => insertLetter({ message_id: null })).toThrow(/nothing_leaves_unapproved/)
  })

  it('to change an approved letter, to send one again, and a second notice of a measure', () => {
    bothReviews()
    insertDecision('sato', 'suzuki')
    insertMeasure()
    insertLetter({ kind: 'suspension', measure_id: 'm' })
    expect(() => sql.exec(`update letters set body = 'other'`)).toThrow(
      /approved letter never changes/,
    )
    expect(() => sql.exec(`update letters set message_id = '<2@x>'`)).toThrow(
      /approved letter never changes/,
    )
    expect(() =>
      insertLetter({ id: 'l2', message_id: '<3@x>', kind: 'suspension', measure_id: 'm' }),
    ).toThrow(/UNIQUE/)
    sql.exec(`update letters set state = 'sent'`)
    expect(() => sql.exec(`update letters set state = 'queued'`)).toThrow(/not sent again/)
  })

  it('to send a reply to a muted sender', () => {
    bothReviews()
    insertDecision('sato', 'suzuki')
    insertMeasure()
    sql.exec(`update measures set state = 'confirmed', confirmer = 'tanaka'`)
    insertLetter({
      id: 'n',
      kind: 'suspension',
      measure_id: 'm',
      state: 'sent',
      message_id: '<n@x>',
    })
    sql.exec(`update measures set state = 'in_force', ends_at = '2027-01-01T00:00:00.000Z'`)
    sql.exec(
      `insert into threads (id, mailbox_id, sender_id, subject, subject_key, subject_shielded, version, revision,
         state, rank, urgent, disputed, filed, muted, unverified, severity, categories, flags, gist, message_count,
         waiting_since, last_at)
       values ('t', 'b', 's', '', '', 0, 1, 1, 'done', 9, 0, 0, 0, 0, 0, 0, '[]', '[]', '[]', 1, '2026', '2026')`,
    )
    insertLetter()
    const send = (lease: string) =>
      sql.prepare(`update letters set state = 'sending', lease_until = ? where id = 'l'`).run(lease)
    expect(() => send('2026-12-01T00:00:00.000Z')).toThrow(/no reply leaves to a muted sender/)
    expect(() => send('2027-06-01T00:00:00.000Z')).not.toThrow()
  })

  it('to change, delete or insert an event out of order', async () => {
    await store.record([{ kind: 'sign_in_failed', at: '2026', by: null, email: 'x' }])
    expect(() => sql.exec(`update events set content = '{}'`)).toThrow(/never changes/)
    expect(() => sql.exec(`delete from events`)).toThrow(/never deleted/)
    expect(() =>
      sql.exec(
        `insert into events (seq, at, kind, content, previous_hash, hash) values (5, '2026', 'x', '{}', '', 'h')`,
      ),
    ).toThrow(/must follow the last one/)
  })
})
