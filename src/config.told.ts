import { z } from 'zod'
import { listOf } from './config.lists.ts'
import type { Outside } from './outside/address.ts'

/** What people are told, and where it may go. */
export type ToldSettings = {
  /** Hours after which a first review has waited for too long for the second one. */
  readonly secondReviewHours: number
  readonly outside: Outside
  /** Who keeps the record's checkpoints outside; null for nobody. */
  readonly checkpointTo: string | null
  /** The same for pictures that mail shows: addresses that senders write, never those of webhooks. */
  readonly outsidePictures: Outside
}

/** Hosts of one's own network that may be reached all the same. */
export const ownHosts = z
  .string()
  .transform((words) => listOf(words.toLowerCase()))
  .refine(
    (all) => all.every((one) => hostAndPort.test(one)),
    'must be hosts like chat.example:8443',
  )
  .default([])

const hostAndPort = /^[a-z0-9.-]{1,253}(?::\d{1,5})?$/

export const waitingHours = z.coerce.number().int().min(1).max(720).default(24)

export function toldOf(given: {
  readonly MAMORI_WEBHOOK_HOSTS: readonly string[]
  readonly MAMORI_PICTURE_HOSTS: readonly string[]
  readonly MAMORI_SECOND_REVIEW_HOURS: number
  readonly MAMORI_DNS_SERVERS: readonly string[]
  readonly MAMORI_CHECKPOINT_TO?: string | undefined
}): ToldSettings {
  const dnsServers = given.MAMORI_DNS_SERVERS
  return {
    secondReviewHours: given.MAMORI_SECOND_REVIEW_HOURS,
    checkpointTo: given.MAMORI_CHECKPOINT_TO?.toLowerCase() ?? null,
    outside: { allowed: given.MAMORI_WEBHOOK_HOSTS, dnsServers },
    outsidePictures: { allowed: given.MAMORI_PICTURE_HOSTS, dnsServers },
  }
}
