/** How anybody checks the package, with or without us; in both languages, whoever gets it. */
export const readme = `この資料の確かめ方
==================

この zip は BagIt 1.0（RFC 8493）の袋です。展開すると、次の方法で誰でも確かめられます。

1. 標準の道具で（Linux、macOS など）。展開したフォルダーの中で：
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
   すべて OK と出れば、書き出した後にどのファイルも変わっていません。
2. BagIt の検証ができる道具ならどれでも。
3. Mamori で。データベースは要りません：
     mamori verify この.zip --public-key 公開鍵
   公開鍵は、この資料とは別の道で受け取ったものを使ってください。資料の中の鍵だけでは、
   資料ごと作り直されたことは分かりません。

中身
  data/report.html       読むための報告書
  data/report.pdf        同じ報告書（印刷用。字体にない文字は箱で出ます）
  data/mails/            元のメール（届いたときのバイト列のまま）
                         「.masked.txt」は、関わりのない方を伏せた写しです（元のハッシュは mails.json）
  data/mails.json        ファイル名とメールの対応、送受信の日時、添付の元の名前
  data/attachments/      添付ファイル（名前は付け直してあります。開くときはご注意ください）
  data/sender.json       差出人（同じ人と確認された分を含む）
  data/threads.json      確認、判断（三つの要素）、自動判定とその根拠
  data/incidents.json    メール以外の出来事と、その写真など（data/incidents/）
  data/letters/          送った手紙（送ったときのバイト列のまま）
  data/letters.json      手紙ごとの状態と、相手のサーバーの答え
  data/measures.json     警告と対応停止、確認事項、理由、異議
  data/chain.jsonl       記録の鎖。この事案の出来事は全文、ほかはハッシュだけ
  data/checkpoint.json   鎖の到達点の署名（Ed25519）と公開鍵
  data/people.json       鎖に出てくる職員の番号と役割（名前はありません）

鎖の計算：hash = SHA-256(前の hash + 改行 + seq + 改行 + content)。最初の「前の hash」は空です。
全 hash を一行に一つ並べたものの SHA-256 が checkpoint.json の listSha256 です。
この資料を書き出したことは、manifest-sha256.txt の SHA-256 とともに元の記録に残っています。


How to check this package
=========================

The zip is a bag of BagIt 1.0 (RFC 8493). Unpack it, and anyone can check it:

1. With standard tools. In the unpacked folder:
     sha256sum -c manifest-sha256.txt
     sha256sum -c tagmanifest-sha256.txt
   Where all says OK, no file was changed since the export.
2. With any tool that validates BagIt.
3. With Mamori, without any database:
     mamori verify THIS.zip --public-key KEY
   Take the public key from elsewhere than this package: the key in it alone cannot show that the
   whole package was made anew.

What is in it
  data/report.html       a report to read
  data/report.pdf        the same to print (signs that its font lacks show as boxes)
  data/mails/            the original mails, byte by byte as they came in
                         (….masked.txt: a copy in which people with no part in it are masked; mails.json
                         has the original's hash)
  data/mails.json        which file is which mail, when it came, what attachments were called
  data/attachments/      attached files, renamed (be careful with opening them)
  data/sender.json       the sender, with everybody confirmed to be the same person
  data/threads.json      reviews, decisions (the three elements), assessments and their evidence
  data/incidents.json    what happened outside mail, with pictures in data/incidents/
  data/letters/          letters, byte by byte as they were sent
  data/letters.json      each letter's state, and what the recipient's server answered
  data/measures.json     warnings and suspensions, questions asked, reasons, objections
  data/chain.jsonl       the chain: events of this case in full, all others as hashes
  data/checkpoint.json   the signature of how far the chain goes (Ed25519), with its public key
  data/people.json       staff in the chain by number and role, without names

The chain: hash = SHA-256(previous hash + line feed + seq + line feed + content); the first
previous hash is empty. listSha256 of checkpoint.json is the SHA-256 of all hashes, one a line.
That this package was made is in the original record, with the SHA-256 of manifest-sha256.txt.
`
