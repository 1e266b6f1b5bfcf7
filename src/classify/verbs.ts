/** The stems of a Japanese verb; each form of the language joins an ending to one of them. */
type Stems = {
  /** Before ない, ず, せる. */
  readonly irrealis: string
  /** Before ます, たい, に行く. */
  readonly conjunctive: string
  readonly plain: string
  readonly orders: readonly string[]
  /** Before う. */
  readonly volitional: string
  /** The form in て without its last letter, and that letter: 殺し + て, 死ん + で. */
  readonly joining: string
  readonly te: 'て' | 'で'
}

/** Endings of the five-row verbs: rows a, i, e, o and how て joins. */
const rows: Readonly<
  Record<string, readonly [string, string, string, string, string, 'て' | 'で']>
> = {
  す: ['さ', 'し', 'せ', 'そ', 'し', 'て'],
  く: ['か', 'き', 'け', 'こ', 'い', 'て'],
  ぐ: ['が', 'ぎ', 'げ', 'ご', 'い', 'で'],
  む: ['ま', 'み', 'め', 'も', 'ん', 'で'],
  ぶ: ['ば', 'び', 'べ', 'ぼ', 'ん', 'で'],
  ぬ: ['な', 'に', 'ね', 'の', 'ん', 'で'],
  る: ['ら', 'り', 'れ', 'ろ', 'っ', 'て'],
  つ: ['た', 'ち', 'て', 'と', 'っ', 'て'],
  う: ['わ', 'い', 'え', 'お', 'っ', 'て'],
}

/** The forms by which a rule names a modality. */
export type VerbForm = keyof typeof forms

