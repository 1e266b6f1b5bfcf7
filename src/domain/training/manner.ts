import type { TrainingCase } from '../training-case.ts'
import { answered, harassment, mail } from './case.ts'

/** Hours held, contact again and again, abuse, and faults picked in answers. */
export const casesOfManner: readonly TrainingCase[] = [
  harassment(
    'time-1',
    [['time_restraint'], 2],
    [
      '一人の担当者を何時間も電話に縛り、終わらせないと予告しています。用件の当否とは別に、やり方が行き過ぎです。',
      'It ties one member of staff to the telephone for hours and says that it will not end. Whatever the request, the manner goes too far.',
    ],
    mail(
      ['説明の続きについて', 'More of your explanation'],
      [
        '昨日は四時間電話につきあわせたが、まだ納得していない。今日も朝から夕方まで、私が納得するまで電話を切らせない。ほかの仕事は断って待っていろ。',
        'Yesterday I kept you on the telephone for four hours and I am still not satisfied. Today you will stay on the line from morning to evening, and nobody hangs up until I say so. Drop your other work and wait.',
      ],
    ),
  ),
  harassment(
    'time-2',
    [['time_restraint'], 1],
    [
      '丁寧な言葉でも、毎日三時間の説明を求めて業務を止めています。初回なので、時間と回数の上限を伝える警告で足ります。',
      'The words are polite, yet three hours of explanation every day stop the work. As it is the first time, a warning that sets time and number is enough.',
    ],
    mail(
      ['本日もお電話いたします', 'I will call again today'],
      [
        '本日も三時間ほどお時間を頂戴します。納得できるまで毎日お電話いたしますので、同じ方が最後までお付き合いください。途中でお切りになることは認めません。',
        'I will again take about three hours of your time today. I shall call every day until I am satisfied, and the same person must stay with me to the end. I do not permit you to hang up before that.',
      ],
    ),
  ),
  harassment(
    'time-3',
    [['time_restraint', 'trespass_other'], 2],
    [
      '閉店後も居座り、帰さないと告げています。時間拘束に加えて、退去の求めに応じない点が「その他」に当たります。',
      'They stayed after closing time and say that nobody goes home. Beside holding staff, refusing to leave is conduct of its own.',
    ],
    mail(
      ['店での話し合いの件', 'Our talk at the shop'],
      [
        '昨夜は閉店後も五時間店に残って話したが、結論が出なかった。帰れと言われても動く気はない。次も返事があるまで店から出ないし、店の者も帰さない。',
        'Last night I stayed in the shop for five hours after closing, and you gave me nothing. I was told to leave and I will not move. Next time I stay until I have my answer, and none of your people go home either.',
      ],
    ),
  ),
  harassment(
    'repeat-1',
    [['repeat_contact'], 2],
    [
      '最終の回答のあとも、同じ要求を一日に何十回も繰り返すと告げています。回答が済んでいるかどうかが分かれ目です。',
      'A final answer was given, and the same demand is to be sent dozens of times a day. Whether it was answered is what decides.',
    ],
    mail(
      ['手数料の件', 'The fee'],
      ['事務手数料を返金してください。', 'Please refund the service fee.'],
    ),
    answered(
      24,
      ['Re: 手数料の件', 'Re: The fee'],
      [
        'ご契約時にご同意いただいた手数料のため、返金はいたしかねます。これが当社の最終の回答です。',
        'You agreed to the fee in the contract, so we cannot refund it. This is our final answer.',
      ],
    ),
    mail(
      ['手数料の件　三十回目', 'The fee, for the thirtieth time'],
      [
        '最終回答など知らない。今日だけで三十回電話し、二十通メールした。返金するまで毎日、全部の部署に同じ電話をかけ続ける。',
        'I do not care about your final answer. Today alone I called thirty times and sent twenty mails. Until you pay I will go on calling every department, every day.',
      ],
      48,
    ),
  ),
  harassment(
    'repeat-2',
    [['repeat_contact'], 1],
    [
      '回答済みの内容を、部署を変えて何度も問い合わせています。言葉は穏やかなので、窓口を一つにする案内と警告が先です。',
      'What was answered is asked again of one department after the other. The words are calm: one desk and a warning come first.',
    ],
    mail(
      ['何度目かのお問い合わせ', 'Asking once more'],
      [
        'これまで営業部にも経理部にも本社にも電話し、同じお返事でした。それでも納得できないので、もう十回以上になりますが、毎日どこかの部署にお電話を続けます。',
        'I have called sales, accounts and head office and always got the same reply. I am still not satisfied, so, although it has been more than ten times, I will keep calling some department every day.',
      ],
    ),
  ),
  harassment(
    'repeat-3',
    [['repeat_contact', 'verbal_abuse'], 2],
    [
      '最終の回答のあと、出たら切る電話と短い罵りのメールを続けています。用件のある連絡は一つもありません。',
      'After the final answer, calls that are cut off and short mails of abuse go on. None of them asks for anything.',
    ],
    mail(['解約金', 'The cancellation fee'], ['解約金を取り消してください。', 'Cancel the fee.']),
    answered(
      20,
      ['Re: 解約金', 'Re: The cancellation fee'],
      [
        '解約金は契約に定めたもので、取り消せません。これが当社の最終の回答です。',
        'The fee is set in the contract and cannot be cancelled. This is our final answer.',
      ],
    ),
    mail(
      ['またかけてやる', 'I will call again'],
      [
        '今日だけで百回電話し、五十通メールした。取り消すまで毎日、全部の部署に同じ電話をかけ続ける。出たらすぐ切る。お前らのような無能には、これくらいがちょうどいい。',
        'Today alone I called a hundred times and sent fifty mails. Until you cancel the fee I will go on calling every department, every day, and hang up when you answer. Useless fools like you deserve no better.',
      ],
      44,
    ),
  ),
  harassment(
    'abuse-1',
    [['verbal_abuse'], 2],
    [
      '担当者の人格を繰り返し否定しています。配送の遅れという用件は正当なので、そちらには答えます。',
      'It attacks the person again and again. The late delivery is a fair matter and still gets its answer.',
    ],
    mail(
      ['荷物が来ない', 'Where is my parcel'],
      [
        '荷物が届かない。お前は本当に頭が悪いな。無能、役立たず、給料泥棒。お前のような人間のくずが働いていること自体が恥だ。早く調べろ。',
        'My parcel has not come. You really are stupid. Useless, worthless, a waste of wages. It is a disgrace that scum like you has a job at all. Find it.',
      ],
    ),
  ),
  harassment(
    'abuse-2',
    [['verbal_abuse'], 1],
    [
      '一度きりの侮辱で、境界にあたります。用件に答えたうえで、言葉をやめるよう一度求めれば足ります。',
      'One insult, on the border. Answer the matter and ask once that such words stop.',
    ],
    mail(
      ['見積もりの間違い', 'Wrong estimate'],
      [
        '見積もりの金額がまた間違っています。こんな計算もできないなんて、あなたは小学生以下の馬鹿ですか。正しいものを送ってください。',
        'The estimate is wrong again. You cannot even add up. Are you an idiot, worse than a schoolchild? Send me the right one.',
      ],
    ),
  ),
  harassment(
    'abuse-3',
    [['verbal_abuse'], 2],
    [
      '出身や見た目をあげつらい、大声で怒鳴ると告げています。繰り返しの恫喝で、明らかです。',
      'It mocks where somebody comes from and how they look, and announces shouting. Intimidation, repeated: clear.',
    ],
    mail(
      ['電話の女の件', 'The woman on the telephone'],
      [
        '電話に出た女、なまりがひどくて何を言っているか分からない。田舎者は黙っていろ。あのブスが接客とは笑わせる。お前は本当に馬鹿だ。次に出たら泣くまで怒鳴りつけてやる、この低能が。',
        'That woman on the telephone has such an accent that nobody understands her. Country people should keep quiet. With a face like that she serves customers? Next time I will shout at her until she cries, the moron.',
      ],
    ),
  ),
  harassment(
    'fault-1',
    [['fault_finding'], 2],
    [
      '用件は終わっているのに、一語の言い間違いを責め続けています。結論を変えない誤りに、文書で何度も答える必要はありません。',
      'The matter is settled, and one wrong word is attacked on and on. An error that changes nothing need not be answered in writing again and again.',
    ],
    mail(
      ['「ご返送」という言葉について', 'The word "return"'],
      [
        '返金は確かに受け取ったが、そんなことはどうでもいい。先日の電話で「ご返送」と言ったのは間違いだ。なぜ間違えたのか、言った言わないを認めるまで何度でも聞く。さっきの説明とも一字違うじゃないか。揚げ足を取られるような言い方をしたお前が悪い。',
        'I did get my refund, but that does not matter. On the telephone you said "return", which was wrong. Why did you get it wrong? I will ask again and again until you admit what you said. And now you use another word than before. It is your own fault if I pick at every word.',
      ],
    ),
  ),
  harassment(
    'fault-2',
    [['fault_finding'], 1],
    [
      '同じ質問を重ねて、答えの違いを探しています。初回なので、用件に戻す案内で足ります。',
      'The same question is put again to find a difference between answers. As it is the first time, leading back to the matter is enough.',
    ],
    mail(
      ['同じ質問をします', 'The same question again'],
      [
        '先ほどと同じ質問をもう一度します。前の人と一言でも違う答えをしたら、その矛盾を追及します。なぜ「およそ三日」と「三日ほど」で言い方が違うのですか。言葉尻の違いを全部説明してください。',
        'I will ask the same question once more. If your answer differs by a single word from the last one, I will hold that against you. Why did one say "about three days" and the other "some three days"? Explain every difference in wording.',
      ],
    ),
  ),
  harassment(
    'fault-3',
    [['fault_finding', 'excessive_demand'], 2],
    [
      '話をすり替えながら、言い間違いを理由に無償の品を求めています。揚げ足取りに、根拠のない要求が重なっています。',
      'The point shifts, and a slip of the tongue is to be paid for with free goods. Fault finding with a demand that has no ground.',
    ],
    mail(
      ['さきほどの言い方', 'The way you put it'],
      [
        '「確認いたします」と言ったのに「調べます」と言い直したな。言葉尻をごまかすな。言い間違えた以上は嘘をついたのと同じだ。間違いを認めた証拠に、最新の機種を無料でよこせ。',
        'First you said "confirm", now you say "look into". You said it, so admit that you said it. I will hold you to every word, and a slip like that makes you a liar. As compensation for your wrong word you owe me the newest model for free.',
      ],
    ),
  ),
]
