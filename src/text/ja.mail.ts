import type { Invitation, Protection } from '../domain/mail.ts'

const protection: Record<Exclude<Protection, 'none'>, string> = {
  smime_signed:
    '電子署名（S/MIME）の付いたメールです。署名が正しいかどうかは、ここでは確かめていません。',
  pgp_signed:
    '電子署名（PGP）の付いたメールです。署名が正しいかどうかは、ここでは確かめていません。',
  smime_encrypted:
    '暗号化（S/MIME）されたメールです。内容はここでは読めず、自動判定もできていません。原本を保存し、鍵を持つ人のメールソフトで開いてください。',
  pgp_encrypted:
    '暗号化（PGP）されたメールです。内容はここでは読めず、自動判定もできていません。原本を保存し、鍵を持つ人のメールソフトで開いてください。',
}

const invitation: Record<Invitation['method'], string> = {
  request: '予定への招待',
  cancel: '予定の取り消し',
  reply: '招待への返事',
  publish: '予定のお知らせ',
}

/** How a mail that is more than its words is told in Japanese. */
export const mail = {
  protection,
  signedUnread:
    '本文は署名データの中にあり、取り出せませんでした。原本を保存し、メールソフトで開いてください。',
  noText: '本文のないメールです。',
  unreadableWhy: {
    time: '読み取りに時間がかかりすぎるため、途中で止めました。',
    memory: '読み取りにメモリーを使いすぎるため、途中で止めました。',
    form: '形式が壊れているか、構造が複雑すぎます。',
  },
  unreadableNext:
    'このソフトが新しくなると、自動でもう一度読み取ります。お急ぎのときは原本を保存してご覧ください。',
  unreadableDetail: '詳細',
  header: 'メールのヘッダー（そのままの内容）',
  invitation,
  what: '件名',
  when: '日時',
  where: '場所',
  organizer: '主催者',
  attendees: '参加者',
  repeats: '繰り返しの予定です',
  until: (start: string, end: string) => `${start} ～ ${end}`,
  inZone: (time: string, zone: string) => `${time}（${zone}）`,
  others: (n: number) => `ほか${n}名`,
  attachedMail: '添付されたメール',
  from: '差出人',
  subject: '件名',
  sent: '日時',
  files: '添付ファイル',
  moreFiles: (n: number) => `ほか${n}点`,
  filesIn: (name: string) => `${name} の中のファイル`,
  filesInHelp:
    '中のファイルは、この添付ファイルを保存し、対応するメールソフトで開くと取り出せます。',
  inlinePictures: (n: number) => `本文中の画像 ${n}点`,
  keptBack: '（伏せています）',
}

export type MailText = typeof mail
