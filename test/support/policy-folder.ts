import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyFolder } from '../../src/policy.ts'

/** A policy folder that a test may change and break. */
export type PolicyFolder = {
  readonly path: string
  /** Replaces words of a file, which must be there. */
  change(file: string, from: string, to: string): void
  write(file: string, text: string): void
  /** The line of a file that holds the words, counted from 1. */
  lineOf(file: string, words: string): number
  remove(): void
}

const words = `parts:
  accepts: ['承知しました']
  our_refusal: ['お受けできません']
  our_final: ['最終回答']
  our_stop: ['お控えください']
  our_redirect: ['窓口へ']
  self: ['私が']
`

const abuse = `parts:
  insult_strong:
    any: ['死ね', 'くたばれ', '辞めちまえ']
    but: ['必死']
rules:
  - id: abuse.death-wish
    category: verbal_abuse
    weight: 0.75
    severity: 2
    why: { ja: 存在を否定する言葉, en: Words that wish somebody gone }
    when: [insult_strong]
    unless: [self]
    matches: [死ね, さっさと辞めちまえ]
    passes: [必死に探しました, 私が死ねばよいのですね]
  - id: abuse.idiot
    category: verbal_abuse
    weight: 0.6
    severity: 1
    why: { ja: 侮辱の言葉, en: An insult }
    when: ['/ばか/']
    matches: [ばか]
    passes: [住所を変えたいです]
`

const threat = `parts:
  vague: ['覚えてろ']
rules:
  - id: threat.kill
    category: threat
    weight: 0.9
    severity: 3
    why: { ja: 殺害の予告, en: A threat to kill }
    when: ['/殺してやる/']
    matches: [殺してやる]
    passes: [虫を殺した]
  - id: threat.vague
    category: threat
    weight: 0.5
    severity: 1
    why: { ja: ほのめかす脅し, en: A veiled threat }
    when: [vague]
    matches: [覚えてろ]
    passes: [覚えています]
`

/** The shipped policy with a few rules of the tests' own: theirs may be rewritten at any time. */
export function smallPolicy(): PolicyFolder {
  const path = mkdtempSync(join(tmpdir(), 'mamori-policy-'))
  mkdirSync(join(path, 'rules'))
  copyFileSync(join(policyFolder({}), 'policy.yaml'), join(path, 'policy.yaml'))
  const write = (file: string, text: string) => writeFileSync(join(path, file), text)
  const read = (file: string) => readFileSync(join(path, file), 'utf8')
  write('rules/00-words.yaml', words)
  write('rules/verbal-abuse.yaml', abuse)
  write('rules/threat.yaml', threat)
  return {
    path,
    write,
    change(file, from, to) {
      if (!read(file).includes(from)) throw new Error(`${file} does not hold ${from}`)
      write(file, read(file).replace(from, to))
    },
    lineOf: (file, held) =>
      read(file)
        .split('\n')
        .findIndex((line) => line.includes(held)) + 1,
    remove: () => rmSync(path, { recursive: true }),
  }
}
