import type { Told } from './told.ts'

const piano = { name: '深町 亮子', address: 'ryoko.fukamachi@ginrei.example' } as const

/** First steps over the line: a fair matter with a turn of phrase that may call for a warning. */
export const borderline: readonly Told[] = [
  {
    key: 'bo-abuse',
    theme: 'verbal_abuse',
    name: '戸塚 昭',
    address: 'akira.totsuka@kaigara.example',
    subject: '配達時間が守られていない',
    minutesAgo: 275,
    body: `午前指定の冷蔵庫が夕方五時に届きました。冷凍食品を全部捨てました。
電話に出た島田さん、あなた頭悪いんじゃないですか。
捨てた食品代、四千円ほどを弁償してください。レシートはあります。`,
  },
  {
    key: 'bo-demand',
    theme: 'excessive_demand',
    name: '岸本',
    address: 'kishimoto-r@pocket.example',
    subject: '昨日の通信障害',
    minutesAgo: 325,
    body: `昨日一時間つながらなかったせいで、フリマの落札を逃しました。
おわびとして一年分の料金を無料にしてください。それくらい当然だと思います。`,
  },
  {
    ...piano,
    key: 'bo-repeat-1',
    theme: 'repeat_contact',
    folder: 'Billing',
    subject: '端末代金の値引きについて',
    minutesAgo: 7200,
    body: '先月買った端末が今月値下げになりました。差額の六千円を返していただけますか。',
  },
  {
    key: 'bo-repeat-2',
    theme: 'repeat_contact',
    folder: 'Billing',
    own: true,
    answers: 'bo-repeat-1',
    name: 'ご請求窓口',
    address: 'billing@hinata-kurashi.example',
    subject: 'Re: 端末代金の値引きについて',
    minutesAgo: 6900,
    body: `深町様

ご購入後の値下げにつきましては、差額の返金はいたしかねます。何とぞご了承ください。

ひなたくらし ご請求窓口`,
  },
  {
    ...piano,
    key: 'bo-repeat-3',
    theme: 'repeat_contact',
    folder: 'Billing',
    answers: 'bo-repeat-2',
    quotes: 'gmail',
    subject: 'Re: 端末代金の値引きについて',
    minutesAgo: 4500,
    body: 'ほかの店では返してくれると聞きました。差額の六千円、やはり返していただけませんか。',
  },
  {
    key: 'bo-repeat-4',
    theme: 'repeat_contact',
    folder: 'Billing',
    own: true,
    answers: 'bo-repeat-3',
    name: 'ご請求窓口',
    address: 'billing@hinata-kurashi.example',
    subject: 'Re: 端末代金の値引きについて',
    minutesAgo: 4400,
    body: `深町様

重ねてのご連絡ありがとうございます。返金はいたしかねます。これが当社の最終のご回答でございます。

ひなたくらし ご請求窓口`,
  },
  {
    ...piano,
    key: 'bo-repeat-5',
    theme: 'repeat_contact',
    folder: 'Billing',
    answers: 'bo-repeat-4',
    quotes: 'gmail',
    subject: 'Re: 端末代金の値引きについて',
    minutesAgo: 120,
    body: 'お返事は拝見しましたが、もう一度お願いします。差額の六千円を返してください。',
  },
  {
    key: 'bo-threat',
    theme: 'threat',
    name: '横溝',
    address: 'yokomizo@gouriki.example',
    subject: '工事ミスの件',
    minutesAgo: 188,
    body: `壁に穴をあけたまま帰った工事の人間、名前は控えてある。
きちんと直さないなら、それなりの覚悟はしておいてもらおう。`,
  },
  {
    key: 'bo-online',
    theme: 'online_exposure',
    name: 'しおり',
    address: 'shiori.d@pocket.example',
    subject: '対応してくれた人の名前',
    minutesAgo: 415,
    body: `チャットの対応が冷たくて悲しかったです。
スクショに担当の人の名前が入ってるけど、このままXにのせちゃおうかな。返品受けてくれるなら、のせないです。`,
  },
  {
    key: 'bo-fault',
    theme: 'fault_finding',
    name: '門脇 謙吾',
    address: 'kengo.kadowaki@linden.example',
    subject: 'Re: お問い合わせの件',
    minutesAgo: 365,
    body: `回答は読みました。内容より先に、「させていただく」を四回も使うのはどういうつもりですか。
日本語もまともに書けない会社に、料金の計算ができるとは思えません。まずその書き方を説明してください。`,
  },
  {
    key: 'bo-sexual',
    theme: 'sexual_harassment',
    folder: 'Stores',
    name: '越智 邦彦',
    address: 'kunihiko.ochi@mizuumi.example',
    subject: '機種変更のお礼',
    minutesAgo: 545,
    body: `先日は親切に教えてくれてありがとう。
担当の水野さん、若くて美人で、スタイルもいいから見とれてしまいました。また水野さんの顔を見に行きますね。`,
  },
  {
    key: 'bo-time',
    theme: 'time_restraint',
    name: '桑原',
    address: 'kuwabara-y@hoshi.example',
    subject: '一時間以内にお返事ください',
    minutesAgo: 92,
    body: '一時間以内に返事をください。返事が来るまで、十分おきに電話をかけ続けます。',
  },
  {
    key: 'bo-trespass',
    theme: 'trespass_other',
    folder: 'Stores',
    name: '野々村 稔',
    address: 'minoru.nonomura@naniwa-net.example',
    subject: '昨夜の閉店のあと',
    minutesAgo: 720,
    body: `昨夜は閉店と言われましたが、納得できないので一時間ほど店内に残らせてもらいました。
照明を消されたのは心外です。今日もまた伺います。`,
  },
]
