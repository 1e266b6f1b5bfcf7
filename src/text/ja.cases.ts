/** What the pages on cases say in Japanese. */
export const jaCases = {
  title: '事案',
  lead: '二人の確認、または責任者の裁定で、カスタマーハラスメントと判断された差出人です。',
  empty: 'カスタマーハラスメントと判断された差出人はいません。判断が決まると、ここに並びます。',
  newest: '新しい順の先頭へ',
  older: 'さらに前の事案',
  found: (threads: number, incidents: number) =>
    [threads > 0 ? `スレッド${threads}件` : '', incidents > 0 ? `出来事${incidents}件` : '']
      .filter((part) => part !== '')
      .join('・'),
  measure: (kind: string, state: string, n: number) =>
    `${kind}：${state}${n > 1 ? `（ほか${n - 1}件）` : ''}`,
  noMeasure: '措置はまだありません',
  of: (name: string) => `${name} の事案`,
  sender: '差出人の画面へ',
  caseLead: '判断と措置を古い順に並べています。お客さまの言葉は載せていません。印刷できます。',
  timeline: '経過',
  nothing: 'あなたが見られる受信箱には、判断も措置もありません。',
  decided: 'カスタマーハラスメントと判断',
  incident: (kind: string) => `出来事（${kind}）`,
  proposed: (name: string) => `${name}を提案`,
  announced: (name: string) => `${name}を通知`,
  ends: (name: string, state: string) => `${name}の期限（いまの状態：${state}）`,
}

export type CasesText = typeof jaCases
