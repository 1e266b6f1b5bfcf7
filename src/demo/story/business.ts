import { document } from '../enclosures.ts'
import type { Told } from './told.ts'

/** Everyday mail between companies: greetings, signatures, tables, documents, quoted history. */
export const business: readonly Told[] = [
  {
    key: 'bu-quote',
    theme: 'ordinary',
    name: '芦田 玲子（総務部）',
    address: 'ashida@kitayama-shokuhin.example',
    subject: '法人回線お見積りのお願い（十回線）',
    charset: 'Shift_JIS',
    minutesAgo: 1250,
    body: `ひなたくらし㈱　法人ご担当者様

突然のご連絡失礼いたします。㈱北山食品の芦田と申します。
来期より営業社員に携帯電話を支給することとなり、下記の条件でお見積りを頂戴できますでしょうか。

　①　回線数　　　１０回線（うち２回線はデータのみ）
　②　通話　　　　国内かけ放題
　③　ご利用開始　来月一日

お忙しいところ恐れ入りますが、今週金曜日までにいただけますと幸いです。

━━━━━━━━━━━━━━━━━━
株式会社北山食品　総務部　芦田 玲子
ashida@kitayama-shokuhin.example
━━━━━━━━━━━━━━━━━━`,
  },
  {
    key: 'bu-reissue-1',
    theme: 'ordinary',
    folder: 'Billing',
    name: '税理士法人ふたば 髙橋',
    address: 'takahashi@futaba-zei.example',
    subject: '請求書再発行のご依頼',
    charset: 'EUC-JP',
    minutesAgo: 1700,
    body: `ご請求ご担当者様

いつもお世話になっております。税理士法人ふたばの高橋でございます。
顧問先の有限会社つばき荘様につきまして、先々月分の請求書の控えが見当たらないとのことです。
再発行をお願いできますでしょうか。インボイスの登録番号の記載があるものを希望いたします。`,
  },
  {
    key: 'bu-reissue-2',
    theme: 'ordinary',
    folder: 'Billing',
    own: true,
    answers: 'bu-reissue-1',
    name: 'ご請求窓口',
    address: 'billing@hinata-kurashi.example',
    subject: 'Re: 請求書再発行のご依頼',
    minutesAgo: 1450,
    body: `高橋様

ご連絡ありがとうございます。再発行には、ご契約者様の委任状が必要でございます。
恐れ入りますが、写しをこのメールにご返信の形でお送りください。

ひなたくらし ご請求窓口`,
    attachments: [document('ininjo-form.pdf', ['LETTER OF PROXY (blank form)', 'Name:', 'Date:'])],
  },
  {
    key: 'bu-reissue-3',
    theme: 'ordinary',
    folder: 'Billing',
    answers: 'bu-reissue-2',
    quotes: 'outlook',
    name: '税理士法人ふたば 髙橋',
    address: 'takahashi@futaba-zei.example',
    subject: 'Re: 請求書再発行のご依頼',
    minutesAgo: 84,
    body: `ご請求窓口 ご担当者様

お世話になっております。ふたばの髙橋です。
委任状の写しをお送りいたします。ご査収くださいますようお願い申しあげます。

髙橋 理恵
税理士法人ふたば`,
    attachments: [
      document('委任状.pdf', [
        'LETTER OF PROXY',
        'Tsubaki-so Ltd. entrusts Futaba Tax Corporation',
      ]),
    ],
  },
  {
    key: 'bu-sample',
    theme: 'ordinary',
    folder: 'Stores',
    name: '三好 大地',
    address: 'miyoshi@hakoya-display.example',
    subject: '店頭什器サンプルのご案内',
    minutesAgo: 470,
    body: `ひなたくらし 店舗ご担当者様

平素より大変お世話になっております。はこや装飾の三好でございます。
先日ご相談いただきました展示台のサンプルが仕上がりました。
来週、立川店様へお持ちしてもよろしいでしょうか。ご都合のよい日を二、三お知らせください。`,
    html: '<div style="font-family:Meiryo"><p>ひなたくらし 店舗ご担当者様</p><p>平素より大変お世話になっております。はこや装飾の三好でございます。<br>先日ご相談いただきました<b>展示台のサンプル</b>が仕上がりました。</p><p>来週、立川店様へお持ちしてもよろしいでしょうか。ご都合のよい日を二、三お知らせください。</p><table border="1"><tr><th>型番</th><th>幅</th></tr><tr><td>HK-12</td><td>90cm</td></tr></table></div>',
  },
  {
    key: 'bu-ipv6',
    theme: 'ordinary',
    name: '真鍋 拓',
    address: 'taku.manabe@bitgarden.example',
    subject: '[質問] IPv6 (IPoE) と固定IPの併用可否',
    minutesAgo: 205,
    body: `真鍋です。光10ギガ契約中です。以下ご教示ください。

- 固定IP (IPv4) オプションは PPPoE のみでしょうか
- IPoE と併用した場合、ルーターはレンタル品でないとサポート外になりますか
- MTU の推奨値 (当方 1454 で運用中、時々 1% 程度のパケットロスあり)

traceroute のログが必要でしたら送ります。`,
  },
  {
    key: 'bu-clinic',
    theme: 'ordinary',
    name: 'あさひ歯科医院 受付',
    address: 'uketsuke@asahi-dental.example',
    subject: '電話が転送されません',
    minutesAgo: 53,
    body: `お世話になっております。あさひ歯科です。
昼休みの転送設定をしたのですが、十二時を過ぎても医院の電話が鳴り続けます。
患者さんをお待たせしてしまうので、設定の手順をもう一度教えていただけますか。`,
  },
  {
    key: 'bu-htmlonly',
    theme: 'ordinary',
    folder: 'Billing',
    name: 'コーポ白樺 管理室',
    address: 'kanri@shirakaba-corpo.example',
    subject: '共用部の電気料金について',
    minutesAgo: 430,
    body: '',
    html: '<html><body><p>ひなたくらし ご請求窓口 様</p><p>コーポ白樺の管理室です。</p><p>先月より共用部の電気料金が<span style="color:#c00">二割ほど</span>高くなっております。<br>単価の変更がございましたでしょうか。内訳をお知らせください。</p><blockquote>ご請求額　18,240円（前月 15,110円）</blockquote></body></html>',
  },
]
