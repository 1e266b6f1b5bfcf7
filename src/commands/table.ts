import type { Action } from '../domain/person.ts'
import type { House } from '../flow/house.ts'
import type { Io } from './command.ts'

export type OnHouse = (house: House, args: readonly string[], io: Io) => Promise<void>

type Row = {
  /** What a person needs to do the same in the pages; who starts commands holds the database itself. */
  readonly action: Action
  readonly load: () => Promise<OnHouse>
}

/** Commands that work on the database; each is loaded only when it is asked for. */
export const onHouse: Readonly<Record<string, Row>> = {
  import: {
    action: 'manage_mailboxes',
    load: async () => (await import('./import.ts')).importMail,
  },
  threads: { action: 'read', load: async () => (await import('./read.ts')).threads },
  thread: { action: 'read_muted', load: async () => (await import('./read.ts')).thread },
  search: { action: 'read_muted', load: async () => (await import('./search.ts')).search },
  message: { action: 'read_muted', load: async () => (await import('./read.ts')).message },
  mailboxes: {
    action: 'manage_mailboxes',
    load: async () => (await import('./mailboxes.ts')).mailboxes,
  },
  authserv: {
    action: 'manage_mailboxes',
    load: async () => (await import('./authserv.ts')).authserv,
  },
  recheck: {
    action: 'manage_mailboxes',
    load: async () => (await import('./authserv.ts')).recheck,
  },
  users: { action: 'manage_people', load: async () => (await import('./users.ts')).users },
  tokens: { action: 'manage_tokens', load: async () => (await import('./tokens.ts')).tokens },
  reread: {
    action: 'manage_mailboxes',
    load: async () => (await import('./reread.ts')).rereadMail,
  },
  backup: { action: 'read_log', load: async () => (await import('./backup.ts')).backup },
  retention: {
    action: 'approve_retention',
    load: async () => (await import('./retention.ts')).retention,
  },
  checkpoints: {
    action: 'read_log',
    load: async () => (await import('./checkpoints.ts')).checkpoints,
  },
  evidence: {
    action: 'export_case',
    load: async () => (await import('./evidence.ts')).evidence,
  },
  disclose: {
    action: 'disclose',
    load: async () => (await import('./disclose.ts')).disclose,
  },
  verify: { action: 'read_log', load: async () => (await import('./verify.ts')).verify },
}
