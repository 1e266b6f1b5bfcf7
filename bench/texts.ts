import { business } from '../src/demo/story/business.ts'
import { harassment } from '../src/demo/story/harassment.ts'
import { households } from '../src/demo/story/households.ts'
import { legitimate } from '../src/demo/story/legitimate.ts'
import { ordinary } from '../src/demo/story/ordinary.ts'

/** A number from 0 on that is the same in every run: who measures twice measures the same. */
export type Chance = (below: number) => number

/** Chance that repeats itself (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export function pick<T>(from: readonly T[], chance: Chance): T {
  const one = from[chance(from.length)]
  if (one === undefined) throw new Error('there is nothing to pick from')
  return one
}

const told = [...business, ...harassment, ...households, ...legitimate, ...ordinary]

/** Sentences and subjects that the demo's customers write. */
const sentences = [...new Set(told.flatMap(({ body }) => body.split(/(?<=。)|\n/)))]
  .map((sentence) => sentence.trim())
  .filter((sentence) => sentence.length > 8)
const subjects = [...new Set(told.map(({ subject }) => subject.replace(/^Re: /, '')))]

const english = [
  'Thank you for your quick answer.',
  'The washing machine that you delivered on Tuesday stops in the middle of its programme.',
  'I would like to have the invoice for my last order sent to the new address below.',
  'Could you tell me when the technician is going to come?',
  'The refund that we spoke about has not reached my account yet.',
  'I have tried the steps of the manual, and the lamp still blinks three times.',
  'Please cancel the second of my two subscriptions at the end of the month.',
  'The parcel arrived open, and the cable was missing.',
  'How long does the warranty last for a device that was repaired once?',
  'It has been a week, and nobody has called me back.',
] as const

const surnames = [...'佐鈴高田伊渡山中小加吉斎松井木林清阿森池橋石前藤岡後近長坂遠青']
const endings = [...'藤木橋中野田本原村川口島崎沢谷山']
const givenNames = ['陽子', '健一', '美咲', '大輔', '恵', '翔太', '由美', '直人', '真理', '修']

export function nameOf(chance: Chance): string {
  const surname = `${pick(surnames, chance)}${pick(endings, chance)}`
  return `${surname} ${pick(givenNames, chance)}`
}

export function subjectOf(chance: Chance): string {
  return `${pick(subjects, chance)}(受付番号 ${10_000 + chance(90_000)})`
}

/** What a customer writes: mostly Japanese, some sentences long. */
export function bodyOf(chance: Chance): string {
  const from: readonly string[] = chance(10) === 0 ? english : sentences
  const length = 3 + chance(10)
  return Array.from({ length }, () => pick(from, chance)).join('\n')
}
