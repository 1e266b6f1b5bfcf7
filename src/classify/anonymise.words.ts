/** What stands before 様, さん or a title without being anybody's name. */
const noNames =
  'お客 客 皆 皆々 神 担当 担当者 責任者 関係者 何 王 奥 旦那 社長 部長 課長 店長 主任 係長 会長 専務 常務 代表 同 模 仕 多 一 異 有 各 御 貴 業者 会員 店員 社員 職員 係 母 父 兄 姉 弟 妹 子 孫 息子 娘 隣 弁護士 医者 株主 相手 疲れ 苦労 世話 営業 副 総務 人事 上 窓口 受付 本人 家族 宛 左 右 逆 様 他 方 親 主人 新人 本部 支店 経理 広報 製造 次 前 元 現 所 支配人 警備 郵便 配達 大家 姫 若 先 学 得意 取引先 利用者 消費者 購入者 名義人 加入者 契約者 美人 別嬪 院長 運転手 当直 管理人 患者 所長 園長 校長 技師 看護師 他社 オペレーター スタッフ 会社 生徒 駅員 嬢 爺 親御 甥御 第三者 入居者 施設長 師長 常連 長女 本店 栄養士 女将 バイヤー 管理会社 購買部 人 返 出 消 支 話 探 渡 押 貸 直 許 殺 壊 落 回 移 流 試 残 隠 戻 示 指 刺 倒 ご'

/** What 担当者の stands before without naming anybody: 担当者の住所, 窓口の対応. */
const noHandlers =
  '返信 メモ 眼鏡 住所 電話 名前 氏名 実名 本名 名 対応 応対 態度 携帯 携帯番号 個人 個人情報 説明 返事 返答 回答 連絡 連絡先 家族 自宅 写真 顔 顔写真 番号 言葉 人 者 話 件 謝罪 解雇 処分 責任 判断 声 案内 上司 指示 都合 間違 発言 言動 行動 変更 女性 男性 女 男 教育 皆様 所属 部署 時間 営業時間 人格 私物 家 母親 父親 妻 夫 子供 彼女 彼 全員 若 新人 派遣 一人 二人 履歴書 経歴 出身 年齢 性別 服装 髪型 笑顔 目 手 体 身体 気持 仕事 勤務先 勤務 出勤日 退勤時間 帰宅時間 帰 車 給料 給与 能力 質 資格 無能 ミス 不手際 落度 過失 非 怠慢 勘違 嘘 メール サイン スリーサイズ'

/** Family names that a text names without any title, and that are nothing else. */
const familyNames =
  '佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村 清水 山崎 山﨑 池田 橋本 阿部 森田 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 斎藤 齋藤 藤井 西村 福田 太田 三浦 岡本 藤原 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森本 小島 柴田 宮本 酒井 工藤 高木 横山 宮崎 大野 丸山 今井 河野 藤本 村田 武田 上野 杉山 増田 平野 大塚 久保 松井 小山 木下 岩崎 野口 菅原 佐野 黒岩 市川 野村 千葉 桜井 櫻井 松尾 菊地 菊池 新井 島田 水野 荒井 秋山 吉川 浜田 大西 菅野 高田 本田 望月 内田 矢野 安藤 北村 久保田 川口 五十嵐 熊谷 西田'

export const notNames: ReadonlySet<string> = new Set(noNames.split(' '))
export const notHandlers: ReadonlySet<string> = new Set(noHandlers.split(' '))
export const families: readonly string[] = familyNames.split(' ')

/** Words with a capital after `Dear`, `Mr` or `I am` that are nobody's name. */
export const notNamesInEnglish: ReadonlySet<string> = new Set(
  'Sir Madam Sirs Mr Mrs Ms Miss Dr Professor Teacher Chef Admissions Coordinator Dear Cheers Mademoiselle Can She Customer Customers Support Team All Staff Service Manager Head Both Everyone Everybody Complaints Department Desk Colleague Colleagues Friend Friends Office Hello Thank Thanks Please The This That Your Our My Not So Very Still Also And But In On At From To Japanese English Tokyo Japan'.split(
    ' ',
  ),
)

/** Given names that are words as well: only with a capital are they anybody's. */
export const alsoWords: ReadonlySet<string> = new Set(
  'will mark may june april august rose grace hope bill art grant frank chase dean rich sue jack miles ray faith joy long young white black brown green king'.split(
    ' ',
  ),
)
