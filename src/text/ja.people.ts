import { fullTime } from './clock.ts'

/** What the pages on the staff say, and the mails to them. */
export const jaPeople = {
  title: '利用者',
  lead: 'アカウントと役割です。役割を増やすには、もう一人の管理者の承認が必要です。',
  add: '利用者を招待',
  all: 'すべての受信箱',
  noRoles: '役割なし',
  state: {
    invited: '招待中',
    disabled: '停止',
    strong: '二段目の確認あり',
    weak: 'パスワードのみ',
  },
  waiting: {
    title: '承認を待つ役割',
    wants: (by: string, whom: string) => `${by}さんが${whom}さんに次の役割を提案しています。`,
    second: '承認する',
    decline: '認めない',
    withdraw: '取り下げる',
    until: (at: string) =>
      `ほかに承認できる管理者がいないため、${fullTime(at, 'ja')}に有効になります。責任者も止められます。`,
    needs: '別の管理者の承認を待っています。',
  },
  invite: {
    title: '利用者を招待',
    lead: '招待された人は、届いたリンクから自分でパスワードを決めます。リンクは24時間、一度だけ使えます。',
    name: '名前',
    roles: '役割',
    within: (role: string) => `${role}として担当する受信箱（選ばなければすべて）`,
    do: '招待する',
  },
  invited: {
    title: '招待しました',
    link: 'メールの送信が設定されていないため、リンクをここに一度だけ表示します。ご本人に直接お渡しください。24時間、一度だけ使えます。',
    mailed: (email: string) => `${email}へ招待メールを送ります。`,
    waits: '役割は、もう一つの承認の後で有効になります。',
    back: '利用者の一覧へ',
  },
  person: {
    rights: '役割を変える',
    rightsLead: '減らすのはすぐに有効です。増やすには、もう一人の管理者の承認が必要です。',
    propose: '変更する',
    again: 'パスワードを決め直すリンクを送る',
    againLead:
      'メールの送信が設定されていないときは、リンクがあなたに表示されます。そのときは、ご本人の役割がいったん外れ、もう一人の管理者の承認を待ちます。',
    resetFactors: '二段目の確認を外す',
    resetLead: '端末をなくしたときなどに使います。次のサインインで設定し直します。',
    signOut: 'すべての端末からサインアウトさせる',
    disable: '利用を停止する',
    disableLead: '履歴は残り、本人は何もできなくなります。',
  },
  accept: {
    title: 'パスワードを決める',
    lead: (name: string) => `${name}さん、ようこそ。これから使うパスワードを決めてください。`,
    do: '決めて始める',
    gone: 'このリンクは使えません。すでに使われたか、24時間を過ぎています。管理者に新しいリンクを依頼してください。',
  },
  done: {
    rightsProposed: '記録しました。増やした役割は承認の後で有効になります。',
    rightsGranted: '承認しました。',
    rightsDeclined: '認めませんでした。',
    personDisabled: '利用を停止しました。',
    factorsReset: '二段目の確認を外しました。',
  },
  mail: {
    invitation: (name: string, link: string, until: string) => ({
      subject: 'Mamoriへの招待',
      text: `${name} 様\n\nMamoriを使うための招待です。次のリンクを開き、パスワードを決めてください。\n\n${link}\n\nこのリンクは${fullTime(until, 'ja')}まで、一度だけ使えます。\n心当たりのないときは、管理者にお知らせください。\n`,
    }),
    rights: (about: string, by: string, roles: string, until: string) => ({
      subject: `役割の提案：${about}さん`,
      text: `${by}さんが、${about}さんに次の役割を提案しました。\n\n${roles}\n\nほかに承認できる管理者がいないため、${fullTime(until, 'ja')}に有効になります。\n認められないときは、それまでにMamoriの「利用者」で「認めない」を押してください。\n`,
    }),
  },
}
