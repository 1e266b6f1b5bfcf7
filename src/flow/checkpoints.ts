import { createHash } from 'node:crypto'
import type { Checkpoint } from '../domain/checkpoint.ts'
import type { House } from './house.ts'

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
  await house.store.checkpoints.add(checkpoint, { ...signing, at, by: null })
  return checkpoint
}

/** Signs the checkpoint of the day, once the last one is a day old. */
export async function signDaily(house: House): Promise<Checkpoint | null> {
  const latest = await house.store.checkpoints.latest()
  const age = latest ? Date.parse(house.now()) - Date.parse(latest.at) : dayMs
  return age < dayMs ? null : signCheckpoint(house)
}
