import { enCare } from './en.care.ts'
import { enConsultation } from './en.consultation.ts'
import { enDesk } from './en.desk.ts'
import { enDisclosure } from './en.disclosure.ts'
import { enDrills } from './en.drills.ts'
import { enLadder } from './en.ladder.ts'
import { enPolicy } from './en.policy.ts'
import { refusedRepliesInEnglish } from './en.replies.ts'
import { enRetention } from './en.retention.ts'
import { enSenders } from './en.senders.ts'
import { enTokens } from './en.tokens.ts'
import type { jaRefused } from './ja.refused.ts'

/** Why an act was refused, and what to do, in English. */
export const enRefused: typeof jaRefused = {
  refused: {
    ...refusedRepliesInEnglish,
    ...enDesk.refused,
    ...enCare.refused,
    ...enRetention.refused,
    ...enDisclosure.refused,
    ...enPolicy.refused,
    ...enConsultation.refused,
    ...enDrills.refused,
    not_allowed: 'Your role does not include this. Please ask a colleague who has it.',
    already_reviewed: 'You have reviewed this already. It waits for another person.',
    review_complete: 'Two people have reviewed this already. Please look at the newest state.',
    review_first: 'The two reviews come first. Please use “Review” on the right.',
    judgement_changed:
      'Other rules came into force, and they judge this thread differently. Please look at what they say now and try again.',
    stale_revision: 'New mail has arrived. Please read it and try again.',
    category_missing: 'Choose at least one category.',
    category_unexpected: 'Choose no category where the policy does not apply.',
    severity_missing: 'Choose a severity.',
    element_missing:
      'All three elements must hold. Where one does not, choose “Does not apply” or “Cannot say”.',
    reason_missing: 'Write the reason. It goes on record.',
    text_missing: 'Write a message.',
    words_unsafe:
      'The subject or the text has something that no mail of ours may have (in the subject a control character, “=?…?=” or more than 998 characters; in the text a line with nothing but a dot). Change it and send it again.',
    nothing_to_settle: 'There is no dispute to settle.',
    reviewer_cannot_settle: 'A reviewer cannot settle. Please ask another supervisor.',
    own_reply: 'You cannot approve what you wrote. It waits for another person.',
    not_author: 'Only the author of this reply can do that.',
    not_awaiting_approval: 'This reply is not awaiting approval. Please look at the newest state.',
    not_editable: 'This reply can no longer be changed. Please look at the newest state.',
    sender_muted: 'Answers to this sender are suspended. No reply is sent.',
    reply_open: 'A reply is being written or awaits approval already. Please look there.',
    recipient_not_a_person: 'Automatic mail is not answered.',
    no_harassment_decision: 'Two reviews must first decide that this is harassment.',
    measure_open: 'A proposal about this sender already waits for a supervisor.',
    already_suspended: 'Answers to this sender are suspended already.',
    warning_missing: 'No warning was given yet. Warn first, or write why the warning is skipped.',
    self_harm_never_warned:
      'The customer may be in danger. Please let a person answer with care, not with a warning.',
    noticed_recently:
      'The same notice was sent recently. Please wait until seven days have passed.',
    not_proposed: 'This proposal no longer waits. Please look at the newest state.',
    involved_cannot_confirm:
      'Reviewers and proposers cannot confirm. Please ask another supervisor.',
    sender_unverified:
      'It is not certain that this mail is from the sender it names. Record another proof of identity, then confirm.',
    preview_changed: 'The notice has changed. Please read the new text, then confirm.',
    not_in_force: 'This suspension is not in force.',
    involved_cannot_lift: 'Reviewers and proposers cannot lift. Please ask another supervisor.',
    not_uncertain: 'The result of this letter is known already.',
    nothing_to_acknowledge: 'This alert was acknowledged already.',
    mails_missing:
      'Choose at least one mail to split off. Mails that were moved meanwhile are gone.',
    mails_all: 'Not all mails can be split off. Leave at least one.',
    too_many_mails: 'No more than 2,000 mails can be moved at once. Move them in parts.',
    letter_on_its_way:
      'A reply in this thread is being written or sent. Send or withdraw it first, then move the mails.',
    measure_pending:
      'A warning or suspension is under way in this thread. Until it is settled, the mail that it answers stays here.',
    other_sender:
      'Threads of different senders cannot be joined: decisions and measures are kept for each sender.',
    same_thread: 'A thread cannot be joined into itself. Choose another one.',
    joined_away: 'This thread was joined into another one. Please go to where its mails are.',
    ...enTokens.refused,
    ...enSenders.refused,
    template_unchanged: 'These are the words in force.',
    template_proposal_open: 'A change of this notice already waits for approval.',
    template_proposal_closed: 'This change has been decided on.',
    own_template_proposal: 'You proposed it: another supervisor decides.',
    template_changed_meanwhile:
      'The words it was written over have changed since. Propose it anew on the new ones.',
    template_flawed:
      'These words cannot be used as a notice: see what is missing, and whom they name.',
    ...enLadder.refused,
    nothing_to_undo: 'There is nothing to undo: it was undone already, or the mails were moved on.',
    rule_proposal_open: 'A proposal about this rule waits already. Please look there.',
    rule_proposal_closed: 'This proposal was decided already. Please look at the newest state.',
    own_rule_proposal: 'You cannot decide on what you proposed. It waits for another supervisor.',
    rule_trial_missing:
      'It has not been tried on the version in force yet. Please wait for the result.',
    rule_unchanged: 'Nothing would change. Say what is to be otherwise.',
    rule_not_applicable:
      'This change cannot be applied to the rules of now. Withdraw it and propose it anew.',
    is_target:
      'You are the one attacked here, so you neither review, reply nor confirm. Please leave it to others.',
    sign_in_again: 'Please sign in again before a change like this.',
    factor_there_already: 'It is set up already.',
    factor_missing: 'It is not set up. Please look at the newest state.',
    passkeys_enough: 'Ten passkeys are enough. Please remove one that is not used.',
    passkey_unusable: 'The passkey could not be checked. Please reload the page and try again.',
    name_missing: 'Please enter a name.',
    address_wrong: 'This is not an e-mail address.',
    address_taken: 'Somebody has that address already.',
    role_missing: 'Please choose at least one role.',
    person_gone: 'There is no such person, or the account is disabled.',
    last_admin: 'This is the last administrator. Please make somebody else one first.',
    own_rights: 'Your own roles and account are another administrator’s to decide.',
    own_proposal: 'Who proposed it does not approve it. Please ask another administrator.',
    nothing_waiting: 'No roles wait: they were decided or withdrawn already.',
    webhook_secret_unreadable:
      'The stored address cannot be opened. Please enter the address again.',
    no_encryption_key:
      'An administrator has to set an encryption key first (MAMORI_ENCRYPTION_KEY).',
    code_wrong: 'The code is wrong. Check the clock of the app’s device and try the next code.',
    changed_meanwhile: 'Somebody changed the text. Please read the new one.',
    words_to_hide_wrong:
      'Write what to mask one a line, with 2 to 200 characters each, in at most 200 lines.',
    exports_under_way: 'Other exports are under way. Wait a moment, then try again.',
    mailbox_taken:
      'There is a mailbox of that name already, or somebody changed this one meanwhile. Please look at the newest state.',
    server_unknown:
      'Received mail does not show that this server can be trusted. Choose a recommended one, or name it in the settings (MAMORI_TRUSTED_AUTHSERV_IDS).',
  },
}
