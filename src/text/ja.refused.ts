import type { RefusalReason } from '../domain/step.ts'
import { jaCare } from './ja.care.ts'
import { jaConsultation } from './ja.consultation.ts'
import { jaDesk } from './ja.desk.ts'
import { jaDisclosure } from './ja.disclosure.ts'
import { jaDrills } from './ja.drills.ts'
import { jaLadder } from './ja.ladder.ts'
import { jaPolicy } from './ja.policy.ts'
import { refusedReplies } from './ja.replies.ts'
import { jaRetention } from './ja.retention.ts'
import { jaSenders } from './ja.senders.ts'
import { jaTokens } from './ja.tokens.ts'

const refused: Record<RefusalReason, string> = {
  ...refusedReplies,
  ...jaDesk.refused,
  ...jaCare.refused,
  ...jaRetention.refused,
  ...jaDisclosure.refused,
  ...jaPolicy.refused,
  ...jaConsultation.refused,
  ...jaDrills.refused,
  not_allowed: 'この操作はあなたの役割ではできません。担当の方に依頼してください。',
  already_reviewed: 'このメールはすでに確認しています。別の人の確認をお待ちください。',
  review_complete: '二人の確認がすでに済んでいます。最新の状態をご覧ください。',
  review_first: '先に二人の確認を済ませてください。右の「確認」からどうぞ。',
  judgement_changed:
    'ルールが改められ、自動判定が変わりました。新しい判定を確かめてから、もう一度お願いします。',
  stale_revision: '新しいメールが届いています。読み直してから、もう一度お願いします。',
  category_missing: '該当する分類を一つ以上選んでください。',
  category_unexpected: '該当なしのときは分類を選ばないでください。',
  severity_missing: '程度を選んでください。',
  element_missing:
    '三つの要件のすべてが必要です。欠けるときは「該当しない」か「判断できない」を選んでください。',
  reason_missing: '理由を書いてください。記録に残ります。',
  text_missing: '本文を書いてください。',
  words_unsafe:
    '件名または本文に、メールに使えない文字があります（件名の制御文字や「=?…?=」、998文字を超える件名、本文のピリオドだけの行）。直してから、もう一度送ってください。',
  nothing_to_settle: '判断が分かれている確認はありません。',
  reviewer_cannot_settle: '確認をした人は裁定できません。ほかの責任者に依頼してください。',
  own_reply: '自分の書いた返信は承認できません。ほかの人の承認をお待ちください。',
  not_author: 'この返信を書いた人だけができる操作です。',
  not_awaiting_approval: 'この返信は承認待ちではありません。最新の状態をご覧ください。',
  not_editable: 'この返信はもう変えられません。最新の状態をご覧ください。',
  sender_muted: 'この差出人への対応は停止中です。返信は送られません。',
  reply_open: '作成中または承認待ちの返信がすでにあります。そちらをご覧ください。',
  recipient_not_a_person: '自動送信のメールには返信しません。',
  no_harassment_decision: '先に二人の確認でハラスメントとの判断が必要です。',
  measure_open: 'この差出人への提案がすでに決裁を待っています。',
  already_suspended: 'この差出人への対応はすでに停止しています。',
  warning_missing: 'まだ警告をしていません。先に警告するか、省く理由を書いてください。',
  self_harm_never_warned:
    '命の心配があるメールです。警告や停止ではなく、人が寄り添って対応してください。',
  noticed_recently: '同じご案内を最近送っています。七日たつまで重ねて送れません。',
  not_proposed: 'この提案はもう決裁を待っていません。最新の状態をご覧ください。',
  involved_cannot_confirm: '確認や提案をした人は決裁できません。ほかの責任者に依頼してください。',
  sender_unverified:
    '差出人が本人と確かめられていません。ほかの方法で確かめ、記録してから決裁してください。',
  preview_changed: 'ご案内の文面が変わりました。新しい文面を確かめてから決裁してください。',
  not_in_force: 'この対応停止は有効ではありません。',
  involved_cannot_lift: '確認や提案をした人は解除できません。ほかの責任者に依頼してください。',
  not_uncertain: 'この送信の結果はもう決まっています。',
  nothing_to_acknowledge: 'この知らせはすでに確認されています。',
  mails_missing: '分けるメールを一通以上選んでください。すでに移されたメールは選べません。',
  mails_all: 'すべてのメールは分けられません。一通以上を残してください。',
  too_many_mails: '一度に移せるのは2,000通までです。期間を分けて、少しずつ移してください。',
  letter_on_its_way:
    'このスレッドには作成中または送信中の返信があります。送信か取り消しが済んでから移してください。',
  measure_pending:
    'このスレッドでは警告または対応停止が進んでいます。決着するまで、答える先のメールは移せません。',
  other_sender:
    '差出人の違うスレッドはまとめられません。判断や対応は、差出人ごとに記録されるためです。',
  same_thread: '同じスレッドにはまとめられません。まとめる先を選んでください。',
  joined_away: 'このスレッドは別のスレッドにまとめられています。メールのある先をご覧ください。',
  ...jaTokens.refused,
  ...jaSenders.refused,
  template_unchanged: '今の文と同じです。',
  template_proposal_open: 'この文例には、すでに承認待ちの変更があります。',
  template_proposal_closed: 'この変更は、すでに判断されています。',
  own_template_proposal: '自分が提案した変更は承認できません。別の責任者が判断します。',
  template_changed_meanwhile:
    'この案が書かれた後に、元の文が変わりました。新しい文をもとに、もう一度提案してください。',
  template_flawed:
    'この文はご案内として使えません。担当者の名前や、足りない項目を確かめてください。',
  ...jaLadder.refused,
  nothing_to_undo: '元に戻せるものがありません。すでに戻されたか、メールがさらに移されています。',
  rule_proposal_open: 'このルールについての提案がすでに承認待ちです。そちらをご覧ください。',
  rule_proposal_closed: 'この提案はすでに決まっています。最新の状態をご確認ください。',
  own_rule_proposal: '自分の提案は承認も却下もできません。別の責任者をお待ちください。',
  rule_trial_missing: '使用中の版でまだ試し終わっていません。結果が出てから承認してください。',
  rule_unchanged: '変更がありません。変えるところを入力してください。',
  rule_not_applicable:
    'この変更は今のルールに当てはめられません。取り下げて、改めて提案してください。',
  is_target: 'この件で攻撃を受けている方は、確認や返信、決裁をしません。ほかの方に任せてください。',
  sign_in_again: '大切な変更の前に、もう一度サインインしてください。',
  factor_there_already: 'すでに設定されています。',
  factor_missing: '設定されていません。最新の状態をご覧ください。',
  passkeys_enough: 'パスキーは10個までです。使わないものを外してください。',
  passkey_unusable:
    'パスキーを確かめられませんでした。ページを読み直して、もう一度お試しください。',
  name_missing: '名前を入力してください。',
  address_wrong: 'メールアドレスの形になっていません。',
  address_taken: 'そのメールアドレスの利用者がすでにいます。',
  role_missing: '役割を一つ以上選んでください。',
  person_gone: 'その利用者はいないか、停止されています。',
  last_admin: '最後の管理者です。先にほかの人を管理者にしてください。',
  own_rights: '自分の役割やアカウントについては、ほかの管理者が決めます。',
  own_proposal: '提案した本人は承認できません。別の管理者に依頼してください。',
  nothing_waiting: '承認を待つ役割はありません。すでに決まったか、取り下げられています。',
  webhook_secret_unreadable: '保存された宛先を開けません。宛先をもう一度入力してください。',
  no_encryption_key:
    '管理者が暗号化の鍵（MAMORI_ENCRYPTION_KEY）を設定すると使えます。管理者に依頼してください。',
  code_wrong: 'コードが違います。アプリの時計を確かめ、次のコードをお試しください。',
  changed_meanwhile: 'ほかの人が内容を変えました。新しい内容を確かめてください。',
  words_to_hide_wrong: '伏せる語句は1行に1つ、2〜200文字で書いてください。200行まで書けます。',
  exports_under_way: 'ほかの資料を書き出している最中です。少し待ってから、もう一度お試しください。',
  mailbox_taken: '同じ名前の受信箱があるか、他の人が先に変更しました。最新の状態をご確認ください。',
  server_unknown:
    '受信したメールからは、このサーバーを信頼できると分かりません。候補から選ぶか、設定ファイル（MAMORI_TRUSTED_AUTHSERV_IDS）に書いてください。',
}

/** Why an act was refused, and what to do, in Japanese. */
export const jaRefused = {
  refused,
}
