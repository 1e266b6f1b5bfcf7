import { createHash } from 'node:crypto'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { StaffMail } from '../store/staff-mails.ts'
import { textFor } from '../text/text.ts'
import type { House } from './house.ts'
import { mailsStaff, staffMailTo } from './staff-mail.ts'

const dayMs = 86_400_000

/**
 * Signs how far the log goes now, on record. Whoever keeps a checkpoint outside can tell later
 * whether anybody wrote the log anew, the whole of it included. Null where there is no key, or
 * nothing to sign.
 */
export async function signCheckpoint(house: House): Promise<Checkpoint | null> {
  const key = house.checkpointKey()
  if (!key) return null
  const list = createHash('sha256')
  let last = { seq: 0, hash: '' }
  for await (const batch of house.store.checkpoints.hashes()) {
    for (const { hash } of batch) list.update(`${hash}\n`)
    last = batch.at(-1) ?? last
  }
  if (last.seq === 0) return null
  const at = house.now()
  const statement = { at, events: last.seq, head: last.hash, listSha256: list.digest('hex') }
  const signed = { publicKey: key.publicKey, signature: key.sign(statement) }
  const checkpoint = { id: house.newId(), ...statement, ...signed }
  const { id, events: upTo, listSha256 } = checkpoint
  const signing = { kind: 'checkpoint_signed', checkpointId: id, upTo, listSha256 } as const
  const mail = await mailOf(house, checkpoint)
  const mailed = mail ? { mailedTo: mail.toAddress } : {}
  const event = { ...signing, ...mailed, at, by: null }
  await house.store.checkpoints.add(checkpoint, event, mail ? [mail] : [])
  return checkpoint
}

/** The mail that takes it outside; null where nobody is to get it, or nothing can be sent. */
async function mailOf(house: House, checkpoint: Checkpoint): Promise<StaffMail | null> {
  const { checkpointTo: email, log } = house
  if (email === null) return null
  if (!(await mailsStaff(house))) {
    log.warn('a checkpoint goes nowhere: mail needs SMTP_HOST, MAMORI_ENCRYPTION_KEY, a mailbox')
    return null
  }
  const [first, second] = [textFor('ja'), textFor('en')].map((one) =>
    one.evidence.checkpointMail(checkpoint),
  )
  const json = `${JSON.stringify(checkpoint)}\n`
  const words = {
    subject: `${first?.subject} / ${second?.subject}`,
    text: `${first?.text}\n\n${second?.text}`,
    file: { name: `checkpoint-${checkpoint.at.slice(0, 10)}-${checkpoint.events}.json`, json },
  }
  return staffMailTo(house, { email }, words)
}

/** Signs the checkpoint of the day, once the last one is a day old. */
export async function signDaily(house: House): Promise<Checkpoint | null> {
  const latest = await house.store.checkpoints.latest()
  const age = latest ? Date.parse(house.now()) - Date.parse(latest.at) : dayMs
  return age < dayMs ? null : signCheckpoint(house)
}
