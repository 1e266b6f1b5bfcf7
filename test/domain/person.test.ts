import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { onHouse } from '../../src/commands/table.ts'
import {
  type Action,
  actions,
  inMailbox,
  may,
  mayWherever,
  type Role,
  reachOf,
  roles,
} from '../../src/domain/person.ts'
import { person } from '../support/people.ts'

describe('where a role holds', () => {
  const local = { ...person('mori', 'reviewer', 'supervisor'), within: { supervisor: ['a'] } }

  it('is everywhere, or in the mailboxes that are named', () => {
    expect(reachOf(local, 'read')).toBe('all')
    expect(reachOf(local, 'confirm')).toEqual(['a'])
    expect(may(local, 'confirm')).toBe(true)
    expect(may(local, 'confirm', 'a')).toBe(true)
    expect(may(local, 'confirm', 'b')).toBe(false)
    expect(may(local, 'review', 'b')).toBe(true)
  })

  it('adds up over the roles that allow the same', () => {
    const two = { ...local, within: { reviewer: ['b'], supervisor: ['a'] } }
    expect(reachOf(two, 'read')).toEqual(['b', 'a'])
    expect(mayWherever(two, 'read_muted', 'read')).toBe(false)
    expect(mayWherever(local, 'read', 'read_muted')).toBe(true)
  })

  it('leaves a person in one mailbox with what they are there, and nothing more elsewhere', () => {
    const there = inMailbox(local, 'b')
    expect(there.roles).toEqual(['reviewer'])
    expect(inMailbox(local, 'a').roles).toEqual(['reviewer', 'supervisor'])
    expect(may(inMailbox(local, 'a'), 'confirm', 'b')).toBe(false)
  })

  const everywhere = [
    'propose_rules',
    'approve_rules',
    'propose_templates',
    'approve_templates',
    'manage_webhooks',
  ] as const

  it('keeps what changes every mailbox to roles that hold in all of them', () => {
    const local = { ...person('mori', 'supervisor'), within: { supervisor: ['a'] } }
    expect(may(local, 'see_rules')).toBe(true)
    for (const action of everywhere) {
      expect(may(local, action)).toBe(false)
      expect(may({ ...local, roles: ['supervisor', 'admin'] }, action)).toBe(
        /^(?:propose|manage)/.test(action),
      )
      const role = action === 'manage_webhooks' ? 'admin' : 'supervisor'
      expect(may(person('mori', role), action)).toBe(true)
    }
  })

  it('is nowhere for who has left, and for a role without a mailbox', () => {
    expect(reachOf({ ...local, disabledAt: new Date() }, 'read')).toEqual([])
    expect(may({ ...local, roles: ['reviewer'], within: { reviewer: [] } }, 'read')).toBe(false)
  })
})

it('every command names a row of the table', () => {
  for (const { action } of Object.values(onHouse)) expect(Object.keys(actions)).toContain(action)
})

/**
 * The common matrix of roles and actions, said in our words. A row is an action of ours, what no
 * role can do at all (`nobody`), what a rule refuses whoever asks (`rule`), or not there yet.
 */
const ours: Record<string, Action | 'public' | 'nobody' | 'rule' | 'not yet'> = {
  login: 'public',
  'view.queue(own mailbox)': 'read',
  'view.queue(other mailbox)': 'nobody',
  'view.thread': 'read',
  'reveal.shielded': 'reveal',
  'reply.draft': 'reply',
  'reply.send': 'approve',
  assign: 'assign',
  'classify.override': 'review',
  'review.first': 'review',
  'review.second': 'review',
  'review.second(same person)': 'rule',
  'review.see_first_verdict_before_own': 'see_first_review',
  'decide.confirm': 'confirm',
  'decide.confirm(own review)': 'rule',
  'decide.confirm(own mailbox complaint about self)': 'rule',
  'decide.reverse': 'lift',
  'notice.preview': 'read',
  'notice.send': 'confirm',
  'notice.edit_template': 'propose_templates',
  'mute.list': 'read_muted',
  'mute.release': 'lift',
  'appeal.read': 'see_alerts',
  'evidence.export': 'not yet',
  'evidence.delete': 'nobody',
  'legal.hold': 'not yet',
  'retention.purge': 'not yet',
  'rules.edit': 'propose_rules',
  'rules.publish(own edit)': 'rule',
  'policy.edit': 'not yet',
  'reports.view': 'not yet',
  'reports.export.csv': 'not yet',
  'staffcare.view(own)': 'own_settings',
  'staffcare.view(others)': 'not yet',
  'audit.view': 'read_log',
  'audit.verify': 'read_log',
  'audit.delete': 'nobody',
  'users.invite': 'manage_people',
  'users.role.grant(self)': 'rule',
  'users.role.grant(other)': 'manage_people',
  'users.disable(last admin)': 'rule',
  'session.revoke(other)': 'manage_people',
  '2fa.reset(self)': 'own_settings',
  '2fa.reset(other)': 'manage_people',
  'mailbox.credentials.read': 'nobody',
  'mailbox.credentials.write': 'manage_mailboxes',
  'settings.edit': 'manage_mailboxes',
  'api.token.create': 'manage_tokens',
  'sse.subscribe(other mailbox)': 'nobody',
  'attachment.get(other mailbox id)': 'nobody',
  'search(other mailbox)': 'nobody',
  healthz: 'public',
  metrics: 'not yet',
}

/**
 * Their roles in ours; an agent answers mail, and here whoever answers also reviews. A program has
 * no role: its scopes are tried on every route in `test/web/site-api.test.ts`.
 */
const theirRoles: Record<string, Role | 'stranger' | 'disabled' | 'program'> = {
  anon: 'stranger',
  agent: 'reviewer',
  reviewer: 'reviewer',
  supervisor: 'supervisor',
  auditor: 'auditor',
  admin: 'admin',
  'api-token:read': 'program',
  'suspended-staff': 'disabled',
}

describe('the common matrix', () => {
  const path = '../shared/vectors/authz_matrix.json'
  const vector = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as { roles: string[]; actions: string[] })
    : null

  it.skipIf(!vector)('has no action and no role that this mapping leaves out', () => {
    expect(Object.keys(ours).sort()).toEqual([...(vector?.actions ?? [])].sort())
    expect(Object.keys(theirRoles).sort()).toEqual([...(vector?.roles ?? [])].sort())
  })

  it('is met by the table: each row has roles, and those only that the design gives it', () => {
    for (const [theirs, action] of Object.entries(ours)) {
      if (['public', 'nobody', 'rule', 'not yet'].includes(action)) continue
      expect(Object.keys(actions), theirs).toContain(action)
    }
    const allowed = (action: Action) => roles.filter((role) => may(person('x', role), action))
    expect(allowed('read')).toEqual(['reviewer', 'supervisor', 'auditor'])
    expect(allowed('review')).toEqual(['reviewer', 'supervisor'])
    expect(allowed('approve')).toEqual(['reviewer', 'supervisor'])
    expect(allowed('confirm')).toEqual(['supervisor'])
    expect(allowed('lift')).toEqual(['supervisor'])
    expect(allowed('read_muted')).toEqual(['supervisor', 'auditor'])
    expect(allowed('see_first_review')).toEqual(['auditor'])
    expect(allowed('manage_people')).toEqual(['admin'])
    expect(allowed('manage_mailboxes')).toEqual(['admin'])
    expect(allowed('manage_tokens')).toEqual(['admin'])
    expect(allowed('approve_tokens')).toEqual(['supervisor', 'admin'])
    expect(allowed('manage_webhooks')).toEqual(['admin'])
  })
})
