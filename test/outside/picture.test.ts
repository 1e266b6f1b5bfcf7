import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outside } from '../../src/outside/address.ts'
import { fetchPicture } from '../../src/outside/picture.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

describe('a picture from outside', { timeout: 60_000 }, () => {
  let receiver: Receiver
  const own: Outside = { allowed: ['localhost'], dnsServers: [] }
  const at = (path: string) => `https://localhost:${receiver.port}${path}`
  beforeAll(async () => {
    receiver = await startReceiver()
  })
  afterAll(() => receiver.close())

  it('is fetched without saying who asks', async () => {
    receiver.answer = () => ({ status: 200, body: 'bytes' })
    const answer = await fetchPicture(at('/a.png?u=1'), own)
    expect(answer).toEqual({ kind: 'fetched', bytes: Buffer.from('bytes') })
    const [heard] = receiver.heard.splice(0)
    expect(heard).toMatchObject({ path: '/a.png?u=1', method: 'GET', body: '' })
    expect(Object.keys(heard?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('is followed where it moved, and nowhere inside', async () => {
    const first = receiver.heard.length
    receiver.answer = (nth) =>
      nth === first + 1
        ? { status: 302, headers: { location: '/moved.png' } }
        : { status: 200, body: 'moved' }
    expect(await fetchPicture(at('/was.png'), own)).toMatchObject({ bytes: Buffer.from('moved') })
    for (const location of [
      'https://127.0.0.1/x',
      'https://10.0.0.1/x',
      'http://localhost/x',
      'file:///etc/passwd',
      'https://[::1]/x',
    ]) {
      receiver.answer = () => ({ status: 301, headers: { location } })
      const answer = await fetchPicture(at('/away.png'), own)
      expect(answer, location).toEqual({ kind: 'failed', why: 'address_forbidden' })
    }
  })

  it('is not fetched where it leads on without end, is too large or is not there', async () => {
    receiver.answer = () => ({ status: 302, headers: { location: '/again' } })
    expect(await fetchPicture(at('/a'), own)).toEqual({ kind: 'failed', why: 'refused' })
    receiver.answer = () => ({ status: 200, body: 'x'.repeat(3 * 1024 * 1024) })
    expect(await fetchPicture(at('/a'), own)).toEqual({ kind: 'failed', why: 'too_large' })
    receiver.answer = () => ({ status: 404 })
    expect(await fetchPicture(at('/a'), own)).toEqual({ kind: 'failed', why: 'refused' })
  })

  it('is asked for at no address of one’s own network', async () => {
    receiver.heard.splice(0)
    const nowhere: Outside = { allowed: [], dnsServers: [] }
    const answer = await fetchPicture(at('/a.png'), nowhere)
    expect(answer).toEqual({ kind: 'failed', why: 'address_forbidden' })
    expect(receiver.heard).toEqual([])
  })
})