/** What may follow each stem for a modality to hold; the dialects stand beside the standard. */
const forms = {
  /** Announced, offered, or wished by the writer: 殺してやる, 殺すぞ, 公開させていただきます. */
  will: ({ joining, te, conjunctive, plain, volitional, irrealis }: Stems) => [
    `${joining}${te}~(?:や(?:る|ろ|ら|っから|んぞ|り(?:ま|た))|あげ(?:る|ま|よ)|差し上げ|さしあげ|しまいま(?:す|しょ)|しまう(?:ぞ|から|よ|わ)|しまおう|も(?:い|え|よ|構|かま|らう|らい|らお)|おく(?:から|ぞ|よ|わ)|おきま(?:す|しょ)|(?:行|い)(?:く(?:から|ぞ|よ|わ|で|けん|つもり)|きま(?:す|しょ))|(?:いただ|頂)(?:く|き)|貰(?:う|い|お)|回(?:る|ろ|りま)|まわ(?:る|ろ|りま)|みせ(?:る|ま)|くる(?:から|わ|ぞ)|きま(?:す|しょ)|まう|(?:い|お)られなく)`,
    `${joining}${te === 'て' ? '(?:た|ちゃ)' : '(?:だ|じゃ)'}~(?:る|ろ(?:か|う)|う(?:ぞ|から|よ|わ|かも)|おう|いま)`,
    `${joining}${te === 'て' ? '(?:と|ち)' : '(?:ど|ぢ)'}~(?:く(?:から|ぞ|わ|で|ね|よ|。)|きま(?:す|しょ)|まう|ゃう(?:ぞ|から|よ|わ))`,
    `${conjunctive}~(?:に(?:行|い(?:く|き|っ)|来(?:る|ま)|伺|うかが|参|まい|上が|あが)|ます(?:よ|から|ので|わ|ね|し|け|が|。|!|$|\\n|とも|、)|ましょう|たい(?:の|です|と|。|んだ|くらい|ぐらい|ところ|ね)|た(?:ろ|る)(?:か|わ|ぞ|で)|かね(?:ない|ませ|ん))`,
    `${plain}~(?:ぞ|ど(?:。|!|$|\\n)|から|けん|けえ|け(?:。|ぇ)|さかい|き(?:。|に)|で(?:。|!|$|\\n|え|ぇ)|わ(?:。|!|よ|ね|な|$|\\n|い)|よ(?:。|!|ー|$|\\n|う(?:に|な))|ね(?:。|!|$|\\n|ん)|な(?:。|!|$|\\n|ら|り)|ばい|たい(?:。|!|$)|っちゃ|べ(?:。|や|$)|だけ(?:だ|で|の|や|よ|さ)|つもり|予定|しか|ほか|より(?:ほか|ない)|こと(?:に(?:し|な|いた|致|も)|も(?:でき|可|考|厭|辞|い)|と(?:し|いた|な)|が(?:でき|可))|覚悟|準備|用意|まで(?:だ|で(?:す|あ)|の|や|よ)|所存|気(?:だ|で(?:い|す)|や|は(?:ある|あり|満々))|手も|手が|のみ|人間|やつ|かも|んで(?:。|、|す|!|$|よ)|んだ|のだ|ので|もの|。|!|$|\\n)`,
    `${volitional}~(?:う(?:か|と|ぜ|や|じゃ|。|!|$|\\n|ね)|っと|か(?:。|な|と|い|$))`,
    `${irrealis}~(?:せて(?:いただ|頂|もら|貰|や|くれ|ほし)|なきゃ|なければ|ねば|ざるを|ないと(?:。|な|い|ね)|しかない)`,
  ],
  /** Announced against somebody's will; milder forms of the future are left out. */
  menace: ({ joining, te, conjunctive, plain, irrealis }: Stems) => [
    `${joining}${te}~(?:や(?:る|ろ|ら|っから|んぞ|んよ|り(?:ま|た))|(?:行|い)(?:く(?:から|ぞ|よ|わ|で|けん)|きま)|しまう(?:ぞ|から|かも|わ)|しまいますよ|も(?:い|え)(?:い|え)(?:ん|です|か)|あげ(?:る|ま|よ)|差し上げ|まう(?:ぞ|で|わ|から)|回(?:る|っ)|みせ(?:る|ま)|もら(?:う|い))`,
    `${joining}${te === 'て' ? '(?:た|ちゃ)' : '(?:だ|じゃ)'}~(?:る|ろ(?:か|う))`,
    `${joining}${te === 'て' ? 'と' : 'ど'}~(?:く(?:から|ぞ|わ|で)|い(?:て)?やる)`,
    `${conjunctive}~(?:に(?:行|い(?:く|き|っ)|来|伺|うかが|参|上が)|か(?:ね(?:ない|ませ|ん)))`,
    `${plain}~(?:ぞ|ど(?:。|!|$|\n)|から(?:な|ね|覚|待|よ|。|!|$)|けん|けえ|さかい|で(?:。|!|$|\n|え)|わ(?:。|!|$|\n|い)|ばい|のは簡単|くらい(?:簡単|わけ)|ことだって|ことになる(?:ぞ|よ|か)|しかねえ|しかない|しかなさ)`,
    `${irrealis}~(?:せて(?:もら|いただ|頂)|なきゃ(?:わか|分か)|ないと(?:わか|分か))`,
  ],
  /** Told or asked to: 教えろ, 教えなさい, 教えていただけますか, 教えてもらおうか. */
  order: ({ joining, te, conjunctive, plain, orders, irrealis }: Stems) => [
    `${orders.join('|')}~(?:よ|や|って|と(?:言|い)|。|、|!|\\n|$|ば|ボケ| )`,
    `${joining}${te}~(?:く(?:れ|だ|りゃ|り(?:。|ん)|んろ|んね|なはれ|ん?さい)|下さ|ほし|欲し|もら|もろ|貰|いただ|頂|ちょ|頂戴|けろ|けれ|や(?:。|!|$|\\n)|よ(?:。|!|ね|$|\\n)|ね(?:。|!|$|\\n)|みろ|みい|み(?:。|な)|おけ|おい(?:て|た)|こい|来い|んか|え(?:な|ね)|。|!|$|\\n|、(?:今|すぐ))`,
    `${conjunctive}~(?:なさい|なされ|なはれ|んさい|んしゃい|たまえ|やがれ|や(?:。|!|$|\\n|れ)|な(?:。|!|よ|$|\\n)|いな|い(?:。|!)|ください|下さい|いただ|頂|願)`,
    `お${conjunctive}~(?:ください|下さ|いただ|頂|願|くださ|になって|なさい)`,
    `${irrealis}~(?:んか(?:い|。|!|$|\\n|よ)|んね(?:。|!)|っせ|れたい|れよ|せ(?:ろ|なさい|てくだ|て下さ|ていただ))`,
    `${plain}~(?:よう(?:に|求|要|お願|命|、)|こと(?:。|を(?:求|要|希|願|お願|条件)|が(?:条件|先)|、|です|だ|$|\\n)|べき|んだ(?:。|!|よ)|のが(?:筋|誠意|当然|当たり|礼儀|道理|先|スジ|す?じ)|まで|なら)`,
  ],
  /** Done already, or being done. */
  done: ({ joining, te, conjunctive }: Stems) => [
    `${joining}${te}~(?:き(?:た|まし|ちゃっ|てや)|い(?:る|ます|た|まし|て)|(?:お|置)(?:い|き(?:ま|ち))|や(?:った|りまし)|あ(?:る|り)|(?:しま|仕舞)(?:った|い)|る(?:。|よ|ぞ|から|ん|の|!|わ|し|$|\\n|け)|回っ|まわっ|ま(?:す|し)|もらっ|いただ|頂)`,
    `${joining}${te === 'て' ? '(?:た|とい(?:た|て)|と(?:る|った|り)|ちゃ(?:っ|い))' : '(?:だ|どい(?:た|て)|ど(?:る|った|り)|じゃ(?:っ|い))'}~`,
    `${conjunctive}~(?:まし(?:た|て)|済み|ずみ|おお?せ)`,
  ],
  /** Not done, or refused. */
  not: ({ irrealis, conjunctive }: Stems) => [
    `${irrealis}~(?:な(?:い|か|く|きゃ)|ねえ|ねー|ねぇ|ん(?:。|わ|ぞ|で|よ|から|か|し|と|の|ば|!|$|\\n|け|ち|き|なら|やつ|奴|まま)|ず|ぬ|へん|れへん)`,
    `${conjunctive}~(?:ません|まへん|やしない|そうにない|かねます)`,
  ],
} as const satisfies Readonly<Record<string, (stems: Stems) => readonly string[]>>

