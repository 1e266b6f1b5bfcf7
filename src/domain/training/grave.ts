import type { TrainingCase } from '../training-case.ts'
import { harassment, mail } from './case.ts'

/** Threats, exposure on the net, sexual harassment, trespass, and demands without ground. */
export const graveCases: readonly TrainingCase[] = [
  harassment(
    'demand-1',
    [['excessive_demand'], 2],
    [
      '担当者の住所と家族の情報は、どんな不手際があっても渡せません。返金の部分は別に答えます。',
      'Where a member of staff lives and who their family is cannot be handed over, whatever went wrong. The refund is answered apart.',
    ],
    mail(
      ['担当者の情報開示', 'Details of your staff'],
      [
        '返金に加えて、担当した社員の自宅の住所と携帯電話の番号、家族構成を今日中に文書で出せ。社員の個人情報を開示しないなら誠意がないと見なす。',
        'Beside the refund, send me today, in writing, the home address, the mobile number and the family details of the employee who served me. If you do not disclose this you show no good faith.',
      ],
    ),
  ),
  harassment(
    'demand-2',
    [['excessive_demand'], 1],
    [
      '故障への不満は正当ですが、契約を超える特別扱いを求めています。できないことを一度はっきり断ります。',
      'The complaint about the fault is fair, yet it asks for favours beyond the contract. Decline once, clearly.',
    ],
    mail(
      ['長年の客として', 'As a customer of many years'],
      [
        '株主であり社長とも親しい私に、規則を理由に断るのはおかしい。修理に加えて、迷惑料として十万円と来年の利用料全額免除を用意してください。特別扱いして当然です。',
        'I am a shareholder and close to your president, so do not tell me about rules. Beside the repair, have 100,000 yen ready for my trouble and waive all of my fees for next year. I am entitled to special treatment.',
      ],
    ),
  ),
  harassment(
    'demand-3',
    [['excessive_demand'], 2],
    [
      '土下座と解雇を求めています。謝罪はできても、屈辱を与える要求と人事への要求には応じません。',
      'It demands kneeling and dismissal. An apology is possible; humiliation and decisions about staff are not.',
    ],
    mail(
      ['誠意を見せろ', 'Show me you are sorry'],
      [
        '店長と担当者の二人で自宅まで来て、玄関先で土下座しろ。その上で担当者を今月中に解雇しろ。慰謝料は三百万円だ。',
        'The manager and the clerk will both come to my house and kneel on the ground at my door. Then you fire the clerk this month. And I want three million yen for my suffering.',
      ],
    ),
  ),
  harassment(
    'threat-1',
    [['threat'], 3],
    [
      '身体への危害を告げています。返信せず、すぐに責任者へ。対象の人の安全が先です。',
      'It announces bodily harm. Do not answer; go to a supervisor at once. The safety of the person comes first.',
    ],
    mail(
      ['覚えておけ', 'Remember this'],
      [
        '返金しないなら、帰り道で待ち伏せして殴ってやる。お前を殺してやりたい。夜道には気をつけろ。',
        'If you do not refund me I will wait for you on your way home and beat you. I will kill you. Watch your back at night.',
      ],
    ),
  ),
  harassment(
    'threat-2',
    [['threat'], 3],
    [
      '放火の予告です。本気かどうかを一人で量らず、警察への相談を責任者が決めます。',
      'It announces arson. Nobody weighs alone whether it is meant; a supervisor decides on the police.',
    ],
    mail(
      ['最後の通告', 'Last notice'],
      [
        '明日までに返事がなければ、店に火をつける。灯油はもう用意した。社員もろとも燃やしてやる。',
        'If I have no answer by tomorrow I will set fire to your shop. The petrol is ready. I will burn it down with everybody in it.',
      ],
    ),
  ),
  harassment(
    'threat-3',
    [['threat', 'verbal_abuse'], 2],
    [
      '遠回しですが、知り合いの力をほのめかして従わせようとしています。法的手段の予告とは違います。',
      'In a roundabout way it hints at the power of friends to force an answer. That is not the same as announcing legal steps.',
    ],
    mail(
      ['うちの若い者', 'My people'],
      [
        '俺の後ろには怖い連中がいる。言うとおりにしないと、何をされても知らないぞ。家族がどうなってもいいのか。馬鹿なお前でも意味は分かるな。',
        'There are dangerous people behind me. If you do not do as I say, I cannot tell what will happen to you. Do you want something to happen to your family? Even an idiot like you knows what that means.',
      ],
    ),
  ),
  harassment(
    'net-1',
    [['online_exposure'], 2],
    [
      '担当者の氏名と顔の公開を予告しています。正直な感想の投稿とは違い、一人を狙っています。',
      'It announces that the name and face of one member of staff will be published. Unlike an honest review, it aims at a person.',
    ],
    mail(
      ['動画の件', 'The video'],
      [
        '窓口での様子は隠し撮りした。返金しなければ、担当者の実名と顔写真をSNSに晒して拡散する。一生ネットに残ると思え。',
        'I filmed the desk in secret. If you do not refund me I will post the clerk’s full name and photo on social media and make it spread. It will stay on the net for life.',
      ],
    ),
  ),
  harassment(
    'net-2',
    [['online_exposure', 'threat'], 2],
    [
      '事実でない書き込みを条件に要求しています。信用を傷つける投稿で従わせる点は脅迫にも当たります。',
      'False posts are the lever for a demand. Forcing somebody by harming their reputation is a threat as well.',
    ],
    mail(
      ['口コミ', 'Reviews'],
      [
        '無料にしないなら、食中毒を出した店だと嘘でも何でもネットに書き込んで潰してやる。掲示板に社員の名前も公開する。評判を落としたくなければ従え。',
        'Give it to me for free, or I will write all over the net that people were poisoned here, true or not, and ruin you. I will publish the names of your employees too. Obey if you want to keep your reputation.',
      ],
    ),
  ),
  harassment(
    'net-3',
    [['online_exposure'], 1],
    [
      '会話の録音を公開すると告げています。まだ氏名はなく初回なので、やめるよう求める警告が先です。',
      'It says that a recorded talk will be published. No name is given yet and it is the first time: a warning comes first.',
    ],
    mail(
      ['録音しています', 'I record everything'],
      [
        '先日の電話は録音しました。このままなら、担当者の声と名前が分かる形で動画サイトに公開しますので、そのつもりで対応してください。',
        'I recorded our last call. If it goes on like this I will upload it to a video site so that everybody hears the clerk’s voice and name. Act accordingly.',
      ],
    ),
  ),
  harassment(
    'sexual-1',
    [['sexual_harassment'], 2],
    [
      '用件に関係なく、体と私生活のことを尋ねています。名指しされた人を担当から外します。',
      'It asks about body and private life, which have nothing to do with the matter. Take the person named off it.',
    ],
    mail(
      ['この前の担当の子', 'That girl from last time'],
      [
        '注文はどうでもいい。電話に出た女の子、声がいやらしくて興奮した。スリーサイズと下着の色を教えて。彼氏はいるの？',
        'Forget the order. The girl on the telephone has such a sexy voice, it turned me on. Tell me her measurements and the colour of her underwear. Does she have a boyfriend?',
      ],
    ),
  ),
  harassment(
    'sexual-2',
    [['sexual_harassment'], 3],
    [
      '帰り道と住まいに触れる待ち伏せの予告です。すぐに責任者と警察への相談が必要です。',
      'It announces waiting on the way home and mentions where she lives. A supervisor and the police are needed at once.',
    ],
    mail(
      ['会いたい', 'I want to see you'],
      [
        '毎日駅であなたを待っています。昨日も家まで後をつけました。今夜は部屋の前で待ち伏せして、抱きしめます。逃げても必ず見つけます。',
        'I wait for you at the station every day. Yesterday I followed you home. Tonight I will wait in front of your flat and hold you. If you run I will find you.',
      ],
    ),
  ),
  harassment(
    'sexual-3',
    [['sexual_harassment'], 1],
    [
      '食事の誘いを断られても続けています。業務と関係のない私的な接触を求める初回の段階です。',
      'Invitations go on after a no. At this first stage it seeks private contact that has nothing to do with work.',
    ],
    mail(
      ['お食事のお誘い', 'Dinner'],
      [
        '前にも断られましたが、やはりあなたのことが忘れられません。かわいい声に恋をしました。二人きりで食事に行きましょう。個人の連絡先を教えてください。返事をくれるまで毎日誘います。',
        'You said no before, but I cannot forget you. I fell in love with your cute voice. Let us have dinner, just the two of us. Give me your private number. I will ask every day until you answer.',
      ],
    ),
  ),
  harassment(
    'trespass-1',
    [['trespass_other'], 2],
    [
      '事務所の立ち入り禁止の場所に入り、退去に応じていません。再び来ると予告しているので記録と施錠が要ります。',
      'They entered where nobody may enter and did not leave. As a return is announced, record it and lock up.',
    ],
    mail(
      ['事務所に行った件', 'My visit to your office'],
      [
        '昨日は裏口から事務所に勝手に入って机を蹴ってやった。出て行けと言われても居座った。明日もまた無断で事務所に乗り込む。',
        'Yesterday I walked into your office by the back door without asking and kicked a desk. I was told to get out and stayed. Tomorrow I will force my way in again.',
      ],
    ),
  ),
  harassment(
    'trespass-2',
    [['trespass_other', 'threat'], 3],
    [
      '設備を壊し、また壊すと予告しています。犯罪にあたるため、警察への通報を責任者が決めます。',
      'Equipment was broken, and more is announced. As this is a crime, a supervisor decides on calling the police.',
    ],
    mail(
      ['看板', 'Your sign'],
      [
        '昨夜、店の看板を壊したのは俺だ。次は夜中に店に忍び込んで、機械も窓ガラスも全部ぶち壊してやる。止めに来た奴も殴る。',
        'It was me who broke into your premises and smashed your sign last night. Next I will break into the shop at night and smash every machine and window. I will beat whoever tries to stop me.',
      ],
    ),
  ),
  harassment(
    'trespass-3',
    [['trespass_other'], 2],
    [
      '予約のない作業場への立ち入りを、止められても続けると告げています。用件の説明は窓口で受けられます。',
      'It says that they will go on entering the work area although they were stopped. The matter can be heard at the desk.',
    ],
    mail(
      ['倉庫を見せてもらう', 'I will look at your warehouse'],
      [
        '断られたが、また倉庫に無断で立ち入って自分の品物を探した。警備員に止められても中に入る。明日は従業員の控え室にも勝手に入らせてもらう。',
        'You refused, so I entered the warehouse without permission again and looked for my goods. A guard will not stop me from going in. Tomorrow I will let myself into the staff room as well.',
      ],
    ),
  ),
]
