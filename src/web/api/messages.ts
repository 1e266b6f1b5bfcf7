import type { StoredMessage, ThreadRecord } from '../../store/threads.ts'
import { isSubjectShielded, opensHarm, type Part, partsOfMail, passageAt } from '../passages.ts'
import type { Call } from './env.ts'

/**
 * A mail as a program may have it: what is shielded or muted is there by its place and kind, and
 * with its words only for a token that is good for them. `opened` says which words were given.
 */
export function messageOf(call: Call<unknown>, record: ThreadRecord, message: StoredMessage) {
  const { fromName: name, fromAddress: address, direction, to, cc, identity, nature } = message
  const { id, sentAt, receivedAt, rawSha256 } = message
  const muted = message.mutedBy !== null
  const given = partsOfMail(record, message, null).map((part) =>
    partOf(call, record, message, part),
  )
  const subject = subjectOf(call, record, message)
  const opened = [...(subject.opened ? ['subject'] : []), ...given.flatMap((one) => one.opened)]
  return {
    message: {
      ...{ id, direction, from: { name, address }, to, cc, subject: subject.words },
      ...{ sentAt, receivedAt, identity, nature, muted, rawSha256 },
      readable: message.unreadable === null,
      parts: given.map(({ part }) => part),
      attachments: attachmentsOf(call, record, message),
    },
    opened: opened.map((passage) => ({ messageId: id, passage })),
  }
}

function partOf(call: Call<unknown>, record: ThreadRecord, message: StoredMessage, part: Part) {
  if (!('passage' in part)) {
    const kind = part.kind === 'signature' ? part.kind : ('text' as const)
    return { part: { kind, text: part.text }, opened: [] }
  }
  const { place, quoted, categories, severity } = part.passage
  const muted = message.mutedBy !== null
  const kind = muted ? ('muted' as const) : quoted ? ('quoted' as const) : ('shielded' as const)
  const gives = call.has(muted ? 'muted:read' : 'shielded:read')
  const text = gives ? (passageAt(record, message, place)?.text ?? null) : null
  return {
    part: { kind, place, categories, severity, text },
    opened: text === null ? [] : [place],
  }
}

function subjectOf(call: Call<unknown>, record: ThreadRecord, message: StoredMessage) {
  if (message.mutedBy !== null) {
    const gives = call.has('muted:read')
    return { words: gives ? message.subject : null, opened: gives }
  }
  if (!isSubjectShielded(record, message.id)) return { words: message.subject, opened: false }
  const gives = call.has('shielded:read')
  return { words: gives ? message.subject : null, opened: gives }
}

/** Names of files may say what the mail may not. */
function attachmentsOf(call: Call<unknown>, record: ThreadRecord, message: StoredMessage) {
  const files = record.attachments.get(message.id) ?? []
  const muted = message.mutedBy !== null
  return files.map((file) => {
    const hidden = muted
      ? !call.has('muted:read')
      : !call.has('shielded:read') && opensHarm(file.filename, call.house.rules)
    return { ...file, filename: hidden ? null : file.filename }
  })
}
