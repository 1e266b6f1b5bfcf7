/** What the person gets, and how they check it; in both languages, whoever reads it. */
export const readme = `この資料について
================

ご請求により開示する、ご本人に関する記録です。まず data/report.html（または report.pdf）をお読みください。
ほかの方に渡すと、ご本人のメールがそのまま読めます。お取り扱いにご注意ください。

中身
  data/report.html       読むための報告書
  data/report.pdf        同じ報告書（印刷用。字体にない文字は箱で出ます）
  data/mails/            メール（届いたとき、送ったときのバイト列のまま）
  data/mails.json        ファイル名とメールの対応、送受信の日時、添付の元の名前
  data/attachments/      添付ファイル（名前は付け直してあります。開くときはご注意ください）
  data/letters/          当社からお送りした手紙（送ったときのバイト列のまま）
  data/letters.json      手紙ごとの状態
  data/incidents/        出来事の写真など
  data/record.json       報告書のもとになった記録
  data/chain.jsonl       記録の鎖。ご本人のメールと手紙の出来事は全文、ほかはハッシュだけ
  data/checkpoint.json   鎖の到達点の署名（Ed25519）と公開鍵

確かめ方
  展開したフォルダーの中で：
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
  すべて OK と出れば、書き出した後にどのファイルも変わっていません。BagIt 1.0（RFC 8493）の検証が
  できる道具ならどれでも使えます。Mamori では：mamori verify この.zip --public-key 公開鍵


About this package
==================

It holds what is kept on you, as you asked. Read data/report.html (or report.pdf) first. Whoever you
give it to can read your mails as they are: take care of it.

What is in it
  data/report.html       a report to read
  data/report.pdf        the same to print (signs that its font lacks show as boxes)
  data/mails/            mails, byte by byte as they came in or went out
  data/mails.json        which file is which mail, when it came, what attachments were called
  data/attachments/      attached files, renamed (be careful with opening them)
  data/letters/          letters that we sent, byte by byte
  data/letters.json      each letter's state
  data/incidents/        pictures of incidents
  data/record.json       the record that the report is made of
  data/chain.jsonl       the chain: events of your mails and letters in full, all others as hashes
  data/checkpoint.json   the signature of how far the chain goes (Ed25519), with its public key

How to check it
  In the unpacked folder:
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
  Where all says OK, no file was changed since the export. Any tool that validates BagIt 1.0
  (RFC 8493) does as well, and so does Mamori: mamori verify THIS.zip --public-key KEY
`
