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
  frame: '書式付きのメール',
  frameHelp: '枠の下端を引くと高さを変えられます。リンクは新しいタブで開きます。',
  frameAlone: '別のタブで見る',
  preview: 'プレビュー',
  previewOf: (name: string) => `${name} のプレビュー`,
  previewOpen: '添付ファイルを開く',
  previewClosed: 'このスレッドには伏せた箇所があります。ファイルにも含まれるかもしれません。',
  previewClosedHelp: '開くと、閲覧として記録されます。開かなくても確認や返信はできます。',
  previewNone:
    'この種類のファイルはここでは表示できません。保存して、ウイルス対策ソフトで確かめてから開いてください。',
  previewTooLarge: 'この画像は大きすぎるため、ここでは表示できません。',
  pictureAlt: '添付された画像',
  pixels: (width: number, height: number) => `${width} × ${height} ピクセル`,
  pdfPages: (n: number) => `PDF・${n}ページ`,
  pdfPage: (n: number) => `${n}ページ目の文字`,
  pdfHelp:
    'PDFは文字だけを取り出して表示しています。図や写真、文字の位置は、保存して専用のソフトでご覧ください。',
  pdfUnread: 'このPDFは読み取れません（壊れているか、暗号化されているか、大きすぎます）。',
  pdfNoText: 'このPDFには取り出せる文字がありません（画像だけのPDFかもしれません）。',
  pdfCut: 'はじめの部分だけを表示しています。',
  pdfHeld: '取り出した文字に、伏せるべき言葉があるかもしれません。',
  save: '保存する',
  back: 'スレッドに戻る',
  print: '印刷',
  printTitle: (reference: string) => `スレッドの記録 ${reference}`,
  printNow: 'このページを印刷',
  printHelp:
    'ブラウザーの印刷機能で印刷してください。伏せた箇所は、このページで表示したものだけが印刷されます。',
  reference: '参照番号',
  mailbox: '受信箱',
  printedBy: '印刷した人',
  printedAt: '印刷日時',
  held: '（伏せています）',
}

export type ReadingText = typeof jaReading
