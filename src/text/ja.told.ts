import type { ToldKind } from '../domain/told.kinds.ts'
import type { WebhookFormat } from '../domain/webhook.ts'
import type { WebhookEvent } from '../domain/webhook-event.ts'

type ToldLine = {
  readonly kind: string
  readonly severity: string | null
  readonly categories: readonly string[]
  readonly url: string
}

const kind: Record<ToldKind, string> = {
  alert: '受信保留中のメールに、お知らせすべき内容があります',
  urgent: '緊急のメールが届きました',
  dispute: '二人の判断が分かれました',
  measure_proposed: '対応の決裁をお待ちしています',
  approval_wanted: '返信の承認をお待ちしています',
  incident_waiting: '記録された出来事が二人目の確認を待っています',
  second_review_late: '二人目の確認が待たれています',
  mentioned: 'メモであなたが呼ばれています',
  handed_over: 'スレッドの担当になりました',
  reply_returned: '返信が差し戻されました',
  reply_changed: '返信が書き換えられました',
  letter_trouble: '送信できなかった、または結果の分からない送信があります',
  objection: '対応停止に異議が届きました',
  review_due: '対応停止の見直しの日が近づいています',
  muted_digest: '受信保留中のメールの集計ができました',
  join_proposed: '差出人の統合が、もう一人の確認を待っています',
  rights_waiting: '役割の変更が、もう一人の管理者を待っています',
  rights_objectable: '役割の変更が予定されています',
  token_waiting: 'プログラム用のトークンが承認を待っています',
  rules_proposed: 'ルールの変更が承認を待っています',
  template_proposed: '文例の変更が承認を待っています',
  care_given: 'ケアの受け持ちができました',
  care_due: 'ケアの期日です',
  care_offered: 'あなたへのケアのご案内があります',
  consultation_waiting: '相談窓口に相談が届いています',
  consultation_answered: '相談窓口から返事があります',
  drill_given: '研修の演習が始まりました',
  webhook_trouble: '外部への通知が届いていません',
}

const format: Record<WebhookFormat, string> = {
  json: '汎用（署名付きJSON）',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  line_works: 'LINE WORKS',
}

const event: Record<WebhookEvent['kind'], string> = {
  webhook_added: '外部への通知先を追加',
  webhook_changed: '外部への通知先を変更',
  webhook_paused: '外部への通知先を停止',
  webhook_resumed: '外部への通知先を再開',
  webhook_removed: '外部への通知先を削除',
  webhook_given_up: '外部への通知をあきらめた',
}

