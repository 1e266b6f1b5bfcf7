/** What the page for setting up says in Japanese. */
export const jaSetup = {
  title: 'はじめの設定',
  lead: '上から順に進めてください。全部で5分ほどです。途中でやめても、続きから始められます。',
  progress: (done: number, all: number) => `${all}項目のうち${done}項目が済みました`,
  state: { done: '済み', next: '次はここ', later: 'まだ', look: '見ておく', trouble: '問題あり' },
  minutes: (n: number) => `約${n}分`,
  factor: '自分のサインインを守る',
  factorLead:
    '管理者と責任者には、パスワードのほかに二つ目の確認（認証アプリかパスキー）が必要です。',
  factorDo: '二つ目の確認を設定する',
  mailbox: 'メールを読み込む',
  mailboxLead:
    'お客さまが書くアドレスを入れてください。主なサービスなら、接続先は自動で入ります。メールはサーバーに残り、既読にもなりません。',
  mailboxAddress: 'お客さまが書くアドレス',
  mailboxDo: '受信箱をつなぐ',
  mailboxMore: '受信箱の状態と設定',
  mailboxArrived: (n: number) => `${n}件のスレッドを受け取りました。`,
  mailboxWaiting: 'つながりました。最初のメールを待っています。',
  sending: 'メールを送る',
  sendingOn: (server: string) => `送信サーバー：${server}`,
  sendingTry: '送信サーバーにつながるか試す',
  sendingWorks: 'つながりました。サーバーは送信を受け付けます。',
  sendingAfter: '書いたら、プログラムを起動し直してください。ここで接続を確かめられます。',
  sendingOff:
    '送信サーバーがまだありません。起動時の設定（.env）に次の行を書いてください。それまでは返信も通知も出ません。',
  people: '人を招く',
  peopleLead:
    'どのスレッドも二人で確認し、対応停止はその二人以外の責任者が決めます。少なくとも、確認する人が二人と、ほかに責任者が一人必要です。',
  peopleNow: (reviewers: number, supervisors: number) =>
    `いま：確認できる人 ${reviewers}人、責任者 ${supervisors}人`,
  peopleLack: {
    reviewer: '確認する人があと一人要ります。',
    reviewers: '確認する人があと二人要ります。',
    supervisor: '責任者が要ります。',
    third: '確認した二人のほかに、決める責任者が要ります。もう一人招いてください。',
  },
  peopleDo: '人を招待する',
  policy: '方針を確かめる',
  policyLead:
    '方針を読み、「読みました」で確認すると済みになります。通知にはこの会社名と連絡先が載ります。どれも方針の文書（policy/policy.yaml）から読んでいます。',
  policyDo: '方針を読む',
  policyCompany: '会社名',
  policyVersion: '版',
  policyUrl: '公開している場所',
  policyObjection: '異議の申し出先',
  policyDays: '対応停止の期間',
  policyDaysOf: (days: number, review: number) => `${days}日（${review}日で見直し）`,
  policyOpen: 'ルールと分類を見る',
  templates: '通知の文面を見る',
  templatesLead: 'お客さまに届く通知の見本です。変更には、責任者二人が要ります。',
  templatesOpen: '文例をすべて見る',
  ready: '準備ができました',
  readyLead: '別のアドレスから受信箱にメールを一通送ってみてください。届くと、ここに表示されます。',
  readyNext: ['受信の列を開く', 'ルールの働きを見る', '自分への知らせ方を決める'],
}

export type SetupText = typeof jaSetup
