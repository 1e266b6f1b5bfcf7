import type { CareKind, CareState, CareWhy } from '../domain/care.ts'
import type { BurdenLevel } from '../domain/exposure.ts'

const level: Record<BurdenLevel, string> = {
  none: 'いまは負荷がありません',
  light: '軽め',
  noticeable: 'やや多め',
  heavy: '多め',
}

const advice: Record<BurdenLevel, string> = {
  none: 'このところ、伏せた箇所は開いていません。要点だけで判断できるときは、開かなくてかまいません。',
  light:
    '要点だけで判断できるときは、開かなくてかまいません。読んだあとは、短い休憩をはさんでください。',
  noticeable:
    'このところ、きつい言葉に触れる時間が続いています。次のきびしいメールは、ほかの人に引き継いでかまいません。理由はいりません。',
  heavy:
    'きつい言葉に多く触れています。責任者に話して、しばらく担当を替わってもらってください。替わることは、あなたの評価に関わりません。',
}

const kind: Record<CareKind, string> = {
  contact: '当日の連絡',
  talk: '面談',
  week: '一週間後の確認',
  month: '一か月後の確認',
  stress_check: 'ストレスチェックのご案内',
  referral: '産業医・専門家への紹介',
}

const why: Record<CareWhy, string> = {
  attacked: '名指しや攻撃を受けたため',
  exposed: 'きつい言葉を読んだため',
  was_there: 'その場で対応したため',
  by_hand: '責任者からの声かけ',
}

const taskState: Record<CareState, string> = {
  open: '予定',
  done: '済み',
  declined: '辞退',
}

/** What the page on care (ケア) says. */
export const jaCare = {
  title: 'ケア',
  event: {
    care_task_made: 'ケアの予定',
    care_task_given: 'ケアの受け持ちを変更',
    care_task_done: 'ケアを実施',
    care_task_declined: 'ケアを辞退',
    care_note_written: 'ケアの記録（内容は載せません）',
  },
  refused: {
    care_closed: 'この予定は、もう済んでいるか、辞退されています。',
    care_taken: 'ほかの責任者が受け持っています。',
    care_cannot_have: 'その人は、この予定を受け持てません。',
    care_there: '同じ予定が、すでにあります。',
  },
  done: {
    careDone: '済みにしました。',
    careDeclined: '辞退しました。理由は記録されません。',
    careTaken: '受け持ちました。',
    careHanded: '引き継ぎました。',
    careNoted: '記録しました。読めるのは、お二人だけです。',
    careMade: '予定を作りました。',
  },
  kind,
  why,
  taskState,
  forYou: 'あなたへのケア',
  forYouLead: '受けるかどうかは、あなたが決められます。断っても不利益はありません。',
  forYouNone: '予定はありません。',
  with: (name: string) => `受け持ち：${name}さん`,
  withNobody: '受け持ちは、まだ決まっていません',
  due: (day: string) => `${day}まで`,
  overdue: '期日を過ぎています',
  yours: '受け持っているケア',
  yoursNone: '受け持っているケアはありません。',
  free: '受け持ちのいないケア',
  takeIt: '受け持つ',
  make: 'ケアを予定する',
  makeWho: 'どなたに',
  makeWhat: '何を',
  makeDo: '予定する',
  task: 'ケアの予定',
  taskLead:
    'ここに書いたことを読めるのは、ケアを受ける人と受け持つ責任者だけです。暗号化して保存し、記録や事案の資料、監査の画面には載せません。',
  notes: 'お二人だけの記録',
  notesNone: 'まだ何も書かれていません。',
  note: '書き残すこと',
  noteHelp: '病名や診断は書かず、次にすることを書いてください。',
  noteDo: '書き残す',
  finish: '済みにする',
  decline: '今回は受けない',
  declineLead: '理由はいりません。あとから相談窓口に話すこともできます。',
  hand: '別の責任者に引き継ぐ',
  handLead:
    '引き継いだ人は、ここまでの記録を読めるようになります。ご本人に確かめてからにしてください。',
  handTo: '引き継ぐ人',
  forWhom: 'ケアを受ける人',
  reason: 'きっかけ',
  until: '期日',
  carer: '受け持ち',
  back: 'ケアへ戻る',
  lead: '読むことの負荷を、あなた自身のために数えています。数字を見るのはあなただけで、ケアを受け持つ責任者には段階だけが伝わります。比べたり順位をつけたりはしません。',
  own: 'あなたの閲覧負荷',
  level,
  advice,
  graveToday: (n: number) =>
    `今日は程度の重い箇所を${n}か所開いています。ここで区切り、交代を頼むことをおすすめします。`,
  how: '数え方',
  howText: (days: number) =>
    `伏せた箇所を一つ開くごとに、程度に応じて一から四を足し、${days}日で半分に減らします。新しいスレッドの自動割り当ては、負荷の少ない人から行い、きびしいものを同じ人に続けません。`,
  days: (n: number) => `この${n}日間に開いた箇所`,
  chart: (n: number) => `日ごとの棒グラフ。最も多い日で${n}か所`,
  table: '数字で見る',
  day: '日付',
  opened: '開いた箇所',
  talk: '相談できる人',
  talkLead: '一人で抱えず、早めに話してください。話したことで不利益を受けることはありません。',
  nobody: '受信箱を受け持つ責任者は、ほかにいません。会社の相談窓口や産業医に話してください。',
  away: '担当から離れる',
  inCare: '受け持ちの人の様子',
  inCareLead:
    'ケアのために、責任者だけに示します。名前の順で、順位ではありません。評価や人事に使わないでください。',
  inCareNobody: '受け持ちの人はいません。',
  passed: (n: number, days: number) => `この${days}日間に${n}件、担当から外れました`,
  pass: 'この件は外れる',
  passLead:
    '理由はいりません。ほかの人には、ふつうに担当を外したこととだけ見えます。外れたことを知るのは、ケアを受け持つ責任者だけです。',
  passedOwn: 'この件は、もうあなたに割り当てられません。',
  team: '窓口ごとの負荷',
  teamLead: '個人の数字は表示しません。確認する人が5人以上の窓口だけ、全体の様子を示します。',
  teamFew: (n: number) => `確認する人が${n}人のため、数字を出しません`,
  teamOf: (n: number, words: string) => `${n}人の平均：${words}`,
}
