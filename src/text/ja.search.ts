import type { QueryFault } from '../domain/query.ts'

/** What is wrong with a query and what to do. */
function queryFault(fault: QueryFault): string {
  switch (fault.kind) {
    case 'unknown_field':
      return `「${fault.value}:」という項目はありません。使える項目は、差出人 宛先 件名 分類 状態 程度 以前 以後 日付 添付 受信箱 です。言葉として探すときは "${fault.value}" のように引用符で囲んでください。`
    case 'empty_field':
      return `「${fault.value}:」のあとに探す値がありません。空白を入れずに続けて入力してください。`
    case 'open_quote':
      return `「${fault.value}」から始まる引用が閉じていません。終わりの引用符を付けてください。`
    case 'bad_date':
      return `「${fault.value}」は日付として読めません。2026-11-25、2026/11/25、2026-11 のように入力してください。`
    case 'no_letters':
      return `「${fault.value}」には検索できる文字がありません。文字か数字を入力してください。`
    case 'unknown_has':
      return `「${fault.value}」では絞り込めません。添付:あり（has:attachment）が使えます。`
    case 'unknown_category':
      return `「${fault.value}」という分類はありません。使える分類：${fault.known.join('、')}`
    case 'unknown_state':
      return `「${fault.value}」という状態はありません。使える状態：${fault.known.join('、')}`
    case 'unknown_severity':
      return `「${fault.value}」という程度はありません。0から3の数字、2以上、または名前で入力してください：${fault.known.join('、')}`
    case 'unknown_mailbox':
      return `「${fault.value}」という受信箱はありません。使える受信箱：${fault.known.join('、')}`
    case 'too_long':
      return `検索の言葉が長すぎます。${fault.max}文字までにしてください。`
    case 'too_many':
      return `検索の条件が多すぎます。${fault.max}個までにしてください。`
  }
}

/** What searching says in Japanese. */
export const jaSearch = {
  searchLabel: '検索',
  searchNone: (query: string) => `「${query}」に当たるメールはありません。`,
  searchFound: (n: number, more: boolean, query: string) =>
    `「${query}」：${n}件${more ? '以上' : ''}のスレッド`,
  searchMails: (n: number) => `${n}通が該当`,
  searchKeptBack: '該当箇所は保護された部分にあります',
  searchMuted: '受信保留中のメールです。本文は表示していません',
  searchPages: '検索結果のページ',
  searchFirst: '最初のページ',
  searchHelpTitle: '検索のしかた',
  searchHelp: [
    { example: '返金', words: '一文字から検索できます。全角・半角、大文字・小文字は区別しません' },
    { example: '返金 領収書', words: '空白で区切ると、すべての言葉を含むメール' },
    { example: '"ご返金ください"', words: '引用符やかぎ括弧で囲むと、続いた言葉のとおり' },
    { example: '返金 -定期便', words: '前に「-」を付けると、その言葉を含まないメール' },
    { example: '差出人:田中', words: '差出人の名前かアドレス。宛先: 件名: も同じです' },
    { example: '分類:脅迫', words: '自動判定の分類' },
    { example: '状態:新着', words: '対応の状態' },
    { example: '程度:2以上', words: '程度（0から3、または名前）' },
    { example: '以前:2026-11-25', words: 'その日までに送られたメール。以後: 日付: も使えます' },
    { example: '添付:あり', words: '添付ファイルのあるメール' },
    { example: '受信箱:support', words: '受信箱か部署の名前' },
  ],
  queryFault,
}