export function isVerbForm(name: string): name is VerbForm {
  return Object.hasOwn(forms, name)
}

/**
 * A pattern for verbs in one form. Verbs are dictionary forms with spaces between them; a mark
 * divides the stem of 埋め-る (one row), 公開-する and やって-くる (irregular).
 */
export function patternOf(form: VerbForm, verbs: string): string {
  const byEnding = new Map<string, string[]>()
  for (const verb of verbs.trim().split(/\s+/)) {
    for (const branch of forms[form](stemsOf(verb))) {
      const [stem = '', ending = ''] = branch.split('~')
      byEnding.set(ending, [...(byEnding.get(ending) ?? []), stem])
    }
  }
  const branches = [...byEnding].map(([ending, stems]) => `(?:${stems.join('|')})${ending}`)
  return `(?:${branches.join('|')})`
}

function stemsOf(verb: string): Stems {
  const [stem = '', tail] = verb.split('-')
  if (tail === 'る') return oneRow(stem)
  if (tail === 'する') return irregular(stem, 'する', ['しろ', 'せよ', 'せえ', 'せい', 'せん'])
  if (tail === 'くる') return coming(stem)
  const row = rows[verb.slice(-1)]
  if (!row || tail !== undefined) throw new Error(`names ${verb}, which is no verb that it knows`)
  const [a, i, e, o, joining, te] = row
  const base = verb.slice(0, -1)
  return {
    irrealis: base + a,
    conjunctive: base + i,
    plain: verb,
    orders: [base + e],
    volitional: base + o,
    joining: base + (/(?:行|逝)く$/.test(verb) ? 'っ' : joining),
    te,
  }
}

function oneRow(stem: string): Stems {
  return {
    irrealis: `${stem}(?:さ|)`,
    conjunctive: stem,
    plain: `${stem}る`,
    orders: [`${stem}ろ`, `${stem}よ`, `${stem}い`],
    volitional: `${stem}よ`,
    joining: stem,
    te: 'て',
  }
}

function irregular(stem: string, plain: string, orders: readonly string[]): Stems {
  return {
    irrealis: `${stem}[しさせ]`,
    conjunctive: `${stem}(?:し|いたし|致し)`,
    plain: `${stem}(?:${plain}|す)`,
    orders: orders.map((order) => stem + order),
    volitional: `${stem}しよ`,
    joining: `${stem}し`,
    te: 'て',
  }
}

function coming(stem: string): Stems {
  return {
    irrealis: `${stem}(?:来|こ)`,
    conjunctive: `${stem}(?:来|き)`,
    plain: `${stem}(?:来る|くる)`,
    orders: [`${stem}来い`, `${stem}こい`],
    volitional: `${stem}(?:来よ|こよ)`,
    joining: `${stem}(?:来|き)`,
    te: 'て',
  }
}
