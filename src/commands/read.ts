import { queueStates } from '../domain/matter.ts'
import type { House } from '../flow/house.ts'
import type { StoredMessage, ThreadRecord } from '../store/threads.ts'
import { CommandError, type Io, printJson, readArgs, UsageError } from './command.ts'

const json = { json: { type: 'boolean' } } as const

/** Threads read at a time by `threads`: the list is written as it is read. */
const pageSize = 500

/** `threads --json`: every thread, newest first, one JSON array. */
export async function threads(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values } = readArgs(args, { ...json, limit: { type: 'string' } })
  const limit = Number(values.limit ?? 1_000_000)
  const all = []
  for (let offset = 0; offset < limit; offset += pageSize) {
    const page = await house.store.queue.list({ states: queueStates }, { offset, limit: pageSize })
    all.push(...page)
    if (page.length < pageSize) break
  }
  const lines = all.slice(0, limit).map(({ id, subject, senderName, state, lastAt, ...rest }) => ({
    id,
    subject,
    from: senderName,
    date: lastAt,
    state,
    categories: rest.categories,
    severity: rest.severity,
    flags: rest.flags,
    messages: rest.messageCount,
  }))
  if (values.json) return printJson(io, lines)
  for (const { id, date, state, subject } of lines) {
    io.stdout.write(`${id}  ${date}  ${state}  ${subject ?? '(shielded)'}\n`)
  }
}

/** `thread ID --json`: one thread with its messages. */
export async function thread(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, json)
  const record = await house.store.threads.find(one(positionals, 'thread ID'))
  if (!record) throw new CommandError(`there is no thread with the id ${positionals[0]}`)
  if (values.json) {
    return printJson(io, { ...summaryOf(record), state: await stateOf(house, record.id) })
  }
  for (const message of record.messages) {
    io.stdout.write(
      `${message.sentAt}  ${message.fromAddress}  ${message.subject}\n${message.text}\n\n`,
    )
  }
}

/** `message ID --json` or `--raw`: the parsed view, or the original bytes. */
export async function message(house: House, args: readonly string[], io: Io): Promise<void> {
  const { values, positionals } = readArgs(args, { ...json, raw: { type: 'boolean' } })
  const id = one(positionals, 'message ID')
  const found = await house.store.threads.message(id)
  if (!found) throw new CommandError(`there is no message with the id ${id}`)
  if (values.raw) {
    const bytes = await house.store.raws.find(found.rawSha256)
    if (!bytes)
      throw new CommandError(`the original bytes of message ${id} are missing: run verify`)
    io.stdout.write(bytes)
    return
  }
  printJson(io, { ...parsedView(found), attachments: await attachmentsOf(house, id) })
}

async function stateOf({ store }: House, id: string): Promise<string> {
  const [item] = await store.queue.list({ states: queueStates, ids: [id] }, { offset: 0, limit: 1 })
  return item?.state ?? 'new'
}

function summaryOf(record: ThreadRecord) {
  const { id, subject, messages, latest } = record
  const first = messages.find(({ direction }) => direction === 'in') ?? messages[0]
  return {
    id,
    subject,
    from: first?.fromAddress ?? '',
    to: first?.to.map(({ address }) => address) ?? [],
    date: first?.sentAt ?? null,
    categories: latest?.result.categories.map(({ code, score }) => ({ code, score })) ?? [],
    severity: latest?.result.severity ?? 0,
    flags: latest?.result.flags.map(({ code }) => code) ?? [],
    messages: messages.map((message) => ({
      id: message.id,
      direction: message.direction,
      ...parsedView(message),
    })),
  }
}

function parsedView(message: StoredMessage) {
  const { messageId, fromName, fromAddress, to, cc, subject, sentAt, text, html, unreadable } =
    message
  const from = { name: fromName, address: fromAddress }
  return { messageId, from, to, cc, subject, date: sentAt, text, html, unreadable }
}

async function attachmentsOf({ store }: House, id: string) {
  const parts = await store.threads.attachmentsOf(id)
  return parts.map(({ filename, contentType, size, sha256 }) => ({
    filename,
    contentType,
    size,
    sha256,
  }))
}

function one(positionals: readonly string[], usage: string): string {
  const [only, another] = positionals
  if (!only || another) throw new UsageError(`usage: ${usage}`)
  return only
}
