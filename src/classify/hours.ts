const hoursMax = 24

/** The longest time that a sentence tells, as a number of hours or from one hour to another. */
export function hoursIn(sentence: string): number {
  const told = [...sentence.matchAll(hoursTold)].filter(([whole]) => !roundTheClock.test(whole))
  const words = [...sentence.matchAll(/\b(two|three|four|five|six|seven|eight|nine|ten) hours?\b/g)]
  const ranges = [...sentence.matchAll(hoursBetween)]
  return Math.min(
    hoursMax,
    Math.max(
      0,
      ...told.map(([, count = '']) => numberOf(count)),
      ...words.map(([, word = '']) => numberWords.indexOf(word) + 2),
      ...ranges.map(([, from = '', to = '']) => hoursFrom(numberOf(from), numberOf(to))),
    ),
  )
}

const hoursTold = /(\d{1,2}|[一二三四五六七八九十]{1,3})\s?(?:時間|hours?|hrs?|h\b)/g
/** Opening hours, not a time that anybody was held. */
const roundTheClock = /^(?:24|二十四)/
const hoursBetween =
  /(\d{1,2}|[一二三四五六七八九十]{1,3})(?:時|:\d{2}|(?= ?(?:am|pm|to)\b))[^。\n]{0,6}(?:から|より|ー|-|–|\bto\b|\btill\b|\buntil\b)[^。\d\n]{0,10}?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:時|:\d{2}| ?[ap]m\b)/g

/** On a clock of twelve hours or of twenty-four. */
function hoursFrom(from: number, to: number): number {
  const hours = to - from
  if (hours > 0) return hours
  return hours + 12 > 0 ? hours + 12 : hours + hoursMax
}

const numberWords = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** A number in digits or in Japanese numerals below one hundred. */
function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  const [tens, ones] = text.includes('十') ? text.split('十', 2) : ['零', text]
  const digit = (one: string | undefined, empty: number) =>
    one === undefined || one === '' ? empty : '零一二三四五六七八九'.indexOf(one.charAt(0))
  return digit(tens, 1) * 10 + digit(ones, 0)
}
