import type { FactorKind } from '../domain/account-event.ts'
import type { PasswordFlaw } from '../domain/password.ts'
import type { SignInWay } from '../domain/session.ts'

const flaw: Record<PasswordFlaw, string> = {
  too_short: 'パスワードは12文字以上にしてください。',
  too_long: 'パスワードは256文字までにしてください。',
  too_plain: '同じ文字や並びの繰り返しは推測されます。別のパスワードにしてください。',
  well_known: 'よく使われる言葉でできています。別のパスワードにしてください。',
  about_you: 'お名前やメールアドレスが入っています。別のパスワードにしてください。',
}

const way: Record<SignInWay, string> = {
  password: 'パスワード',
  'password+totp': 'パスワードと確認コード',
  'password+recovery_code': 'パスワードと予備コード',
  'password+passkey': 'パスワードとパスキー',
  passkey: 'パスキー',
  openid: '社内アカウント',
  'openid+mfa': '社内アカウント（多要素認証）',
  'openid+totp': '社内アカウントと確認コード',
  'openid+recovery_code': '社内アカウントと予備コード',
  'openid+passkey': '社内アカウントとパスキー',
}

const method: Record<FactorKind, string> = { totp: '確認アプリ', passkey: 'パスキー' }

/** What the pages on one's own account say. */
export const jaAccount = {
  flaw,
  way,
  method,
  title: 'アカウントの安全',
  lead: 'サインインの方法と、サインイン中の端末です。',
  needed:
    'あなたの役割では、パスワードに加えてもう一つの確認が必要です。確認アプリかパスキーを設定すると、続けて使えます。',
  noRoles: 'まだ役割がありません。管理者の承認が済むと、仕事を始められます。',
  second: {
    title: 'もう一つの確認',
    lead: '確認アプリに表示されている6桁のコードを入力してください。アプリが使えないときは、予備コードを一つ入力してください。',
    leadPasskey: 'お使いの端末やセキュリティキーで確認してください。',
    code: '確認コード',
    do: '確認する',
    wrong: 'コードが違うか、すでに使われています。次のコードをお試しください。',
    locked: '続けて失敗したため、しばらく確認できません。数分後にもう一度お試しください。',
    other: 'サインインをやり直す',
  },
  totp: {
    title: '確認アプリ',
    off: '設定されていません。スマートフォンの確認アプリ（Google Authenticatorなど）で、6桁のコードを表示できるようにします。',
    on: (codes: number) => `設定されています。予備コードの残りは${codes}個です。`,
    begin: '確認アプリを設定する',
    steps:
      '確認アプリで次の画像を読み取り、表示された6桁のコードを入力してください。読み取れないときは、下の文字をアプリに入力してください。',
    qr: '確認アプリで読み取る画像',
    secret: '設定用の文字',
    confirm: '設定を終える',
    remove: '確認アプリを外す',
    noKey: (why: string) =>
      `確認アプリを使うには、管理者が暗号化の鍵を設定する必要があります（${why}）。`,
  },
  passkeys: {
    title: 'パスキー',
    lead: '指紋や顔、端末の暗証番号、セキュリティキーでサインインできます。パスワードも確認コードも要りません。',
    enter: 'パスキーを使う',
    add: 'パスキーを追加する',
    name: '名前（どの端末か）',
    made: '追加',
    used: '最後の利用',
    remove: '外す',
    failed: 'パスキーを使えませんでした。もう一度お試しください。',
    wrong: 'このパスキーではサインインできませんでした。もう一度お試しください。',
  },
  openId: {
    enter: (name: string) => `${name}でサインイン`,
    failed:
      '社内アカウントの確認先と通信できませんでした。しばらくしてからもう一度お試しください。',
    expired: '時間がたったため、もう一度はじめからお願いします。',
    unknown: 'この社内アカウントに対応する利用者がいません。管理者に招待を依頼してください。',
    unverified:
      '社内アカウントのメールアドレスが確認済みになっていません。管理者に相談してください。',
    other_account: 'この利用者は、別の社内アカウントと結び付いています。管理者に相談してください。',
  },
  codes: {
    title: '予備コード',
    lead: 'アプリが使えないときに、一つにつき一度だけ使えます。印刷するか、パスワード管理ソフトに保存してください。この画面を離れると、もう表示できません。',
    kept: '保存しました',
    renew: '予備コードを作り直す',
  },
  password: {
    title: 'パスワード',
    current: '今のパスワード',
    wanted: '新しいパスワード',
    help: '12文字以上。長い言葉の組み合わせをお勧めします。変更すると、ほかの端末はサインアウトします。',
    change: 'パスワードを変更する',
    wrong: '今のパスワードが違います。',
  },
  sessions: {
    title: 'サインイン中の端末',
    here: 'この端末',
    half: '確認待ち',
    since: 'サインイン',
    seen: '最後の利用',
    end: 'サインアウトさせる',
    endOthers: 'ほかの端末をすべてサインアウトさせる',
  },
  again: 'もう一度サインインする',
}
