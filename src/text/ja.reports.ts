import type { Unit } from '../domain/calendar.ts'
import type { AgreementLevel } from '../domain/report.ts'

const unit: Record<Unit, string> = { day: '日ごと', week: '週ごと（月曜から）', month: '月ごと' }

const level: Record<AgreementLevel, string> = {
  none: '偶然より一致しない',
  slight: 'わずかに一致',
  fair: 'ある程度一致',
  moderate: '中程度に一致',
  substantial: 'かなり一致',
  full: 'ほぼ完全に一致',
}

/** What happens to a suspension, as its chart calls it. */
const step = {
  measure_proposed: '提案',
  measure_confirmed: '決裁',
  suspension_lifted: '解除',
  suspension_expired: '期間満了',
  objection_received: '異議の申し出',
}

/** What the page of reports (集計) says. */
export const jaReports = {
  title: '集計',
  lead: '件数と割合だけです。お客さまの言葉も、職員個人の数字も含みません。',
  period: '期間',
  lastDays: (n: number) => `直近${n}日`,
  stretch: (from: string, to: string, by: Unit) => `${from}から${to}まで、日本時間で${unit[by]}。`,
  mailbox: '受信箱',
  csv: '表をCSVで保存',
  table: '表で見る',
  whole: '期間全体',
  minutes: (n: number) => `${n}分`,
  hours: (n: number) => `${n}時間`,
  daysLong: (n: number) => `${n}日`,
  minutesShort: (n: number) => `${n}分`,
  hoursShort: (n: number) => `${n}時間`,
  daysShort: (n: number) => `${n}日`,
  /** A chart in words, for whoever does not see it. */
  overTime: (total: number, most: number, when: string) =>
    total === 0 ? '一件もありません。' : `合計${total}件。最も多いのは${when}の${most}件。`,
  inChart: (when: string, name: string, n: string | number) => `${when}　${name}：${n}`,

  categories: '分類の推移',
  categoriesLead:
    'スレッドを最後のメールの日で数え、自動判定が挙げた分類ごとに積み上げています。分類が複数あるスレッドは、それぞれに数えます。',
  categoriesEmpty:
    'この期間のスレッドに、自動判定が挙げた分類はありません。分類の挙がったメールが届くと、ここに積み上がります。',
  mailboxes: '受信箱の推移',
  mailboxesLead: 'スレッドを最後のメールの日で数え、受信箱ごとに積み上げています。',
  mailboxesEmpty:
    'この期間にメールのあったスレッドはありません。メールが届くと、ここに積み上がります。',
  otherMailboxes: 'その他の受信箱',
  volume: '受信箱と分類',
  volumeLead: 'この期間にメールのあったスレッドと、自動判定が挙げた分類です。',
  threads: 'スレッド',

  waiting: '確認までの時間',
  waitingLead: '最後のメールが届いてから、確認されるまでの時間です。確認のあった日で分けています。',
  waitingEmpty:
    'この期間に確認はありません。一人目、二人目が確認すると、かかった時間がここに出ます。',
  person: (place: 1 | 2): string => (place === 1 ? '一人目' : '二人目'),
  reviewsOf: (person: string) => `${person}：確認の数`,
  medianOf: (person: string) => `${person}：中央値`,
  ninetyOf: (person: string) => `${person}：九割がここまでに`,
  medianTo: '中央値',
  ninetyTo: '九割がここまでに',
  waitedWhole: (n: number, half: string, ninety: string) =>
    `${n}件の中央値は${half}、九割は${ninety}以内`,
  nobodyReviewed: '確認はありません',
  noReviews: 'なし',

  agreement: '二人の確認の一致',
  agreementLead:
    '一致率と、偶然の一致を差し引いたコーエンのκ（カッパ）です。1に近いほどよく一致しています。言葉はランディスとコックの目安によります。',
  agreementEmpty:
    'この期間に、二人とも確認を終えたスレッドはありません。二人目が確認すると、一組と数えます。',
  about: '何について',
  verdict: '該当するか',
  pairs: '組の数',
  share: '一致率',
  kappa: 'κ',
  inWords: '目安',
  level,
  tooFew: (n: number) => `${n}組未満のため出しません`,
  noKappa: '全員が同じ判断のため計算できません',
  kappaScale: '−1から1の目盛り',

  rulesTitle: 'ルールと判断の一致',
  rulesLead:
    '各ルールが働いたスレッドのうち、人の判断がそれを認めた割合と、その95%信頼区間（ウィルソン）です。多く働いたルールから並べています。',
  rulesEmpty:
    'この期間に、割合を出せるだけの判断があったルールはありません。ルールの働いたスレッドが二人に判断されると、ここに出ます。',
  rulesMost: (shown: number, all: number) =>
    `図と表は、割合の出せるもののうち働いた数の多い${shown}件です。CSVには、働いた${all}件すべてがあります。`,
  rule: 'ルール',
  ruleId: '識別子',
  fired: '働いた数',
  judged: '判断された数',
  upheld: '認められた数',
  upheldShare: '割合',
  from: '区間の下限',
  to: '区間の上限',
  fewCases: (n: number) => `判断が${n}件未満`,
  precision: (percent: number, low: number, high: number, of: number) =>
    `${percent}%（${low}〜${high}%）、判断${of}件`,
  rules: 'ルールの一覧を見る',

  suspensions: '対応停止の推移',
  suspensionsLead:
    '提案・決裁・解除・期間満了と、異議の申し出を、あった日で数えています。警告は含みません。',
  suspensionsEmpty:
    'この期間に、対応停止の動きはありません。ハラスメントと判断されたスレッドから提案されると、ここに出ます。',
  step,
  measures: '警告と対応停止',
  measuresLead: 'この期間に提案されたものの、いまの状態です。',
  measuresEmpty:
    'この期間に提案された警告・対応停止はありません。ハラスメントと判断されたスレッドから提案されると、ここに出ます。',
  kind: '種類',
  state: '状態',

  exposure: '窓口ごとの閲覧負荷',
  exposureLead: (least: number) =>
    `伏せた箇所を開いた回数を、窓口全体で数えています。個人の数字は出しません。開いた人が${least}人未満の窓口は、個人が分かるため数字を出しません。`,
  exposureEmpty: '見られる窓口がありません。',
  opened: '開いた回数',
  people: '開いた人',
  each: '一人あたり',
  tooFewPeople: (least: number) => `${least}人未満のため出しません`,
  exposureChart: (most: number) => `窓口ごとの棒グラフ。最も多い窓口で${most}回`,
  exposureWithheld: (least: number) =>
    `どの窓口も、伏せた箇所を開いた人が${least}人未満です。図はありません。`,
  team: '自分の閲覧負荷は、ケアの画面で見られます。',
}
