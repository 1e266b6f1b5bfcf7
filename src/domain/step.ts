import type { Event } from './event.ts'

/** An accepted act: what happened, in order. Nothing else changes a state. */
export type Step = { readonly kind: 'step'; readonly events: readonly Event[] }

/** An act that the rules do not allow. `reason` is a key of the text catalogue. */
export type Refusal = { readonly kind: 'refused'; readonly reason: RefusalReason }

export const refusalReasons = [
  'not_allowed',
  'already_reviewed',
  'review_complete',
  'review_first',
  'stale_revision',
  'category_missing',
  'category_unexpected',
  'severity_missing',
  'element_missing',
  'reason_missing',
  'text_missing',
  'words_unsafe',
  'nothing_to_settle',
  'reviewer_cannot_settle',
  'own_reply',
  'not_author',
  'not_awaiting_approval',
  'not_editable',
  'sender_muted',
  'reply_open',
  'recipient_not_a_person',
  'no_harassment_decision',
  'measure_open',
  'already_suspended',
  'warning_missing',
  'self_harm_never_warned',
  'noticed_recently',
  'not_proposed',
  'involved_cannot_confirm',
  'sender_unverified',
  'preview_changed',
  'not_in_force',
  'involved_cannot_lift',
  'not_uncertain',
  'nothing_to_acknowledge',
  'changed_meanwhile',
  'mailbox_taken',
  'server_unknown',
  'mails_missing',
  'mails_all',
  'too_many_mails',
  'letter_on_its_way',
  'measure_pending',
  'other_sender',
  'same_thread',
  'joined_away',
  'nothing_to_undo',
  'rule_proposal_open',
  'rule_proposal_closed',
  'own_rule_proposal',
  'rule_trial_missing',
  'rule_unchanged',
  'rule_not_applicable',
  'is_target',
  'sign_in_again',
  'factor_there_already',
  'factor_missing',
  'code_wrong',
  'no_encryption_key',
  'passkeys_enough',
  'passkey_unusable',
  'name_missing',
  'address_wrong',
  'address_taken',
  'role_missing',
  'person_gone',
  'last_admin',
  'own_rights',
  'own_proposal',
  'nothing_waiting',
  'template_unchanged',
  'template_proposal_open',
  'template_proposal_closed',
  'own_template_proposal',
  'template_changed_meanwhile',
  'template_flawed',
  'mail_changed',
  'reply_unchanged',
  'files_too_many',
  'file_too_large',
  'file_name_wrong',
  'file_empty',
  'wording_changed_meanwhile',
] as const

export type RefusalReason = (typeof refusalReasons)[number]

export function step(...events: Event[]): Step {
  return { kind: 'step', events }
}

export function refuse(reason: RefusalReason): Refusal {
  return { kind: 'refused', reason }
}
