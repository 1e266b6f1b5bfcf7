import type { CheckpointStatement } from '../domain/checkpoint.ts'

/** What is written to whoever keeps the record's checkpoints outside. */
export const jaEvidence = {
  checkpointMail: ({ at, events, head, listSha256 }: CheckpointStatement) => ({
    subject: `記録の到達点の署名 ${at.slice(0, 10)}（${events}件）`,
    text: [
      'Mamori の記録の到達点に署名しました。',
      '',
      `日時：${at}`,
      `件数：${events}`,
      `最後のハッシュ：${head}`,
      `全ハッシュの一覧の SHA-256：${listSha256}`,
      '',
      '添付の JSON が署名の本体です。消さずに保管してください。記録が後から書き換えられたり、古いバックアップに戻されたりしたかどうかを、これで確かめられます。',
      '確かめ方：mamori verify --checkpoints ファイル --public-key 公開鍵',
      'このメールに返信する必要はありません。',
    ].join('\n'),
  }),
}
