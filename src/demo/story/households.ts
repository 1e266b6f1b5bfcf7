import type { Told } from './told.ts'

/** Everyday mail of private households: every age, region and way of writing. */
export const households: readonly Told[] = [
  {
    key: 'hh-kansai',
    theme: 'ordinary',
    name: '西口 やすえ',
    address: 'yasue.n@naniwa-net.example',
    subject: 'テレビ映らへんのですけど',
    minutesAgo: 39,
    body: `まいど、西口です。
光テレビが昨日の晩から映らへんようになってもうて、困ってます。
電源は抜き差ししてみたんですけど、あきませんでした。
夕方からは家におりますさかい、いっぺん見に来てもらえますやろか。`,
  },
  {
    key: 'hh-teen',
    theme: 'ordinary',
    folder: 'Stores',
    name: 'ゆいぴ',
    address: 'yui-pippi@pocket.example',
    subject: '',
    minutesAgo: 27,
    body: '画面バキバキになったんですけど😭 修理いくらですか？？ 高校生だけで行っても大丈夫ですか🙏',
  },
  {
    key: 'hh-bereaved',
    theme: 'ordinary',
    name: '安藤 千代子',
    address: 'chiyoko.ando@furusato-net.example',
    subject: '名義変更のお願い',
    charset: 'ISO-2022-JP',
    minutesAgo: 2300,
    body: `はじめまして。契約者 安藤正一の妻でございます。
主人が先月亡くなりまして、電話の名義を私に変えたいのですが、何を用意すればよろしいでしょうか。
店まで行くのは足が悪くむずかしいため、郵便でできれば助かります。`,
  },
  {
    key: 'hh-bereaved-2',
    theme: 'ordinary',
    own: true,
    answers: 'hh-bereaved',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: 名義変更のお願い',
    minutesAgo: 2100,
    body: `安藤様

このたびはご愁傷さまでございます。心よりお悔やみ申しあげます。
お手続きは郵便でうけたまわります。書類を本日お送りいたしました。
戸籍の写しと、千代子様のご本人確認書類の写しをご同封ください。

ひなたくらし お客様相談窓口`,
  },
  {
    key: 'hh-bereaved-3',
    theme: 'ordinary',
    answers: 'hh-bereaved-2',
    quotes: 'outlook',
    charset: 'ISO-2022-JP',
    name: '安藤 千代子',
    address: 'chiyoko.ando@furusato-net.example',
    subject: 'Re: 名義変更のお願い',
    minutesAgo: 47,
    body: `ご丁寧にありがとうございます。書類が届きました。
戸籍の写しは、コピーでもよろしいのでしょうか。それとも役所でもらった原本でしょうか。
お手数をおかけします。

安藤`,
  },
  {
    key: 'hh-school',
    theme: 'ordinary',
    name: '青葉第二小学校 5年1組',
    address: 'gonen-ichikumi@aoba2-sho.example',
    subject: '見学のおねがい',
    minutesAgo: 1300,
    body: `ひなたくらしのみなさんへ

ぼくたちは社会科で「くらしをささえる通信」の勉強をしています。
電波がどうやってとどくのか知りたいので、お店か工事の人の仕事を見学させてもらえませんか。
人数は31人と先生2人です。お返事まっています。

5年1組　学習係　代表 まつした`,
  },
  {
    key: 'hh-nagoya',
    theme: 'ordinary',
    folder: 'Billing',
    name: '加納 信二',
    address: 'kano-shinji@kinshachi.example',
    subject: '引き落とし日の件',
    minutesAgo: 178,
    body: `お世話になります。加納です。
引き落とし日が毎月二十六日ですが、給料日の関係で月末に変えることはできますか。
できない場合は、今月分だけコンビニ払いにしたいです。`,
  },
  {
    key: 'hh-moving',
    theme: 'ordinary',
    name: '工藤 はるか',
    address: 'haruka.kudo@sumire.example',
    subject: '引っ越しに伴う手続き一式について',
    minutesAgo: 66,
    body: `お世話になっております。工藤です。来月、青森から仙台へ転勤になります。

1) 光回線の移転は何日前までに申し込めばよいですか
2) ルーターは持って行ってよいですか
3) エアコンの取り外しもお願いできますか（二台）
4) 電気とまとめた割引は引き継がれますか

まとめてお返事いただけると助かります。`,
  },
  {
    key: 'hh-found',
    theme: 'ordinary',
    folder: 'Stores',
    name: '村井',
    address: 'murai.k@hoshi.example',
    subject: '忘れ物（青い傘）',
    minutesAgo: 315,
    body: '昨日の夕方、八王子店のカウンターに青い折りたたみ傘を忘れたかもしれません。持ち手に猫のシールが貼ってあります。届いていませんか。',
  },
  {
    key: 'hh-praise',
    theme: 'ordinary',
    folder: 'Stores',
    name: '本多 武',
    address: 'takeshi.honda@mizuumi.example',
    subject: '町田店のスタッフさんへ',
    minutesAgo: 610,
    body: `スマホの設定を一時間もかけて教えてもらいました。孫とビデオ通話ができて、涙が出ました。
名札に「いのうえ」とあった方です。どうかほめてあげてください。`,
  },
  {
    key: 'hh-en-bill',
    theme: 'ordinary',
    folder: 'Billing',
    name: 'Priya Raman',
    address: 'priya.raman@kawabe.example',
    subject: 'Question about the setup fee on my first bill',
    minutesAgo: 290,
    body: `Hello,

I moved to Kawasaki in spring and signed up at your station branch. My first bill shows a
setup fee of 3,300 yen and something called "universal service charge". Is the setup fee
charged once, or every month? My Japanese is not good enough for the leaflet, sorry.

Thank you,
Priya`,
  },
  {
    key: 'hh-gone-1',
    theme: 'ordinary',
    name: '山田 太一',
    address: 'yamada@gone.example',
    subject: 'メールアドレスの変更',
    minutesAgo: 1000,
    body: '転職するのでアドレスが変わります。会員ページから変更しようとしたら、古いパスワードが通りません。再発行をお願いします。',
  },
  {
    key: 'hh-gone-2',
    theme: 'ordinary',
    own: true,
    answers: 'hh-gone-1',
    name: 'お客様相談窓口',
    address: 'support@hinata-kurashi.example',
    subject: 'Re: メールアドレスの変更',
    minutesAgo: 802,
    body: `山田様

パスワードの再発行のご案内をお送りいたします。会員ページの「お困りの方」からお進みください。

ひなたくらし お客様相談窓口`,
  },
  {
    key: 'hh-neighbours',
    theme: 'ordinary',
    name: '緑ヶ丘町内会 会長 小池',
    address: 'koike-midorigaoka@chounai.example',
    subject: '回覧板に載せるお知らせについて',
    authentication: 'none',
    minutesAgo: 345,
    body: `いつもお世話になっております。緑ヶ丘町内会の小池です。
来月の電柱工事で道が通れなくなる日を、回覧板でみなさんに知らせたいと思います。
日にちと時間の一覧がありましたら、お送りいただけないでしょうか。`,
  },
  {
    key: 'hh-live-photo',
    theme: 'ordinary',
    name: '上原 なつみ',
    address: 'natsumi.uehara@churaumi.example',
    subject: '台風のあと、アンテナが傾いています',
    minutesAgo: 0,
    live: 40,
    body: `はいさい、那覇の上原です。
先週の風で屋根のアンテナが少し傾きました。テレビは映ります。
落ちる心配はないと思いますが、ついでの時に見てもらえたら助かります。急ぎません。`,
  },
]
