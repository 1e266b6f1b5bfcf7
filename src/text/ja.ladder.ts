import type { GateAnswer, GateQuestion } from '../domain/gate.ts'
import type { Ask } from '../domain/ladder.ts'
import type { ObjectionWay, ReviewOutcome } from '../domain/objection.ts'
import type { DigestRhythm, OpenTopic, Terms } from '../domain/terms.ts'

const topic: Record<OpenTopic, string> = {
  contract_end: '契約の終了・解約・クーリング・オフのお申し出',
  own_data: 'ご自身の個人情報の開示・訂正などのご請求',
  accident: '事故・製品の安全・お体に関わるご連絡',
  legal: '弁護士・裁判所・行政機関などからのご連絡',
  accommodation: '障害などのために必要な配慮のお申し出',
}

const gateQuestion: Record<GateQuestion, string> = {
  own_fault: '当社側の落ち度はありませんか',
  accommodation: '障害などへの配慮のお申し出はありませんか',
  must_stay_open: '止めてはならない用件（健康・安全、契約の終了、個人情報）はありませんか',
  fair_request: '正当なご要望で、まだ答えていないものはありませんか',
}

const gateHandled: Record<GateQuestion, string> = {
  own_fault: 'あり：お詫び・是正をした',
  accommodation: 'あり：回答した',
  must_stay_open: 'あり：受け付け方を決めた',
  fair_request: 'あり：答えた（または答える場所を決めた）',
}

const gateOther: Record<Exclude<GateAnswer['answer'], 'handled'>, string> = {
  no: 'ない',
  open: 'まだ対応していない',
}

const ask: Record<Ask, string> = {
  explain: '説明（返信）がまだです。',
  warn: '警告がまだです。',
  identity: '差出人が本人と確かめられていません。',
  confirm: '確認も提案もしていない責任者の決裁を待っています。',
  notice: 'ご案内の送信を待っています。相手のサーバーが受け取るまで、停止は始まりません。',
  told: 'ご案内が届きませんでした。責任者の判断が必要です。',
  objection: '異議の申し出があります。決裁していない責任者の判断が必要です。',
  review: '見直し日が来ています。継続・短縮・解除を決めてください。',
  lifting_notice: '再開のご案内が承認を待っています。',
  answer_notice: '異議・見直しへのご回答が承認を待っています。',
}

const way: Record<ObjectionWay, string> = {
  mail: 'メール',
  phone: '電話',
  letter: '手紙',
  visit: '来訪',
  other: 'その他',
}

const outcome: Record<ReviewOutcome, string> = {
  keep: '継続する',
  shorten: '短縮する',
  lift: '解除する',
}

const digest: Record<DigestRhythm, string> = { off: '送らない', daily: '毎日', weekly: '毎週' }

const scope: Record<Terms['scope'], string> = {
  mailbox: 'この受信箱だけ',
  all: 'すべての受信箱',
}

