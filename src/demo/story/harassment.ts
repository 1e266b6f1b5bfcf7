import type { Told } from './told.ts'

const repeat = { name: '荒木 正', address: 'araki.tadashi@mizuumi.example' } as const

/** Each of the nine categories, plain and subtle, by people who have nothing else in common. */
export const harassment: readonly Told[] = [
  {
    key: 'h-time-1',
    theme: 'time_restraint',
    name: '新田',
    address: 'nitta@pocket.example',
    subject: '五分以内に返信しろ',
    minutesAgo: 26,
    body: `五分以内に返信しろ。一分過ぎるごとにまた送る。
昨日は窓口に電話して四時間つきあわせたが、まだ話は終わっていない。
納得するまで今夜も帰さないし、電話も切らせない。`,
  },
  {
    key: 'h-time-2',
    theme: 'time_restraint',
    name: '久保 俊夫',
    address: 'kubo-toshio@furusato-net.example',
    subject: 'ご説明のお願い（本日も）',
    minutesAgo: 420,
    body: `本日も三時間ほどお電話でお付き合いいただきましたが、まだ納得できておりません。
明日も朝九時から夕方まで、私が納得するまで同じ方にご説明いただきます。
ほかのお仕事はお断りになって、電話の前でお待ちください。`,
  },
  {
    ...repeat,
    key: 'h-repeat-1',
    theme: 'repeat_contact',
    subject: '手数料の返金',
    minutesAgo: 4300,
    body: '事務手数料三千三百円を返金してください。',
  },
  {
    key: 'h-repeat-2',
    theme: 'repeat_contact',
    own: true,
    answers: 'h-repeat-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: 手数料の返金',
    minutesAgo: 4000,
    body: '荒木様\n\n事務手数料はご契約時にご同意いただいたもので、返金はいたしかねます。これが当社の最終のご回答でございます。',
  },
  {
    ...repeat,
    key: 'h-repeat-3',
    theme: 'repeat_contact',
    answers: 'h-repeat-2',
    subject: 'Re: 手数料の返金',
    minutesAgo: 3000,
    body: '納得できません。返金してください。',
  },
  {
    ...repeat,
    key: 'h-repeat-4',
    theme: 'repeat_contact',
    answers: 'h-repeat-2',
    subject: 'Re: 手数料の返金',
    minutesAgo: 1600,
    body: '手数料を返金してください。返金されるまで毎日送ります。',
  },
  {
    ...repeat,
    key: 'h-repeat-5',
    theme: 'repeat_contact',
    folder: 'Billing',
    subject: '手数料の返金（請求窓口の方へ）',
    minutesAgo: 900,
    body: '相談窓口に四回言っても断られたので、こちらに送ります。事務手数料三千三百円を返金してください。',
  },
  {
    ...repeat,
    key: 'h-repeat-6',
    theme: 'repeat_contact',
    folder: 'Stores',
    subject: '手数料の返金（店舗の方へ）',
    minutesAgo: 500,
    body: '相談窓口にも請求窓口にも何度も送りました。店からも言ってください。手数料を返金してください。何度でも送ります。',
  },
  {
    ...repeat,
    key: 'h-repeat-7',
    theme: 'repeat_contact',
    answers: 'h-repeat-2',
    subject: 'Re: 手数料の返金',
    minutesAgo: 0,
    live: 60,
    body: 'まだ返金されていません。六回目です。返金してください。',
  },
  {
    key: 'h-abuse-1',
    theme: 'verbal_abuse',
    name: 'みつ',
    address: 'mitsu-no-kimi@kirisame.example',
    subject: 'おい',
    minutesAgo: 55,
    body: 'お 前 ら 全 員 バ カ な の？\n担当の山口、タヒね。脳みそ入ってんのか無〇が。',
  },
  {
    key: 'h-abuse-2',
    theme: 'verbal_abuse',
    name: '吉川 敬一郎',
    address: 'k.yoshikawa@linden.example',
    subject: 'ご担当者の資質について',
    minutesAgo: 380,
    body: `大変申し上げにくいのですが、ご担当の岡田様は、小学生でもわかることがおわかりにならないのですね。
お育ちが知れるといいますか、よほど頭の弱い方なのでしょう。お気の毒に存じます。
人間の言葉が通じる方に代わっていただけますか。`,
  },
  {
    key: 'h-demand-1',
    theme: 'excessive_demand',
    name: '鬼頭',
    address: 'kito@gouriki.example',
    subject: '慰謝料',
    minutesAgo: 140,
    body: `イヤホンの片方が聞こえなかった。精神的苦痛の慰謝料として百万円払え。
対応した店員の自宅の住所と携帯番号を教えろ。本人をクビにして、社長が家まで来て土下座しろ。`,
  },
  {
    key: 'h-demand-2',
    theme: 'excessive_demand',
    folder: 'Billing',
    name: '株主 有馬',
    address: 'arima@ginrei.example',
    subject: '株主としてお願いいたします',
    minutesAgo: 480,
    body: `私は御社の株を長年持っており、役員の方とも懇意にしております。
つきましては、今月から家族全員の料金を無料にする特別扱いをお願いします。
規則は存じておりますが、私の立場をお考えください。`,
  },
  {
    key: 'h-threat-2',
    theme: 'threat',
    name: '（差出人名なし）',
    address: 'k2611@kirisame.example',
    subject: 'ご担当の中野様',
    minutesAgo: 36,
    body: `中野様
お子様は青葉小学校の三年生だそうですね。ご自宅から学校までの道は、夕方になると人通りが少ないと伺いました。
何か起きてからでは遅いと存じますので、良いお返事をお待ちしております。`,
  },
  {
    key: 'h-online-1',
    theme: 'online_exposure',
    name: 'かい',
    address: 'kai-chan@pocket.example',
    subject: '晒します',
    minutesAgo: 48,
    body: `受付の西村って人の顔と実名、動画撮ったんで今夜SNSに上げます。拡散希望って書いて。
全額返金してくれたら消してあげてもいいですよ。`,
  },
  {
    key: 'h-online-2',
    theme: 'online_exposure',
    name: '水野 弘',
    address: 'hiroshi.mizuno@asagao-mail.example',
    subject: 'ご対応の公表について',
    minutesAgo: 450,
    body: `ご対応いただけない場合は、担当者様のお名前とお写真を添えて、経緯を掲示板に公表させていただきます。
ご本人のためにも、早めのご決断をお勧めいたします。`,
  },
  {
    key: 'h-fault-1',
    theme: 'fault_finding',
    name: '柴田 和夫',
    address: 'kazuo.shibata@mizuumi.example',
    subject: '言葉づかいについて',
    minutesAgo: 360,
    body: `前回のメールに「おそらく」と書きましたね。「おそらく」とは何ですか。嘘をついたのですか。
昨日は「確認します」、今日は「調べます」。言い方が違うのはなぜですか。同じ質問にもう一度、一字一句違えずに答えてください。
料金の話はもういいです。あなたの謝り方の話をしましょう。`,
  },
  {
    key: 'h-fault-2',
    theme: 'fault_finding',
    name: '長谷部',
    address: 'hasebe@tsubame.example',
    subject: 'Re: ご案内',
    minutesAgo: 530,
    body: `「恐れ入りますが」と書けば済むと思っているのですか。その言い方が気に入りません。
揚げ足を取るつもりはありませんが、「いただく」の使い方が三か所間違っています。誤字も一つあります。
本題の前に、まずこの文章について始末書を書いてください。`,
  },
  {
    key: 'h-sexual-1',
    theme: 'sexual_harassment',
    folder: 'Stores',
    name: '野口',
    address: 'noguchi-x@pocket.example',
    subject: '受付の藤井さんへ',
    minutesAgo: 66,
    body: `藤井さんの脚、今日もきれいだったね。彼氏いるの？下着の色を教えてくれたら契約してあげる。
仕事が終わる八時に裏口で待ってるから、二人でホテルに行こう。`,
  },
  {
    key: 'h-sexual-2',
    theme: 'sexual_harassment',
    name: '遠山 一成',
    address: 'toyama-k@ginrei.example',
    subject: '先日のお電話',
    minutesAgo: 700,
    body: `先日お話しした工藤さんの声が忘れられません。ぜひ個人的に食事をご一緒したいのです。
連絡先を教えていただけないなら、毎日お店の前でお帰りをお待ちします。`,
  },
  {
    key: 'h-trespass-1',
    theme: 'trespass_other',
    folder: 'Stores',
    name: '岩瀬',
    address: 'iwase@gouriki.example',
    subject: '今から行く',
    minutesAgo: 30,
    body: `今から店に乗り込む。裏口から事務所に入って、店長が出てくるまで居座るからな。
警備員を呼んでも帰らない。`,
  },
  {
    key: 'h-trespass-2',
    theme: 'trespass_other',
    name: '梅田 光男',
    address: 'mitsuo.umeda@furusato-net.example',
    subject: '昨日の訪問について',
    minutesAgo: 560,
    body: `昨日は従業員専用の扉が開いておりましたので、中に入らせていただき、机の上の書類を拝見しました。
退去するよう言われましたが、責任者が来るまで座り込みを続けました。来週も同じようにいたします。`,
  },
  {
    key: 'h-en-1',
    theme: 'verbal_abuse',
    name: 'Rick Vance',
    address: 'rick.vance@harbour.example',
    subject: 'your agent is an idiot',
    minutesAgo: 88,
    body: 'Who hired Emi? She is a brainless idiot who cannot read. You people are worthless trash.\nTell that stupid cow to quit.',
  },
  {
    key: 'h-en-2',
    theme: 'threat',
    name: 'M.',
    address: 'm.anon@harbour.example',
    subject: 'Last chance',
    minutesAgo: 7,
    live: 100,
    body: 'I know where Kenta lives and what train he takes. If the money is not back tonight I will find him and break his legs.',
  },
]
