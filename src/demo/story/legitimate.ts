import { document } from '../enclosures.ts'
import type { Told } from './told.ts'

/** Angry, worried or firm, and within everybody's rights: none of it is harassment. */
export const legitimate: readonly Told[] = [
  {
    key: 'l-chaser',
    theme: 'legitimate',
    name: '森田 恵',
    address: 'megumi.morita@kaigara.example',
    subject: '三回目のご連絡です',
    minutesAgo: 20,
    body: `先週の月曜と木曜にもメールしましたが、どなたからもお返事がありません。
二重に引き落とされた四千円の件です。さすがに腹が立っています。
今週中にご回答をお願いします。`,
  },
  {
    key: 'l-consumer',
    theme: 'legitimate',
    folder: 'Billing',
    name: '川上 進',
    address: 'kawakami.s@mizuumi.example',
    subject: '解約料の説明を求めます',
    minutesAgo: 160,
    body: `契約のとき「解約料はかからない」と店頭で聞きました。請求書には一万円とあります。
納得のいく説明がなければ、消費生活センターに相談します。
契約時の書面の写しを送ってください。`,
  },
  {
    key: 'l-lawyer',
    theme: 'legitimate',
    name: '弁護士 三浦 隆',
    address: 'miura@miura-houritsu.example',
    subject: '受任通知（依頼者 斎藤 様の件）',
    minutesAgo: 220,
    body: `ひなたくらし株式会社 御中

前略　当職は、貴社との通信契約に関し、斎藤氏（以下「依頼者」といいます。）から依頼を受けた代理人弁護士です。
今後のご連絡は、依頼者本人ではなく、すべて当職宛てにお願いいたします。
つきましては、本書到達後十四日以内に、契約内容の開示と請求の根拠を書面でご回答ください。
期限までにご回答がない場合は、法的手続をとることを申し添えます。　草々

──────────────
三浦法律事務所
弁護士　三浦 隆
miura@miura-houritsu.example
──────────────`,
    attachments: [
      document('junin-tsuchi.pdf', [
        'NOTICE OF REPRESENTATION',
        'Miura Law Office, Takashi Miura, Attorney at Law',
        'Client: Mr. Saito, contract H-30772',
      ]),
    ],
  },
  {
    key: 'l-safety',
    theme: 'legitimate',
    name: '小野寺 誠',
    address: 'makoto.o@tsubame.example',
    subject: '充電器から煙が出ました',
    minutesAgo: 12,
    body: `今朝、御社で買った充電器から煙が出て、机が焦げました。子どもがそばにいました。
けがはありませんが、とても怖い思いをしました。
同じ製品を使っている人に早く知らせてください。`,
  },
  {
    key: 'l-accommodation',
    theme: 'legitimate',
    name: '白井 桃子',
    address: 'momoko.shirai@sumire.example',
    subject: '電話での本人確認について',
    minutesAgo: 340,
    body: '耳がきこえません。電話での本人確認はできません。\n筆談かメールで手続きできるように、合理的配慮をお願いします。',
  },
  {
    key: 'l-owndata',
    theme: 'legitimate',
    name: '江口 哲也',
    address: 'eguchi.t@linden.example',
    subject: '保有個人データの開示請求',
    minutesAgo: 600,
    body: '個人情報保護法に基づき、貴社が保有する私の個人データの開示を請求します。手続きと費用をお知らせください。',
  },
  {
    key: 'l-press',
    theme: 'legitimate',
    name: '朝凪新聞 生活部 西',
    address: 'nishi@asanagi-shimbun.example',
    subject: '通信障害についての取材のお願い',
    minutesAgo: 190,
    body: '朝凪新聞の西と申します。先週の通信障害について記事を準備しております。\n原因と影響を受けた契約数について、明日十五時までにご回答いただけますと幸いです。',
  },
  {
    key: 'l-review',
    theme: 'legitimate',
    name: '竹内',
    address: 'takeuchi-08@pocket.example',
    subject: '正直がっかりしました',
    minutesAgo: 270,
    body: `五年使ってきましたが、今回の値上げには正直がっかりです。
最悪のタイミングだと思います。口コミにも星ひとつと書きました。
来月で他社に移ります。お世話になりました。`,
  },
  {
    key: 'l-anger',
    theme: 'legitimate',
    folder: 'Stores',
    name: '佐々木 剛',
    address: 'g.sasaki@hoshi.example',
    subject: '二時間待ちました',
    minutesAgo: 80,
    body: '予約をしたのに店で二時間待たされました。ふざけないでほしい。\n会社を休んで行ったんです。どうしてこうなったのか説明してください。',
  },
  {
    key: 'l-nonnative',
    theme: 'legitimate',
    name: 'Nguyen Van Minh',
    address: 'minh.nguyen@kawabe.example',
    subject: 'お金　かえす　ください',
    minutesAgo: 110,
    body: 'わたしは　かいやくした。でも　お金　とる　ある。\nなぜ　とるか。すぐ　かえす　ください。わたし　こまる。',
  },
  {
    key: 'l-en-refund',
    theme: 'legitimate',
    name: 'Daniel Price',
    address: 'd.price@harbour.example',
    subject: 'Unacceptable: still no refund after six weeks',
    minutesAgo: 260,
    body: 'This is the worst service I have had in years. You confirmed the refund six weeks ago and nothing has arrived.\nIf it is not in my account by Friday I will file a small claims case and ask my bank for a chargeback.\n\nDaniel Price',
  },
]
