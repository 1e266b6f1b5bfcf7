import { randomInt } from 'node:crypto'
import type { MailboxConfig } from '../config.ts'
import type { Language, Role } from '../domain/person.ts'

/** A member of the demo's staff, with a password made at the start. */
export type Member = {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly language: Language
  readonly password: string
}

const people = [
  { name: '佐藤 美咲', email: 'sato@mamori.example', role: 'reviewer', language: 'ja' },
  { name: '鈴木 健太', email: 'suzuki@mamori.example', role: 'reviewer', language: 'ja' },
  { name: '田中 由美子', email: 'tanaka@mamori.example', role: 'supervisor', language: 'ja' },
  { name: '高橋 直樹', email: 'takahashi@mamori.example', role: 'auditor', language: 'ja' },
  { name: '伊藤 さやか', email: 'ito@mamori.example', role: 'admin', language: 'ja' },
] as const

/** The people of the demo, each with a fresh password. */
export function cast(): readonly Member[] {
  return people.map((person) => ({ ...person, password: freshPassword() }))
}

/** The three departments of a fictitious company for mobile phones and household services. */
export const mailboxes: readonly MailboxConfig[] = [
  {
    name: 'support',
    folders: ['INBOX'],
    address: 'support@hinata-kurashi.example',
    department: { ja: 'お客様相談窓口', en: 'Customer Service' },
  },
  {
    name: 'billing',
    folders: ['Billing'],
    address: 'billing@hinata-kurashi.example',
    department: { ja: 'ご請求窓口', en: 'Billing' },
  },
  {
    name: 'stores',
    folders: ['Stores'],
    address: 'stores@hinata-kurashi.example',
    department: { ja: '店舗窓口', en: 'Stores' },
  },
]

const words = [
  'akari',
  'biwa',
  'cha',
  'daichi',
  'enoki',
  'fuji',
  'ginga',
  'hana',
  'izumi',
  'kaede',
  'kumo',
  'matsu',
  'minato',
  'nami',
  'olive',
  'poppo',
  'rin',
  'sakura',
  'sora',
  'tsuki',
  'ume',
  'wakaba',
  'yama',
  'yuki',
] as const

/** Three words and three digits: easy to type, and never the same twice. */
function freshPassword(): string {
  const word = () => words[randomInt(words.length)] ?? 'mori'
  return `${word()}-${word()}-${word()}-${randomInt(100, 1000)}`
}
