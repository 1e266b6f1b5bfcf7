/** Filters of the queue, views that somebody saved, and several threads at once, in Japanese. */
export const jaQueue = {
  filter: {
    saved: '保存した条件',
    on: '絞り込み中の条件',
    remove: (label: string) => `${label}の条件を外す`,
    more: '絞り込む',
    any: 'すべて',
    category: '分類',
    severityLabel: '程度',
    severity: { '1': '境界・初回以上', '2': '明らか以上', '3': '犯罪・緊急のみ' },
    senderLabel: '差出人',
    sender: { verified: '差出人確認済みのみ', unverified: '差出人未確認を含む' },
    apply: '絞り込む',
    save: '条件を保存',
    name: '条件の名前',
    nameHelp: 'いまの条件に名前をつけて残します。あなただけに見えます。',
    saveDo: '保存する',
    drop: (name: string) => `「${name}」を消す`,
  },
  together: {
    none: '一件も選ばれていません。',
    refused: (n: number) => `${n}件は処理されませんでした。`,
    missing: 'スレッドがありません。',
  },
  picks: {
    title: 'まとめて操作した結果',
    legend: '選んだスレッドを',
    select: (subject: string) => `選ぶ：${subject}`,
    take: '自分が担当する',
    to: '渡す相手',
    hand: '渡す',
    until: 'いつまで',
    snooze: 'あとに回す',
    done: (n: number) => `${n}件を処理しました。`,
    back: '一覧に戻る',
  },
  done: {
    picked: '選んだスレッドを処理しました。',
    viewSaved: '条件を保存しました。',
    viewDropped: '保存した条件を消しました。',
  },
}

export type QueueText = typeof jaQueue
