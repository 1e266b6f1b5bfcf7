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

  const reviewRow = (place: number, reviewer: string, id: string) => ({
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

  const insertReview = (place: number, reviewer: string, id = `${place}-${reviewer}`) =>
    insert('reviews', reviewRow(place, reviewer, id))

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

  it('an objection turned down by who confirmed, a second one beside it, and other terms', async () => {
    await bothReviews()
    await insertDecision('sato', 'suzuki')
    await insertMeasure()
    await sql(`update measures set state = 'confirmed', confirmer = 'tanaka'`)
    const objection = { measure_id: 'm', received_at: '2026', note: 'n', reason: '' }
    const raised = (id: string) =>
      insert('objections', { ...objection, id, way: 'phone', recorded_by: 'kato' })
    await expect(
      insert('objections', { ...objection, id: 'x', way: 'phone', recorded_by: null }),
    ).rejects.toThrow(/an_objection_is_a_mail_or_written_down/)
    await raised('o')
    await expect(raised('p')).rejects.toThrow(/unique/i)
    const decide = (who: string) =>
      sql(`update objections set outcome = 'keep', decided_by = '${who}'`)
    for (const who of ['tanaka', 'sato', 'suzuki']) {
      await expect(decide(who)).rejects.toThrow(/took no part/)
    }
    await decide('watanabe')
    await expect(decide('watanabe')).rejects.toThrow(/decided once/)

    const terms = { measure_id: 'm', open_topics: '["legal"]', open_line: '', open_address: '' }
    const rest = { digest: 'off', skip_explanation: '', answer_days: 7 }
    await expect(insert('measure_terms', { ...terms, ...rest, scope: 'mailbox' })).rejects.toThrow(
      /a_scope_is_one_mailbox_or_all/,
    )
    await insert('measure_terms', { ...terms, ...rest, scope: 'mailbox', mailbox_id: 'a' })
    for (const change of [`scope = 'all'`, `answer_days = null`, `open_topics = '["own_data"]'`]) {
      await expect(sql(`update measure_terms set ${change}`)).rejects.toThrow(/never change/)
    }
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

  const withdraw = (review: string, by: string) =>
    sql(
      `insert into events (seq, at, "by", kind, thread_id, content, previous_hash, hash)
       select coalesce(max(seq), 0) + 1, '2026', '${by}', 'review_withdrawn', 't', '{"reviewId":"${review}"}',
         coalesce((select hash from events order by seq desc limit 1), ''), 'h-${review}-${by}' from events`,
    )
  const remove = (id: string) => sql(`delete from reviews where id = '${id}'`)

  it('to take a review back but by its author’s own withdrawal before a second one', async () => {
    await insertReview(1, 'sato')
    await expect(remove('1-sato')).rejects.toThrow(/never deleted/)
    await withdraw('1-sato', 'suzuki')
    await withdraw('another', 'sato')
    await expect(remove('1-sato')).rejects.toThrow(/never deleted/)
    await withdraw('1-sato', 'sato')
    await insertReview(2, 'suzuki')
    await expect(remove('1-sato')).rejects.toThrow(/never deleted/)
    await withdraw('2-suzuki', 'suzuki')
    await expect(remove('2-suzuki')).rejects.toThrow(/never deleted/)
    await insert('reviews', { ...reviewRow(1, 'kato', 'alone'), revision: 2 })
    await withdraw('alone', 'kato')
    await remove('alone')
    expect(await sql(`select id from reviews where id = 'alone'`)).toEqual([])
  })

  it('to change a note, or to bring it back', async () => {
    const note = { thread_id: 't', author: 'sato', body: 'b', mentions: '[]', at: '2026' }
    await insert('notes', { id: 'n', ...note, withdrawn_at: null })
    await expect(sql(`update notes set body = 'other'`)).rejects.toThrow(/never changes/)
    await sql(`update notes set withdrawn_at = '2026'`)
    await expect(sql(`update notes set withdrawn_at = null`)).rejects.toThrow(/never changes/)
    await expect(sql('delete from notes')).rejects.toThrow(/never deleted/)
  })

  it('to give a thread to somebody whom it attacks', async () => {
    await insertThread('t')
    await sql(`update threads set targets = '["sato"]'`)
    await expect(sql(`update threads set assignee = 'sato'`)).rejects.toThrow(/whom it attacks/)
    await sql(`update threads set assignee = 'suzuki'`)
    await expect(sql(`update threads set targets = '["suzuki"]'`)).rejects.toThrow(
      /whom it attacks/,
    )
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
      /approved letter never changes|what was approved/,
    )
    await expect(sql(`update letters set message_id = '<2@x>'`)).rejects.toThrow(
      /approved letter never changes|what was approved/,
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

  const insertJoin = (over: Record<string, string | null> = {}) =>
    insert('sender_joins', {
      id: 'j',
      first: 'a',
      second: 'b',
      reasons: '[]',
      reason: '',
      proposer: 'sato',
      proposed_at: '2026',
      state: 'proposed',
      decision: '',
      separation: '',
      ...over,
    })

  it('senders joined by one person alone, twice, or with other people than there were', async () => {
    await expect(insertJoin({ state: 'joined', decider: 'sato' })).rejects.toThrow(
      /nobody_joins_alone/,
    )
    await expect(insertJoin({ first: 'b', second: 'a' })).rejects.toThrow(/a_pair_in_order/)
    await insertJoin()
    await expect(insertJoin({ id: 'k' })).rejects.toThrow(/unique/i)
    await expect(sql(`update sender_joins set state = 'joined'`)).rejects.toThrow(
      /nobody_joins_alone/,
    )
    await sql(`update sender_joins set state = 'joined', decider = 'suzuki'`)
    await expect(sql(`update sender_joins set proposer = 'kato'`)).rejects.toThrow(/never changes/)
    await expect(sql(`update sender_joins set state = 'proposed'`)).rejects.toThrow(/never changes/)
    await expect(sql(`update sender_joins set state = 'separated'`)).rejects.toThrow(
      /separated_by_somebody/,
    )
    await expect(sql(`delete from sender_joins`)).rejects.toThrow(/never deleted/)
  })

  it('to change or delete a note on a sender', async () => {
    await insert('sender_notes', {
      id: 'n',
      sender_id: 's',
      mailbox_id: 'b',
      author: 'sato',
      at: '2026',
      text: 'x',
      text_sha256: 'h',
    })
    await expect(sql(`update sender_notes set text = 'y'`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from sender_notes`)).rejects.toThrow(/never deleted/)
  })

  it('an incident judged by whom it hit, by one person, or changed afterwards', async () => {
    await insert('incidents', {
      id: 'i',
      sender_id: 's',
      mailbox_id: 'b',
      kind: 'visit',
      occurred_at: '2026',
      taken_by: 'kato',
      recorded_by: 'sato',
      recorded_at: '2026',
      account: 'x',
      recording: '',
      post_url: '',
      content_sha256: 'h',
      state: 'new',
      version: 1,
    })
    const reviewed = (place: number, reviewer: string, id = `${place}`) =>
      insert('incident_reviews', {
        ...{ id, incident_id: 'i', place, reviewer, verdict: '{}', demand: 'none' },
        ...{ fair_request: '', reason: '', at: '2026' },
      })
    const decided = (first: string, second: string, settledBy: string | null = null) =>
      insert('incident_decisions', {
        ...{ id: 'd', incident_id: 'i', how: settledBy === null ? 'agreed' : 'settled' },
        ...{ outcome: 'harassment', needs_reply: false, categories: '[]', severity: 2 },
        ...{ first_reviewer: first, second_reviewer: second, settled_by: settledBy },
        ...{ reason: '', at: '2026' },
      })
    await expect(reviewed(1, 'kato')).rejects.toThrow(/does not judge it/)
    await reviewed(1, 'sato')
    await expect(reviewed(2, 'sato', 'again')).rejects.toThrow(/unique/i)
    await expect(decided('sato', 'suzuki')).rejects.toThrow(/rests on two reviews/)
    await reviewed(2, 'suzuki')
    await expect(decided('sato', 'suzuki', 'suzuki')).rejects.toThrow(
      /no_settler_among_the_reviewers/,
    )
    await decided('sato', 'suzuki')
    await expect(sql(`update incident_decisions set severity = 3`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from incident_reviews`)).rejects.toThrow(/never deleted/)
    await expect(sql(`update incidents set account = 'y'`)).rejects.toThrow(/never changes/)
    await expect(sql(`delete from incidents`)).rejects.toThrow(/never deleted/)
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
