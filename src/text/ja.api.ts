/** What is said of the interface for programs, in its document and on its page. */
export const jaApi = {
  title: 'プログラム用の窓口（API）',
  lead: 'Mamoriのスレッド、確認と判断、差出人、警告と対応停止、送信、記録を、ほかのシステムが読むための窓口です。読むだけで、何も変えません。確認や承認は人だけが行います。',
  tokens: 'トークンの管理',
  document: 'OpenAPI 3.1の文書（JSON）',
  begin: 'はじめに',
  beginSteps: [
    '管理者が「設定 → プログラム用トークン」でトークンを作ります。一度だけ表示されます。',
    'すべての呼び出しに Authorization ヘッダーを付けます。Cookieやアドレスの中のトークンは受け付けません。',
    '答えはJSONです。日時はUTC（ISO 8601）、idはUUIDv7です。トークンの届かない受信箱のものは、存在しないものとして404になります。',
  ],
  paging: '続きの読み方',
  pagingText:
    '一覧は200件までです。続きがあるときは next（と Link ヘッダー）があり、その値を cursor（記録では after）に渡します。',
  limits: '回数の上限',
  limitsText: (calls: number) =>
    `トークンごとに1分間に${calls}回までです。RateLimit ヘッダーに残りがあり、超えると429と Retry-After を返します。`,
  caching: '変わっていないとき',
  cachingText:
    '答えには ETag があります。次に If-None-Match で送ると、変わっていなければ304を返します。途中の装置には保存されません（no-store）。',
  shielded: '保護された言葉',
  shieldedText:
    '保護された部分とミュート中のメールは、場所と分類だけを渡します。言葉は shielded:read・muted:read のあるトークンだけに渡し、渡すたびに、どのトークンがどの部分を読んだかを記録に残します。一人目の確認は、二人目が決まるまで渡しません。',
  chain: '記録の確かめ方',
  chainText:
    '記録は一件ずつ、前の件のハッシュでつながっています。hash は、previousHash、改行、seq、改行、content をつなげたUTF-8のSHA-256です。トークンに渡せない件も seq と二つのハッシュはあるので、つながりは端まで確かめられます（content は null、理由は withheld）。withheld が open_review の件は、判断の後に同じ seq を読み直すと content があります。',
  routesTitle: '呼び出し',
  needs: '必要な範囲',
  anyToken: 'どのトークンでも',
  parametersTitle: '引数',
  answerTitle: '答えの例',
  problemsTitle: '答えられないとき',
  problemsText:
    'application/problem+json（RFC 9457）で返します。code は変わりません。errors には、直すところが引数ごとにあります。',
  withheldTitle: 'withheld の値',
  withheld: {
    mailbox: '届かない受信箱のもの、または全体に関わるもの（受信箱を限ったトークンの場合）',
    open_review: '二人目の確認がまだの確認',
    exposure:
      '誰が保護された部分を見たか、負荷に応じた担当の割り当て、誰が不在か（本人とケアを担当する責任者だけのもの）',
  },
  problems: {
    'token-missing': 'トークンがありません。',
    'token-invalid': 'トークンが違うか、承認待ち・取り消し・期限切れです。',
    'scope-missing': 'トークンに必要な範囲がありません。',
    'not-found': 'ないか、届かない受信箱のものです。',
    'read-only': '読む以外の呼び出しはできません。',
    'request-invalid': '知らない引数、または使えない値があります。',
    'rate-limited': '回数の上限を超えました。',
    unexpected: '予期しないことが起きました。番号を管理者に伝えてください。',
  },
  parameters: {
    id: 'ほかの答えにあった id',
    limit: '一度に受け取る件数（200まで）',
    cursor: '前の答えの next',
    after: 'この seq より後の件から',
    state: '状態',
    kind: '種類',
    mailbox: '受信箱の id',
    sender: '差出人の id',
    thread: 'スレッドの id',
    severity: 'この重大度以上',
    since: 'この日時以後にメールのあったもの',
    happenedSince: 'この日時以後に起きたもの',
  },
  routes: {
    threads: {
      title: 'スレッドの一覧',
      lead: '新しいメールの順。muted:read がないと、ミュート中のものは含みません。',
    },
    thread: {
      title: 'スレッドとそのメール',
      lead: 'メール、添付の情報、保護された部分の場所と分類。',
    },
    reviews: {
      title: 'スレッドの確認と判断',
      lead: '二人が確認したか、判断された版のもの。',
    },
    decisions: { title: '判断の一覧', lead: '新しい順。' },
    senders: { title: '差出人の一覧', lead: '届く受信箱に書いた差出人。新しい順。' },
    sender: { title: '差出人', lead: '確認されたアドレスと、対応停止の期限。' },
    measures: { title: '警告と対応停止の一覧', lead: '提案から終わりまで。新しい順。' },
    measure: { title: '警告または対応停止', lead: '誰が、いつ、なぜ。' },
    incidents: {
      title: '出来事の一覧',
      lead: '電話・来訪・投稿などの種類、日時、判断。書かれた経緯は含みません。新しい順。',
    },
    incident: {
      title: '出来事',
      lead: 'account（書かれた経緯）は shielded:read があるときだけ渡し、記録に残します。',
    },
    letters: { title: '送信の一覧', lead: '返信とご案内。本文は含みません。新しい順。' },
    letter: {
      title: '送信するメール',
      lead: '本文と、相手のサーバーの返事。下書きの言葉は含みません。',
    },
    events: { title: '記録', lead: '起きたことを順に。ハッシュでつながっています。' },
    health: { title: '稼働の様子', lead: '受信箱の読み込みと、送信の滞り。' },
    mailboxes: { title: '届く受信箱', lead: 'このトークンで読める受信箱。' },
    document: { title: 'この窓口の文書', lead: 'OpenAPI 3.1。' },
  },
}