/** What the pages and notices say of the steps around a suspension. */
export const jaLadder = {
  letterKind: {
    renewal: '対応停止の継続のご案内',
    objection: '異議・見直しへのご回答',
    mute_answer: '停止中の自動の返信',
  },
  measureState: { renewed: '更新済み' },
  event: {
    objection_received: '異議の申し出',
    suspension_reviewed: '対応停止を見直し',
    review_reminded: '見直し日が近いことを記録',
    suspension_renewed: '対応停止を更新',
    mute_answered: '停止中のメールへ自動で返信',
    digest_made: '停止中のメールの件数を集計',
    representative_marked: '代理人のアドレスを記録',
    representative_unmarked: '代理人のアドレスの記録を取り消し',
  },
  refused: {
    explanation_missing: '説明（返信）がまだです。先に説明するか、省く理由を書いてください。',
    stays_open_missing: '停止中も受け付ける用件を一つ以上選んでください。',
    stays_open_flagged:
      'このメールには、止めてはならない用件（配慮のお申し出・法的なご連絡・事故や安全）の印があります。その用件を受け付けるものに含めてください。',
    answer_days_wrong: '自動の返信の間隔は、1日から365日までの日数で指定してください。',
    scope_too_wide:
      'すべての受信箱での停止は、すべての受信箱を担当する人だけが扱えます。「この受信箱だけ」を選んでください。',
    gate_unanswered: '次の段階に進む前の四つの問いに、すべて答えてください。',
    gate_words_missing: '答えの内容を書いてください（対応の内容、または「ない」とした理由）。',
    gate_own_fault: '当社側の落ち度への対応がまだです。先にお詫び・是正をしてください。',
    gate_accommodation: '配慮のお申し出への回答がまだです。先に回答してください。',
    gate_must_stay_open: '止めてはならない用件への対応がまだです。受け付け方を先に決めてください。',
    gate_fair_request: '正当なご要望への回答がまだです。先に答えるか、答える場所を決めてください。',
    gate_fair_request_unnamed:
      '確認の記録に、正当なご要望があります。それがどこで答えられるかを書いてください。',
    representative_not_suspended:
      'このメールは、代理人のアドレスからのものです。代理人への対応停止は提案できません。',
    objection_open: '異議の申し出が、責任者の判断を待っています。',
    objection_closed: 'この異議の申し出は、すでに判断されています。',
    confirmer_cannot_decide: '決裁した人は、その停止についての異議や見直しを判断できません。',
    end_wrong: '新しい終了日は、今日より後で、今の終了日より前の日にしてください。',
    too_early_to_renew: '更新は、見直し日が近くなってから提案できます。',
    representative_there: 'このアドレスは、すでに代理人のものとして記録されています。',
  },
  done: {
    objection: '異議の申し出を記録しました。',
    reviewed: '判断を記録しました。お客さまへのご回答は承認待ちです。',
    renewal: '更新を提案しました。別の責任者の決裁を待ちます。',
    representative: '代理人のアドレスを記録しました。',
    representativeGone: '記録を取り消しました。',
  },
  topic,
  notice: {
    topic,
    bullet: (words: string) => `・${words}`,
    address: (where: string) => `ご連絡先：${where}`,
    scope: { mailbox: 'この窓口', all: '当社のすべての窓口' },
    outcome: {
      keep: () => 'お申し出を確認した結果、停止を継続いたします。',
      shorten: (day: string) =>
        `お申し出を確認した結果、停止の期間を短縮し、${day}までといたします。`,
    },
  },
  gate: '進む前の確認',
  gateLead:
    '次の段階に進む前に答え、記録します。「まだ対応していない」があれば、先に対応してください。',
  gateQuestion,
  gateHandled,
  gateOther,
  gateWords: '内容（対応したこと、答えた場所、「ない」とした理由）',
  gateFlagged: 'このメールには該当の印があります。理由を書いてください。',
  gateFair: (words: string) => `確認の記録にある正当なご要望：${words}`,
  skipExplanation: '説明を省く理由（省くときだけ）',
  terms: '停止の範囲と、停止中も受け付ける用件',
  termsLead: '対応を停止するときだけ使います。お客さまへのご案内に書かれます。',
  scopeLabel: '停止する範囲',
  scope,
  scopeOnlyHere: 'すべての受信箱での停止は、すべての受信箱を担当する人だけが提案できます。',
  openTopics: '停止中も受け付ける用件',
  openLine: 'ほかに受け付ける用件（任意・一行）',
  openAddress: 'その連絡先（任意・一行）',
  digestLabel: '停止中のメールの件数を責任者へ知らせる',
  digestRhythm: digest,
  answerDays: '停止中のメールへの自動の返信の間隔（日数、空欄なら返信しない）',
  answerDaysHelp: '人からのメールに、決めた日数に一度だけ、決裁された文で返信します。',
  answerEvery: (n: number) => `${n}日に一度まで`,
  answerNever: 'しない',
  answerPreview: '停止中のメールへの自動の返信',
  steps: '経過',
  ahead: 'この先',
  stillAsked: '方針が求めていること',
  nothingAsked: '今、求められていることはありません。',
  ask,
  reviewDue: '見直し日',
  endDue: '終了日',
  demandTitle: '要求内容の妥当性',
  demandLead: '人が判断します。自動判定はここに関わりません。',
  mannerTitle: '手段・態様の相当性',
  mannerLead: '自動判定と、人の判断です。',
  mannerRules: '自動判定',
  mannerPeople: '二人の判断',
  noCategories: '該当なし',
  objections: '異議の申し出',
  objectionNew: '異議の申し出を記録する',
  objectionLead: '電話・手紙などで受けたお申し出を、お客さまの言葉のとおりに書いてください。',
  objectionWay: '受けた方法',
  objectionWayName: way,
  objectionNote: 'お申し出の内容',
  objectionMail: 'メールを開く',
  objectionOpen: '判断待ち',
  decide: '異議について判断する',
  review: '見直す',
  reviewLead:
    '継続・短縮・解除のどれでも、お客さまへのご回答が作られ、別の人の承認後に送られます。',
  outcome,
  newEnd: '新しい終了日（短縮するとき）',
  outcomeLabel: '判断',
  renew: '更新を提案する',
  renewLead:
    '終了日の後も続けるときに提案します。別の責任者が決裁し、継続のご案内が届いてから始まります。更新しなければ、終了日に停止は終わります。',
  renewOf: '更新する停止',
  due: '見直し日が近い',
  dueEmpty: '見直し日が近い停止はありません。',
  objectionsTab: '異議の申し出',
  objectionsEmpty: '判断を待っている異議はありません。',
  digests: '停止中のメールの件数',
  digestsLead: '件数と分類、最も高い程度だけです。本文は含みません。',
  digestSubject: '対応停止中のメールの件数',
  digestStretch: (from: string, to: string) => `期間：${from} から ${to}`,
  digestMails: (n: number) => `件数：${n}通`,
  digestSeverity: (words: string) => `最も高い程度：${words}`,
  digestAlerts: (n: number) => `責任者へ知らせたもの：${n}通`,
  digestCategory: (name: string, n: number) => `・${name}：${n}通`,
  digestNone: 'メールはありませんでした。',
  representatives: '代理人のアドレス',
  representativesLead:
    '弁護士など代理人のアドレスからのメールは、対応停止中でも受信保留になりません。',
  representativeAddress: 'アドレス',
  representativeMark: '代理人のアドレスとして記録する',
  representativeUnmark: '取り消す',
  mutedFolder: '受信保留のメールの移動先(任意)',
  mutedFolderHelp:
    '対応停止中の差出人のメールを、サーバー上でこのフォルダーへ移します。空欄なら移しません。',
}
