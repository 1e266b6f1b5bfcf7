/** A file that takes a while to be made, and is fetched from a page. */
export const jaMakings = {
  under: (mails: number, of: number) =>
    mails < of ? `資料を作っています：${of}通のうち${mails}通` : '資料を作っています：報告書',
  ready: '資料ができました。15分の間、保存できます。',
  save: (size: string) => `保存する（${size}）`,
  look: 'いまの状況を見る',
  back: '戻る',
  leave: 'このページを離れても、作業は続きます。',
}

export type MakingsText = typeof jaMakings
