/** How mails, their files and the printed page are spoken of in Japanese. */
export const jaReading = {
  views: 'メールの表示方法',
  text: 'テキスト',
  formatted: '書式付き',
  original: '原文',
  picture: '画像',
  closed: (view: string, passages: number, files: number) =>
    `${view}で表示：${[
      passages > 0 ? `伏せた箇所${passages}か所` : '',
      files > 0 ? `画像${files}点` : '',
    ]
      .filter((part) => part !== '')
      .join('と')}が見えます`,
  closedHelp: '表示すると、見える箇所のそれぞれが閲覧として記録されます。',
  unavailable:
    'このメールは書式付きで表示できません（HTMLがないか、安全な形にできません）。テキストか原文をご覧ください。',
  sourceCut:
    '長いため、はじめの部分だけを表示しています。全体は「原本（.eml）」を保存してください。',
  leftOut: (n: number) =>
    `外部の画像など${n}点は読み込んでいません。差出人に開封が伝わることはありません。`,
  pictures: '外部の画像',
  picturesLoaded:
    'この差出人の外部画像を読み込んでいます。サーバーが代わりに取得しますが、差出人に開封が伝わることがあります。',
  picturesOff:
    '本人確認のできたメールに限り、サーバーが代わりに取得します。差出人に開封が伝わることがあります。伏せた箇所のあるスレッドでは読み込みません。',
  picturesAllow: 'この差出人の画像を読み込む',
  picturesStop: '画像の読み込みをやめる',
  frame: '書式付きのメール',
  frameHelp: '枠の下端を引くと高さを変えられます。リンクは新しいタブで開きます。',
  frameAlone: '別のタブで見る',
  preview: 'プレビュー',
  previewOf: (name: string) => `${name} のプレビュー`,
  previewClosed: 'このファイルには、伏せるべき内容が含まれるかもしれません。',
  previewClosedHelp: '開くと、閲覧として記録されます。開かなくても確認や返信はできます。',
  previewNone:
    'このファイルはここでは表示できません（種類が違うか、壊れているか、鍵がかかっているか、大きすぎます）。保存して、ウイルス対策ソフトで確かめてから開いてください。',
  previewHelp:
    '中身を画像として描き直したものです。ファイルそのものは、この画面でもあなたのパソコンでも開かれていません。',
  previewPicture: '添付された画像',
  pdfPageOf: (n: number, all: number) => `PDF・${all}ページ中${n}ページ目`,
  pdfWords: 'このページの文字',
  open: '表示する',
  save: 'ファイルを保存',
  back: 'スレッドに戻る',
}

export type ReadingText = typeof jaReading
