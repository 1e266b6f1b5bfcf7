import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verify } from '../../src/flow/verify.ts'
import { openInbox } from '../../src/mail/inbox.ts'
import { settingsOf } from '../support/inbox.ts'
import { until } from '../support/office.ts'
import { letter, openReading, type Reading } from '../support/reading.ts'
import {
  type Line,
  named,
  rowOf,
  type ScriptedImap,
  startScriptedImap,
} from '../support/scripted-imap.ts'

const login = { user: 'support', password: 'canary-password' }

describe('reading from a mail server that misbehaves', () => {
  let imap: ScriptedImap
  let reading: Reading
  beforeEach(async () => {
    imap = await startScriptedImap()
    reading = await openReading()
    await reading.add({ port: imap.port, ...login })
  })
  afterEach(async () => {
    await reading.close()
    await imap.stop()
  })

  const put = (...subjects: string[]) => {
    for (const subject of subjects) imap.put(letter(subject))
  }
  const well = () =>
    reading.folder(
      'INBOX',
      ({ trouble, remaining, firstSyncedAt }) =>
        trouble === null && remaining === 0 && firstSyncedAt !== null,
    )
  const isBody = ({ command, rest }: Line) => command === 'UID FETCH' && rest.includes('BODY')

  it('reads again what a BYE in the middle of a mail broke off', async () => {
    put('one', 'two', 'three')
    let cut = false
    imap.rule = (line) => {
      if (!isBody(line) || cut) return false
      cut = true
      const [first, second] = imap.mails
      if (!first || !second) return false
      for (const part of rowOf(imap, first, 'BODY')) line.send(part)
      line.send(`* 2 FETCH (UID 2 BODY[] {${second.raw.length}}\r\n`)
      line.send(second.raw.subarray(0, 40))
      line.send('\r\n* BYE going down\r\n')
      line.hangUp()
      return true
    }
    reading.start()
    await reading.stored(3)
    await well()
    expect(cut).toBe(true)
    expect((await verify(reading.house.store)).flaws).toEqual([])
  })

  it('finds by a look of its own what a dead IDLE does not announce', async () => {
    put('one')
    reading.start({ idleMs: 300 })
    await reading.stored(1)
    put('two')
    await reading.stored(2)
  })

  it('moves the last contact on while nothing comes', async () => {
    reading.start({ idleMs: 300 })
    const first = await well()
    await reading.folder(
      'INBOX',
      ({ lastContactAt }) => (lastContactAt ?? '') > (first.lastContactAt ?? ''),
    )
  })

  it('reads from a server that has no IDLE', async () => {
    imap.capabilities = 'IMAP4rev1'
    put('one')
    reading.start({ idleMs: 300 })
    await reading.stored(1)
    put('two')
    await reading.stored(2)
    expect(imap.heard.filter((line) => line.startsWith('IDLE'))).toEqual([])
  })

  it('listens again where the server ends IDLE by itself', async () => {
    imap.rule = ({ command, nth, tag, send }) => {
      if (command !== 'IDLE' || nth > 1) return false
      send(`+ idling\r\n${tag} OK that was long enough\r\n`)
      return true
    }
    reading.start()
    await well()
    await until(
      'a second IDLE',
      async () => imap.heard.filter((line) => line === 'IDLE').length > 1,
    )
    put('one')
    imap.announce()
    await reading.stored(1)
  })

  it('does not search where the server says that nothing is new', async () => {
    put('one', 'two')
    reading.start()
    await well()
    await reading.stop()
    imap.heard.length = 0
    reading.start()
    await until('IDLE', async () => imap.heard.includes('IDLE'))
    expect(imap.heard.filter((line) => /^UID/.test(line))).toEqual([])

    put('three')
    imap.announce()
    await reading.stored(3)
  })

  it('asks again for a mail that an answer leaves out', async () => {
    put('one', 'two', 'three')
    let left = 0
    imap.rule = (line) => {
      if (!isBody(line) || left > 0) return false
      left += 1
      for (const mail of imap.mails.filter(({ uid }) => uid !== 2)) {
        for (const part of rowOf(imap, mail, 'BODY')) line.send(part)
      }
      line.send(`${line.tag} OK done\r\n`)
      return true
    }
    reading.start()
    expect((await reading.stored(3)).sort()).toEqual(['one', 'three', 'two'])
    expect(left).toBe(1)
  })

  it('never passes by a mail that the server lists and refuses, and says which one it is', async () => {
    put('one', 'two', 'three')
    let damaged = true
    imap.rule = (line) => {
      if (!isBody(line) || !damaged) return false
      const [set = ''] = line.rest.split(' ')
      for (const mail of named(imap, set).filter(({ uid }) => uid !== 2)) {
        for (const part of rowOf(imap, mail, 'BODY')) line.send(part)
      }
      line.send(`${line.tag} NO [SERVERBUG] Internal error\r\n`)
      return true
    }
    reading.start()
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble).toMatchObject({ kind: 'protocol', words: expect.stringContaining('mail 2 of') })
    expect(await reading.subjects()).toEqual(['one'])

    damaged = false
    expect(await reading.stored(3)).toEqual(['one', 'two', 'three'])
    await well()
  })

  it('goes on where a mail was expunged between the list and the fetch', async () => {
    put('one', 'two', 'three')
    imap.rule = (line) => {
      const at = imap.mails.findIndex(({ uid }) => uid === 2)
      if (!isBody(line) || at < 0) return false
      imap.mails.splice(at, 1)
      for (const mail of imap.mails) for (const part of rowOf(imap, mail, 'BODY')) line.send(part)
      line.send(`${line.tag} NO [EXPUNGEISSUED] Some messages were expunged\r\n`)
      return true
    }
    reading.start()
    expect(await reading.stored(2)).toEqual(['one', 'three'])
    await well()
    expect(reading.log()).not.toContain('a run failed')
  })

  it('starts over where UIDs mean something else after a break, without a mail twice', async () => {
    put('one', 'two', 'three')
    reading.start()
    await well()
    await reading.stop()
    imap.uidValidity = 77
    imap.mails.reverse().splice(0, 3, ...imap.mails.map(({ raw }, at) => ({ uid: at + 1, raw })))
    put('four')
    reading.start()
    await reading.stored(4)
    await well()
    const resets = (await reading.house.store.log.list({}, 50)).filter(
      ({ event }) => event.kind === 'mailbox_reset',
    )
    expect(resets.map(({ event }) => 'uidValidity' in event && event.uidValidity)).toEqual([
      '77',
      '1',
    ])
    expect((await verify(reading.house.store)).flaws).toEqual([])
  })

  it('finds new mail at once where UIDs jump', async () => {
    put('one')
    reading.start()
    await reading.stored(1)
    imap.uidNext = 4_000_000_000
    put('two')
    imap.announce()
    await reading.stored(2)
    const { cursor } = await well()
    expect(cursor?.uid).toBe(4_000_000_000)
  })

  it.each([
    ['LOGIN', 'UNAVAILABLE'],
    ['EXAMINE', 'UNAVAILABLE'],
    ['EXAMINE', 'SERVERBUG'],
  ])('waits where the server says at %s that it is %s, and blames nobody', async (at, answer) => {
    put('one')
    let down = true
    imap.rule = ({ command, tag, send }) => {
      if (command !== at || !down) return false
      send(`${tag} NO [${answer}] come back later\r\n`)
      return true
    }
    reading.start()
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble).toMatchObject({ kind: 'unreachable', words: expect.stringContaining(answer) })
    down = false
    await reading.stored(1)
    await well()
  })

  it('takes a refused search for a failure, not for an empty folder', async () => {
    put('one')
    let down = true
    imap.rule = ({ command, tag, send }) => {
      if (command !== 'UID SEARCH' || !down) return false
      send(`${tag} NO not now\r\n`)
      return true
    }
    reading.start()
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble?.kind).toBe('protocol')
    down = false
    await reading.stored(1)
  })

  it('logs no token that a server refuses and repeats', async () => {
    imap.capabilities = 'IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER'
    imap.rule = ({ command, tag, rest, send }) => {
      if (command !== 'AUTHENTICATE') return false
      send(`${tag} NO [AUTHENTICATIONFAILED] ${rest} canary-token\r\n`)
      return true
    }
    const { log } = reading.house
    const credentials = { user: 'support', accessToken: 'canary-token' }
    const known = { host: '127.0.0.1', port: imap.port, user: 'support', password: '' }
    const refused = await openInbox({ ...settingsOf(known), credentials }, log).catch(
      (error: unknown) => error,
    )
    log.error({ err: refused }, 'as a loop would log it')
    expect(refused).toMatchObject({ trouble: 'credentials' })
    expect(reading.log()).toContain('as a loop would log it')
    const encoded = Buffer.from('canary-token').toString('base64').slice(2, 14)
    expect(reading.log()).not.toMatch(new RegExp(`canary|${encoded}`))
  })

  it('logs no password, whatever fails', async () => {
    imap.rule = ({ command, tag, rest, send }) => {
      if (command !== 'LOGIN') return false
      // A server that repeats what it was sent.
      send(`${tag} NO [AUTHENTICATIONFAILED] ${rest}\r\n`)
      return true
    }
    reading.start()
    const { trouble } = await reading.folder('INBOX', (folder) => folder.trouble !== null)
    expect(trouble?.kind).toBe('credentials')
    expect(reading.log()).toContain('a run failed')
    expect(reading.log() + JSON.stringify(trouble)).not.toContain('canary')
  })
})
