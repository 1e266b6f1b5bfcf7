import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/store/store.ts'
import { engines, openDatabase, type TestDatabase } from '../support/database.ts'

/** What the domain refuses the database refuses too: tried here by somebody with plain SQL. */
describe.each(engines)('%s itself refuses', (engine) => {
  let database: TestDatabase
  let store: Store
  let sql: TestDatabase['sql']

  beforeEach(async () => {
    database = await openDatabase(engine)
    store = await openStore(database.url, () => undefined)
    sql = database.sql
  })

  afterEach(async () => {
    await store.close()
    await database.close()
  })

  const insert = (table: string, row: Record<string, string | number | boolean | null>) => {
    const names = Object.keys(row).map((name) => `"${name}"`)
    const values = Object.values(row).map((value) =>
      typeof value === 'string' ? `'${value}'` : String(value),
    )
    return sql(`insert into ${table} (${names.join(', ')}) values (${values.join(', ')})`)
  }

  const insertReview = (place: number, reviewer: string, id = `${place}-${reviewer}`) =>
    insert('reviews', {
      id,
      thread_id: 't',
      revision: 1,
      place,
      reviewer,
      verdict: '{}',
      demand: 'none',
      fair_request: '',
      reason: '',
      at: '2026',
    })

  const insertDecision = (first: string, second: string, settledBy: string | null = null) =>
    insert('decisions', {
      id: 'd',
      thread_id: 't',
      revision: 1,
      how: settledBy === null ? 'agreed' : 'settled',
      outcome: 'harassment',
      needs_reply: false,
      categories: '[]',
      severity: 3,
      first_reviewer: first,
      second_reviewer: second,
      settled_by: settledBy,
      reason: '',
      at: '2026',
    })

  const insertMeasure = () =>
    insert('measures', {
      id: 'm',
      kind: 'suspension',
      sender_id: 's',
      thread_id: 't',
      decision_id: 'd',
      first_reviewer: 'sato',
      second_reviewer: 'suzuki',
      proposer: 'sato',
      reason: 'r',
      skip_warning: '',
      state: 'proposed',
      proposed_at: '2026',
    })

  const insertLetter = (over: Record<string, string | null> = {}) =>
    insert('letters', {
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
    })

  const bothReviews = async () => {
    await insertReview(1, 'sato')
    await insertReview(2, 'suzuki')
  }

  it('a second review by the same person, and a third review', async () => {
    await insertReview(1, 'sato')
    await expect(insertReview(2, 'sato', 'again')).rejects.toThrow(/unique/i)
    await insertReview(2, 'suzuki')
    await expect(insertReview(2, 'kato')).rejects.toThrow(/unique/i)
    await expect(insertReview(3, 'kato')).rejects.toThrow(/two_reviews_at_most/)
  })

  it('to change or delete a review or a decision', async () => {
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await expect(sql(`update reviews set reason = 'x'`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from reviews`)).rejects.toThrow(/never deleted/)
    await expect(sql(`update decisions set outcome = 'ordinary'`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from decisions`)).rejects.toThrow(/never deleted/)
  })

  it('a decision by one person, without two reviews, or settled by one of the reviewers', async () => {
    await expect(insertDecision('sato', 'sato')).rejects.toThrow(
      /two_different_reviewers|two reviews/,
    )
    await expect(insertDecision('sato', 'suzuki')).rejects.toThrow(/rests on two reviews/)
    await bothReviews()
    await expect(insertDecision('sato', 'suzuki', 'sato')).rejects.toThrow(
      /no_decider_among_the_reviewers/,
    )
    await insertDecision('sato', 'suzuki', 'tanaka')
  })

  it('a measure without a harassment decision, and one confirmed by somebody involved', async () => {
    await expect(insertMeasure()).rejects.toThrow(/foreign key|harassment decision/i)
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    const confirm = (who: string) =>
      sql(`update measures set state = 'confirmed', confirmer = '${who}'`)
    await expect(confirm('suzuki')).rejects.toThrow(/confirmer_uninvolved/)
    await expect(confirm('sato')).rejects.toThrow(/confirmer_uninvolved/)
    await expect(sql(`update measures set state = 'confirmed'`)).rejects.toThrow(
      /in_force_only_if_confirmed/,
    )
    await confirm('tanaka')
  })

  it('a suspension in force before its notice was accepted', async () => {
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    await sql(`update measures set state = 'confirmed', confirmer = 'tanaka'`)
    const enforce = () => sql(`update measures set state = 'in_force', ends_at = '2027'`)
    await expect(enforce()).rejects.toThrow(/only once its notice was accepted/)
    await insertLetter({ kind: 'suspension', measure_id: 'm', state: 'sending' })
    await expect(enforce()).rejects.toThrow(/only once its notice was accepted/)
    await sql(`update letters set state = 'sent'`)
    await enforce()
  })

  it('a letter that its own author approved, or that nobody did', async () => {
    await expect(insertLetter({ approver: 'sato' })).rejects.toThrow(/nobody_approves_their_own/)
    await expect(insertLetter({ approver: null })).rejects.toThrow(/nothing_leaves_unapproved/)
    await expect(insertLetter({ message_id: null })).rejects.toThrow(/nothing_leaves_unapproved/)
  })

  it('to change an approved letter, to send one again, and a second notice of a measure', async () => {
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    await insertLetter({ kind: 'suspension', measure_id: 'm' })
    await expect(sql(`update letters set body = 'other'`)).rejects.toThrow(
      /approved letter never changes/,
    )
    await expect(sql(`update letters set message_id = '<2@x>'`)).rejects.toThrow(
      /approved letter never changes/,
    )
    await expect(
      insertLetter({ id: 'l2', message_id: '<3@x>', kind: 'suspension', measure_id: 'm' }),
    ).rejects.toThrow(/unique/i)
    await sql(`update letters set state = 'sent'`)
    await expect(sql(`update letters set state = 'queued'`)).rejects.toThrow(/not sent again/)
  })

  it('to send a reply to a muted sender', async () => {
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    await sql(`update measures set state = 'confirmed', confirmer = 'tanaka'`)
    await insertLetter({
      id: 'n',
      kind: 'suspension',
      measure_id: 'm',
      state: 'sent',
      message_id: '<n@x>',
    })
    await sql(`update measures set state = 'in_force', ends_at = '2027-01-01T00:00:00.000Z'`)
    await sql(
      `insert into threads (id, mailbox_id, sender_id, subject, subject_key, subject_shielded, version, revision,
         state, rank, urgent, disputed, filed, muted, unverified, severity, categories, flags, gist, message_count,
         waiting_since, last_at)
       values ('t', 'b', 's', '', '', false, 1, 1, 'done', 9, false, false, false, false, 0, 0, '[]', '[]', '[]', 1, '2026', '2026')`,
    )
    await insertLetter()
    const send = (lease: string) =>
      sql(`update letters set state = 'sending', lease_until = '${lease}' where id = 'l'`)
    await expect(send('2026-12-01T00:00:00.000Z')).rejects.toThrow(
      /no reply leaves to a muted sender/,
    )
    await send('2027-06-01T00:00:00.000Z')
  })

  const insertThread = (id: string, joinedInto: string | null = null) =>
    insert('threads', {
      id,
      mailbox_id: 'b',
      sender_id: 's',
      subject: '',
      subject_key: '',
      subject_shielded: false,
      version: 1,
      revision: 1,
      state: 'new',
      rank: 3,
      urgent: false,
      disputed: false,
      filed: false,
      muted: false,
      unverified: 0,
      severity: 0,
      categories: '[]',
      flags: '[]',
      gist: '[]',
      message_count: 1,
      waiting_since: '2026',
      last_at: '2026',
      joined_into: joinedInto,
    })

  const insertMessage = (id: string, threadId: string) =>
    insert('messages', {
      id,
      thread_id: threadId,
      mailbox_id: id,
      direction: 'in',
      in_reply_to: '[]',
      references: '[]',
      from_address: '',
      from_name: '',
      to: '[]',
      cc: '[]',
      subject: '',
      sent_at: '2026',
      received_at: '2026',
      text: '',
      identity: 'verified',
      nature: 'person',
      raw_sha256: 'r',
    })

  it('mail in a thread that was joined into another one, however it comes there', async () => {
    await sql(
      engine === 'SQLite'
        ? `insert into raws (sha256, size, bytes) values ('r', 1, x'00')`
        : `insert into raws (sha256, size, bytes) values ('r', 1, '\\x00')`,
    )
    await insertThread('here')
    await insertThread('gone', 'here')
    await insertMessage('m1', 'here')
    await expect(insertMessage('m2', 'gone')).rejects.toThrow(/holds no mail/)
    await expect(sql(`update messages set thread_id = 'gone'`)).rejects.toThrow(/holds no mail/)
    await expect(sql(`update threads set joined_into = 'gone' where id = 'here'`)).rejects.toThrow(
      /holds no mail/,
    )
  })

  it('to empty a thread with a letter on its way or a measure under way', async () => {
    await insertThread('t')
    await insertLetter()
    const empty = () => sql(`update threads set joined_into = 'other' where id = 't'`)
    await expect(empty()).rejects.toThrow(/under way is not emptied/)
    await sql(`update letters set state = 'sent'`)
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    await expect(empty()).rejects.toThrow(/under way is not emptied/)
    await sql(`update measures set state = 'declined'`)
    await empty()
  })

  it('to tell somebody of the same twice, or to end a delivery to a webhook twice', async () => {
    const told = { person_id: 'sato', kind: 'alert', source: 's', path: '/alerts', at: '2026' }
    const notification = { ...told, severity: 0, categories: '[]' }
    await insert('notifications', { id: 'n1', ...notification })
    await expect(insert('notifications', { id: 'n2', ...notification })).rejects.toThrow(/unique/i)
    const texts = { name: 'x', format: 'json', host: 'x', secret: '', language: 'ja', kinds: '[]' }
    await insert('webhooks', { id: 'w', owner_id: 'sato', created_at: '2026', ...texts })
    await expect(
      insert('webhooks', { id: 'v', owner_id: 'sato', created_at: '2026', ...texts }),
    ).rejects.toThrow(/unique/i)
    const { person_id: _, at: __, ...about } = notification
    const delivery = { webhook_id: 'w', attempts: 0, made_at: '2026', ...about }
    await expect(
      insert('webhook_deliveries', { id: 'd', state: 'waiting', ...delivery }),
    ).rejects.toThrow(/who_waits_has_a_time/)
    await insert('webhook_deliveries', { id: 'd', state: 'delivered', ...delivery })
    await expect(
      sql(`update webhook_deliveries set state = 'waiting', next_attempt_at = '2027'`),
    ).rejects.toThrow(/ends once/)
  })

  it('to change, delete or insert an event out of order', async () => {
    await store.record([{ kind: 'sign_in_failed', at: '2026', by: null, email: 'x' }])
    await expect(sql(`update events set content = '{}'`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from events`)).rejects.toThrow(/never deleted/)
    await expect(
      sql(
        `insert into events (seq, at, kind, content, previous_hash, hash) values (5, '2026', 'x', '{}', '', 'h')`,
      ),
    ).rejects.toThrow(/must follow the last one/)
  })
})
