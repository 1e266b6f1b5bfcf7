import type { BurdenLevel } from '../domain/exposure.ts'

const level: Record<BurdenLevel, string> = {
  none: 'いまは負荷がありません',
  light: '軽め',
  noticeable: 'やや多め',
  heavy: '多め',
}

const advice: Record<BurdenLevel, string> = {
  none: 'この四週間、伏せた箇所は開いていません。要点だけで判断できるときは、開かなくてかまいません。',
  light:
    '要点だけで判断できるときは、開かなくてかまいません。読んだあとは、短い休憩をはさんでください。',
  noticeable:
    'このところ、きつい言葉に触れる時間が続いています。次のきびしいメールは、ほかの人に引き継いでかまいません。理由はいりません。',
  heavy:
    'きつい言葉に多く触れています。責任者に話して、しばらく担当を替わってもらってください。替わることは、あなたの評価に関わりません。',
}

/** What the page on care (ケア) says. */
export const jaCare = {
  title: 'ケア',
  lead: '読むことの負荷を、あなた自身のために数えています。あなたの数字を見るのは、あなただけです。',
  own: 'あなたの閲覧負荷',
  level,
  advice,
  graveToday: (n: number) =>
    `今日は程度の重い箇所を${n}か所開いています。ここで区切り、交代を頼むことをおすすめします。`,
  how: '数え方',
  howText:
    '伏せた箇所を一つ開くごとに、程度に応じて一から四を足し、一週間で半分に減らします。新しいスレッドの自動割り当ては、負荷の少ない人から行われます。',
  days: (n: number) => `この${n}日間に開いた箇所`,
  chart: (n: number) => `日ごとの棒グラフ。最も多い日で${n}か所`,
  table: '数字で見る',
  day: '日付',
  opened: '開いた箇所',
  talk: '相談できる人',
  talkLead: '一人で抱えず、早めに話してください。話したことで不利益を受けることはありません。',
  nobody: '受信箱を受け持つ責任者は、ほかにいません。会社の相談窓口や産業医に話してください。',
  away: '担当から離れる',
  team: '窓口ごとの負荷',
  teamLead: '個人の数字は表示しません。確認する人が5人以上の窓口だけ、全体の様子を示します。',
  teamFew: (n: number) => `確認する人が${n}人のため、数字を出しません`,
  teamOf: (n: number, words: string) => `${n}人の平均：${words}`,
}
