import { createSocket } from 'node:dgram'

/** A real DNS server on loopback that knows TXT records and addresses by name, and nothing else. */
export type TestDns = {
  /** As the settings take it: `127.0.0.1:PORT`. */
  readonly server: string
  readonly records: Map<string, string>
  /** What a name answers to, question by question; the last answer goes on. */
  readonly addresses: Map<string, string[][]>
  /** Names that it was asked for, in order. */
  readonly asked: string[]
  /** Names for which it stays silent. */
  readonly silent: Set<string>
  close(): Promise<void>
}

const txt = 16
const a = 1
const aaaa = 28
const noSuchName = 3

export async function startDns(): Promise<TestDns> {
  const socket = createSocket('udp4')
  const records = new Map<string, string>()
  const addresses = new Map<string, string[][]>()
  const asked: string[] = []
  const silent = new Set<string>()
  socket.on('message', (question, { port, address }) => {
    const { name, end } = nameIn(question)
    asked.push(name)
    if (silent.has(name)) return
    const type = question.readUInt16BE(end - 4)
    const asks = question.subarray(0, end)
    const answer =
      type === txt
        ? answerTo(asks, records.get(name))
        : addressesFor(asks, type, addresses.get(name))
    socket.send(answer, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    server: `127.0.0.1:${socket.address().port}`,
    records,
    addresses,
    asked,
    silent,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** RFC 1035 section 4.1.2: labels with their lengths, then type and class. */
function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 }
}

function answerTo(question: Buffer, record: string | undefined): Buffer {
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180 | (record === undefined ? noSuchName : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(record === undefined ? 0 : 1, 6)
  head.writeUInt32BE(0, 8)
  if (record === undefined) return head
  const strings = (record.match(/.{1,255}/g) ?? []).map((piece) =>
    Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)]),
  )
  const data = Buffer.concat(strings)
  const answer = Buffer.alloc(12)
  answer.writeUInt16BE(0xc00c, 0)
  answer.writeUInt16BE(txt, 2)
  answer.writeUInt16BE(1, 4)
  answer.writeUInt32BE(300, 6)
  answer.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, answer, data])
}

/** Of a script the first answer is taken away with the question for IPv4, which comes first. */
function addressesFor(question: Buffer, type: number, script: string[][] | undefined): Buffer {
  const [now = []] = script ?? []
  const fitting = now.filter((one) => one.includes(':') === (type === aaaa))
  if (script && script.length > 1 && type === aaaa) script.shift()
  const head = Buffer.from(question)
  head.writeUInt16BE(0x8180 | (script === undefined ? noSuchName : 0), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(fitting.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, ...fitting.map((one) => recordOf(type, bytesOf(one, type)))])
}

function recordOf(type: number, data: Buffer): Buffer {
  const record = Buffer.alloc(12)
  record.writeUInt16BE(0xc00c, 0)
  record.writeUInt16BE(type, 2)
  record.writeUInt16BE(1, 4)
  record.writeUInt32BE(0, 6)
  record.writeUInt16BE(data.length, 10)
  return Buffer.concat([record, data])
}

function bytesOf(address: string, type: number): Buffer {
  if (type === a) return Buffer.from(address.split('.').map(Number))
  const [front = '', back = ''] = address.split('::')
  const groups = (part: string) => part.split(':').filter((group) => group !== '')
  const missing = 8 - groups(front).length - groups(back).length
  const all = [...groups(front), ...Array<string>(missing).fill('0'), ...groups(back)]
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex')
}