/** What the pages and mails on notices (お知らせ) say. */
export const jaTold = {
  title: 'お知らせ',
  bell: (n: number) => (n === 0 ? 'お知らせ' : `お知らせ（未読${n}件）`),
  lead: 'あなたに関わるお知らせです。お客さまの言葉や件名は載せません。',
  empty: 'お知らせはありません。',
  older: '以前のお知らせ',
  newest: '最新のお知らせ',
  unread: '未読',
  read: '既読にする',
  readAll: 'すべて既読にする',
  open: '開く',
  settings: 'お知らせの受け取り方',
  severity: '程度',
  categories: '分類',
  kind,
  event,
  choices: {
    title: 'お知らせの受け取り方',
    lead: '画面ではいつでもすべて見られます。ほかにどこで受け取るかを選べます。',
    what: 'お知らせの内容',
    page: '画面',
    always: 'いつも',
    mail: 'メール',
    webhook: '自分の通知先',
    noMail: 'いまはメールを送れません。管理者にお尋ねください。画面のお知らせは届きます。',
    gather: 'メールのまとめ方',
    gathering: (minutes: number) => {
      if (minutes === 0) return 'すぐに一通ずつ'
      if (minutes < 60) return `${minutes}分ごとにまとめて`
      return minutes === 1440 ? '一日に一度まとめて' : `${minutes / 60}時間ごとにまとめて`
    },
    quiet: '受け取らない時間帯',
    quietHelp: '日本時間。この間のメールと自分の通知先へのお知らせは、終わってから届きます。',
    quietOn: '受け取らない時間帯を決める',
    from: '開始',
    to: '終了',
    pressing: '緊急のもの（受信保留中の知らせ・緊急のメール）は、その間もまとめずに受け取る',
    save: '保存する',
    own: '自分の通知先',
    ownLink: '自分の通知先を設定する',
  },
  webhook: {
    title: '外部への通知',
    nav: '外部通知',
    lead: 'チャットやほかのシステムへ、起きたことの種類・分類・程度・リンクだけを送ります。件名や本文は送りません。',
    empty: '通知先はまだありません。',
    add: '通知先を追加する',
    newTitle: '通知先の追加',
    ownTitle: '自分の通知先',
    ownLead:
      'あなたへのお知らせを、あなたのチャットなどへも送れます。どのお知らせを送るかは「受け取り方」で選びます。',
    name: '名前',
    format: '形式',
    formats: format,
    url: '宛先のアドレス（https）',
    urlHelp:
      'このアドレスを知る人は誰でも投稿できるため、秘密として封をして保存し、以後は表示しません。',
    urlKeep: '変えないときは空のままにします。',
    kinds: '知らせる内容',
    mailboxes: '対象の受信箱',
    allMailboxes: 'すべての受信箱（受信箱に属さないお知らせも含む）',
    someMailboxes: '選んだ受信箱だけ',
    save: '保存する',
    test: '試しに送る',
    pause: '停止する',
    resume: '再開する',
    remove: '削除する',
    renew: '署名の鍵を作り直す',
    removeHelp: '削除すると宛先と鍵は消え、届いていない通知は送られません。',
    secretTitle: '署名の鍵',
    secretLead: '受け手が署名を確かめるための鍵です。いま一度だけ表示します。',
    secretOn: '続ける',
    state: { active: '稼働中', paused: '停止中', failing: '失敗が続いています' },
    host: '宛先',
    sample: 'Mamoriからの試しの通知です',
    deliveries: '最近の送信',
    noDeliveries: '送信はまだありません。',
    sampleKind: '試し',
    when: '時刻',
    attempts: '回数',
    result: '結果',
    delivery: {
      waiting: '再試行待ち',
      delivered: '届いた',
      given_up: 'あきらめた',
      dropped: '取りやめた',
    },
    trouble: {
      address_forbidden: '許されない宛先です',
      name_unknown: '宛先の名前が見つかりません',
      unreachable: 'つながりません',
      certificate: '証明書が確かめられません',
      timeout: '時間内に応答がありません',
      redirected: '別の宛先へ転送されました（転送には従いません）',
      status: '受け手が受け付けませんでした',
      secret_unreadable: '保存された宛先を開けません。入力し直してください',
    },
    flaw: {
      not_an_address: '宛先のアドレスとして読めません。',
      not_https: '宛先は https:// で始まるアドレスにしてください。',
      has_user: 'アドレスに利用者名やパスワードは入れられません。',
      port_not_allowed: 'このポートへは送れません（443と8443だけ）。',
      address_forbidden:
        '社内や自分自身を指す宛先へは送れません。必要なときは、管理者が設定（MAMORI_WEBHOOK_HOSTS）で許します。',
    },
    none: '自分の通知先はまだありません。',
    noKey: '秘密を封じる鍵（MAMORI_ENCRYPTION_KEY）が設定されていないため、追加できません。',
  },
  mail(name: string, lines: readonly ToldLine[], more: number, link: string) {
    const one = ({ kind, severity, categories, url }: ToldLine) =>
      [
        `・${kind}`,
        ...(severity === null ? [] : [`　程度：${severity}`]),
        ...(categories.length === 0 ? [] : [`　分類：${categories.join('・')}`]),
        `　${url}`,
      ].join('\n')
    const rest = more > 0 ? `\n\nほか${more}件あります。` : ''
    return {
      subject: `【Mamori】お知らせ${lines.length + more}件`,
      text: `${name} 様\n\n${lines.map(one).join('\n\n')}${rest}\n\n受け取り方の変更：${link}/notifications/settings\n`,
    }
  },
}
