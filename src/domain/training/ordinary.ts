import type { TrainingCase } from '../training-case.ts'
import { answered, mail, ordinary } from './case.ts'

/** Angry, insistent or alarming at first sight, and no harassment: each has a fair matter. */
export const ordinaryCases: readonly TrainingCase[] = [
  ordinary(
    'ordinary-1',
    [
      '強い怒りですが、向けられているのは遅れであって人ではありません。正当な苦情です。',
      'Strong anger, aimed at the delay and at nobody. A fair complaint.',
    ],
    mail(
      ['いい加減にしてください', 'I have had enough'],
      [
        '三週間待っても商品が届きません。娘の誕生日に間に合わず、本当に腹が立っています。いつ届くのか、今日中に必ず返事をください。',
        'After three weeks my order has still not come. It missed my daughter’s birthday and I am truly angry. Tell me today, without fail, when it will arrive.',
      ],
    ),
  ),
  ordinary(
    'ordinary-2',
    [
      '法的手段の予告は正当な権利の行使で、脅迫ではありません。責任者に知らせて事実に答えます。',
      'To announce legal steps is a right and no threat. Tell a supervisor and answer with facts.',
    ],
    mail(
      ['消費生活センターへの相談について', 'Going to the consumer centre'],
      [
        '契約書にない費用を請求されました。期日までに説明がなければ、消費生活センターと弁護士に相談し、少額訴訟も検討します。',
        'You charged me a fee that is not in the contract. If you do not explain it in time I will go to the consumer centre and a lawyer, and consider the small claims court.',
      ],
    ),
  ),
  ordinary(
    'ordinary-3',
    [
      '何度も書いていますが、まだ一度も回答がありません。繰り返しの原因はこちらにあります。',
      'Written several times, yet never answered. We are the reason for the repetition.',
    ],
    mail(
      ['問い合わせ', 'My question'],
      ['退会の手続きを教えてください。', 'Please tell me how to cancel my membership.'],
    ),
    mail(
      ['再送：問い合わせ', 'Again: my question'],
      [
        '一週間お返事がありません。届いていますか。',
        'I have had no reply for a week. Did you get it?',
      ],
      168,
    ),
    mail(
      ['三度目です', 'The third time'],
      [
        '三度目のご連絡です。返事がないのはひどいと思います。退会の方法だけ教えてください。',
        'This is the third time that I write. Not to answer is poor. Just tell me how to cancel.',
      ],
      240,
    ),
  ),
  ordinary(
    'ordinary-4',
    [
      '正直な感想の投稿は自由です。人を名指ししておらず、事実の確認と改善の求めです。',
      'Everybody may post an honest review. Nobody is named, and it asks for facts and for better.',
    ],
    mail(
      ['レビューに書きました', 'I wrote a review'],
      [
        '部屋の清掃が行き届いておらず、残念でした。口コミにも正直にそう書きました。今後のために改善していただければと思います。',
        'The room had not been cleaned well, which was a pity. I said so honestly in a review. I hope that you will do better.',
      ],
    ),
  ),
  ordinary(
    'ordinary-5',
    [
      '障害への配慮の申し出です。長い説明も回数も、必要なやりとりの範囲です。',
      'A request for accommodation. Its length and number are what it takes.',
    ],
    mail(
      ['電話以外でのご連絡のお願い', 'Please do not telephone'],
      [
        '耳が聞こえにくいため、電話では手続きができません。何度もお願いして恐縮ですが、メールで最後まで対応していただけないでしょうか。電話しか受けないと言われて困り果てています。',
        'I am hard of hearing and cannot do this by telephone. I am sorry to ask again and again, but could you see it through by e-mail? I was told that you only take calls, and I am at my wits’ end.',
      ],
    ),
  ),
  ordinary(
    'ordinary-6',
    [
      '「死ぬほど」は言い回しで、危害の予告ではありません。けがの申し出なので、安全の連絡として急いで扱います。',
      '"Nearly died" is a figure of speech, and no harm is announced. As somebody was hurt, treat it as a safety report, quickly.',
    ],
    mail(
      ['椅子が壊れました', 'The chair broke'],
      [
        '買ったばかりの椅子の脚が折れて、死ぬほど痛い思いをしました。病院で三針縫いました。同じ事故が起きる前に、販売を止めて原因を調べてください。',
        'A leg of the chair that I had just bought broke and I nearly died of pain. I needed three stitches. Stop selling it and find the cause before it happens to somebody else.',
      ],
    ),
  ),
  ordinary(
    'ordinary-7',
    [
      'こちらの誤りを具体的に指摘し、訂正を求めています。結論が変わる誤りなので、揚げ足取りではありません。',
      'It names an error of ours and asks to mend it. As the outcome changes, that is no picking at words.',
    ],
    mail(
      ['ご案内の誤り', 'An error in your answer'],
      ['解約金はいくらですか。', 'How much is the cancellation fee?'],
    ),
    answered(
      5,
      ['Re: ご案内の誤り', 'Re: An error in your answer'],
      ['解約金は九千円です。', 'The cancellation fee is 9,000 yen.'],
    ),
    mail(
      ['Re: ご案内の誤り', 'Re: An error in your answer'],
      [
        '契約書には三千円とあります。前回の電話でも違う金額を言われました。どちらが正しいのか、根拠とともに訂正してください。',
        'The contract says 3,000 yen, and on the telephone I was told yet another amount. Please tell me which is right, with the reason, and correct it.',
      ],
      9,
    ),
  ),
  ordinary(
    'ordinary-8',
    [
      '担当者の名前を尋ね、責任者との話を求めるのは、普通の苦情の進め方です。',
      'To ask for a name and to speak to a supervisor is how a complaint usually goes.',
    ],
    mail(
      ['責任者の方へ', 'To whoever is in charge'],
      [
        '窓口の説明が二転三転し、まったく納得できません。最低の対応だと思います。対応した方のお名前と、責任者の方から折り返しのご連絡をお願いします。',
        'Your desk told me something new each time, and I am not satisfied at all. I think this is the worst service. Please give me the name of who served me and have a supervisor call me back.',
      ],
    ),
  ),
]
