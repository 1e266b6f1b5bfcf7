import { families, notHandlers, notNames, notNamesInEnglish } from './anonymise.words.ts'
import { partsOf } from './words.ts'

const kanji = '\\p{Script=Han}々ヶ'
const titles = '様|さま|さん|氏|君|くん|ちゃん|殿|先生'
const posts = '課長|部長|店長|主任|係長|社長|専務|常務|所長|支店長|リーダー|マネージャー'

/** A name before a title of respect, or a post in the firm: 山田様, 佐藤課長. */
const titled = new RegExp(
  `(?<![${kanji}])([${kanji}]{1,5}(?:[ \u3000][${kanji}]{1,4})?|[ァ-ヶー]{2,8})(?=[ \u3000]?(?:${titles}|${posts}))`,
  'gu',
)
/** Who says who they are: 山田と申します, 私、山田太郎です. */
const introduced = new RegExp(
  `([${kanji}]{1,4}(?:[ \u3000]?[${kanji}]{1,4}|[ \u3000][ぁ-んァ-ヶー]{1,4})?|[ァ-ヶー]{2,8})(?=(?:と|とも)(?:申|もう|言い|いい)(?:し)?ます)`,
  'gu',
)
/** Who is said to have answered: 担当の佐藤, オペレーターの鈴木. */
const handling = new RegExp(
  `(?:担当(?:者)?|オペレーター|受付|窓口|責任者|係|スタッフ|電話口|店員|店長)(?:の|、|：|:)[ \u3000]?([${kanji}]{1,4}|[ァ-ヶー]{2,8})(?=[ \u3000]?(?:${titles}|${posts}|と(?:いう|名乗|か)|[がはにをともへの、。\\n]|です|から|$))`,
  'gmu',
)
const word = "[A-Z][a-z'’-]+"
const titledEnglish = new RegExp(
  `(?<![\\w])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\\.?\\s{1,3}(${word}(?:[ \\t]${word})?)`,
  'g',
)
const greeted = new RegExp(`^[ \\t]{0,4}(?:Dear|Hi|Hello)\\s{1,3}(${word}(?:[ \\t]${word})?)`, 'gm')
const introducedEnglish = new RegExp(
  `(?:[Mm]y name is|[Tt]his is|\\bI am|\\bI['’]m)\\s{1,3}(${word}[ \\t]${word})`,
  'g',
)
const handlingEnglish = new RegExp(
  `(?:[Aa]gent|[Oo]perator|[Cc]olleague|[Hh]andler|[Ss]poke (?:to|with)|[Ss]erved by|[Aa]nswered by|(?:[Aa]|[Ss]omeone) (?:called|named)|,? named)\\s{1,3}(${word}(?:[ \\t]${word})?)`,
  'g',
)
const signedOff = new RegExp(
  `(?:regards|sincerely|faithfully|best wishes|thanks|thank you|cheers)[,.!]?[ \\t]{0,4}\\n\\s{0,6}(${word}(?:[ \\t]${word}){0,2})[ \\t]{0,4}$`,
  'gim',
)
/** A line of a signature, or the last line of a mail, that is a name and nothing else. */
const nameLine = new RegExp(
  `^[ \u3000]{0,8}(?:氏名|名前|お名前|Name)?[:：]?[ \u3000]{0,8}([${kanji}]{1,4}[ \u3000][${kanji}ぁ-んァ-ヶ]{1,4}|[ァ-ヶー]{2,6}[ \u3000][ァ-ヶー]{2,6}|${word}\\s${word})[ \u3000]{0,8}$`,
  'gmu',
)

const firmForms = '株式会社|有限会社|合同会社|合資会社|\\(株\\)|（株）|㈱|\\(有\\)|（有）'
const firmWord = `[${kanji}ァ-ヶーA-Za-zＡ-Ｚａ-ｚ0-9&・]`
/** A firm by its legal form, before or after its name. */
export const firms = new RegExp(
  `(?:${firmForms})[ \u3000]?${firmWord}{1,20}|${firmWord}{1,20}(?:${firmForms})|(?<![\\w&-])(?:[A-Z][\\w&-]{0,30}\\s){1,4}(?:Inc|Ltd|LLC|Corp|Corporation|GmbH|Co\\.,? Ltd)\\b\\.?`,
  'gu',
)

export type Found = { readonly customers: readonly string[]; readonly handlers: readonly string[] }

/** Names that a mail gives away by how they stand in it. */
export function namesIn(text: string): Found {
  const said = [titled, introduced].flatMap((pattern) => groupsOf(pattern, text)).filter(isName)
  const english = [titledEnglish, greeted, introducedEnglish, signedOff]
    .flatMap((pattern) => groupsOf(pattern, text))
    .filter(isEnglishName)
  const bare = families.filter((family) => text.includes(family))
  const handled = groupsOf(handling, text).filter((name) => isName(name) && !notHandlers.has(name))
  const handledEnglish = groupsOf(handlingEnglish, text).filter(isEnglishName)
  return {
    handlers: [...handled, ...handledEnglish],
    customers: [...said, ...english, ...signedNames(text), ...bare],
  }
}

function signedNames(text: string): string[] {
  const tail = text.trimEnd().split('\n').slice(-3).join('\n')
  const cards = partsOf(text)
    .filter(({ kind }) => kind === 'signature')
    .map(({ start, end }) => text.slice(start, end))
  return [...cards, tail].flatMap((part) =>
    groupsOf(nameLine, part).filter((name) => isName(name) && isEnglishName(name)),
  )
}

function groupsOf(pattern: RegExp, text: string): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => (name ? [bareOf(name)] : []))
}

/** Without a title or an ending that went along. */
function bareOf(name: string): string {
  return name
    .trim()
    .replace(/(?<=.)(?:様|氏|殿|君)$/, '')
    .replace(/(?:['’]s|['’-])$/, '')
}

function isName(name: string): boolean {
  if (notNames.has(name)) return false
  return ![...notNames].some((no) => no.length > 1 && name.endsWith(no))
}

function isEnglishName(name: string): boolean {
  return !name.split(/\s+/).some((part) => notNamesInEnglish.has(part))
}
