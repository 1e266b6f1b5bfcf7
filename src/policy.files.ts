import { z } from 'zod'
import { questions } from './classify/card.ts'
import { factNames } from './classify/facts.ts'
import { categories, type Severity } from './domain/category.ts'
import type { ProsePart } from './domain/policy.ts'

const bilingual = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })
const paragraphs = z.array(bilingual).min(1)
const element = z.strictObject({ code: z.string().min(1), name: bilingual, text: bilingual })
const category = z.strictObject({
  code: z.enum(categories),
  name: bilingual,
  examples: z.array(bilingual).min(1),
  guidance: bilingual,
  threshold: z.number().gt(0).max(1),
})

/** The policy's words part by part; a company that has none of its own shows the rest of the file. */
const prose = z.strictObject({
  purpose: paragraphs,
  definition: paragraphs,
  examples: paragraphs,
  response: paragraphs,
  staff: paragraphs,
  consultation: paragraphs,
  privacy: paragraphs,
  request: paragraphs,
} satisfies Record<ProsePart, typeof paragraphs>)

/** The shape of `policy.yaml`; a category missing or named twice is a mistake. */
export const policyFile = z.strictObject({
  company: bilingual,
  title: bilingual,
  version: z.string().min(1),
  url: z.string(),
  prose: prose.nullable().default(null),
  categories: z.array(category).superRefine((all, context) => {
    for (const code of categories) {
      const count = all.filter((one) => one.code === code).length
      if (count !== 1) context.addIssue(`${code} must be described once, but is ${count} times`)
    }
  }),
  elements: z.array(element).length(3),
  statute: z.array(element).min(1),
  review: z.strictObject({ blind: z.boolean() }),
  suspension: z
    .strictObject({
      days: z.int().min(1).max(3650),
      reviewAfterDays: z.int().min(1).max(3650),
      /** So many days before a review date supervisors are reminded, and a renewal is possible. */
      remindDays: z.int().min(0).max(365).default(14),
    })
    .refine(({ days, reviewAfterDays }) => reviewAfterDays <= days, {
      message: 'reviewAfterDays must not be later than days, or nobody reviews the suspension',
    }),
  care: z
    .strictObject({
      /** After so many days what somebody read weighs half as much. */
      halfLifeDays: z.int().min(1).max(90).default(7),
    })
    .prefault({}),
  retention: z
    .strictObject({
      /** Days after the last mail: what the rules said and nobody confirmed lapses. */
      unconfirmedDays: z.int().min(1).max(3650).default(90),
      /** Days after two people found nothing in it. */
      clearedDays: z.int().min(1).max(3650).default(30),
      /** Years after the last act of a sender of whom harassment was found. */
      confirmedYears: z.int().min(1).max(30).default(5),
      /** Days after the last mail of any other thread; null: kept, as the archive duties ask. */
      mailDays: z.int().min(30).max(36_500).nullable().default(null),
    })
    .prefault({}),
  objection: bilingual,
  staysOpen: bilingual,
})

const words = z.array(z.string().min(1)).min(1)
const part = z.union([
  words.transform((any) => ({ any, but: [] as string[], says: undefined })),
  z.strictObject({
    any: words,
    but: z.array(z.string().min(1)).default([]),
    says: bilingual.optional(),
  }),
])
const severity = z
  .int()
  .min(0)
  .max(3)
  .transform((level) => level as Severity)
const bound = z.union([
  z
    .int()
    .min(0)
    .transform((min) => ({ min, max: Number.MAX_SAFE_INTEGER })),
  z.strictObject({
    min: z.int().min(0).default(0),
    max: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
  }),
])
const example = z.union([
  z
    .string()
    .min(1)
    .transform((words) => [words]),
  z.array(z.string().min(1)).min(1),
])
const none: string[] = []

const rule = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9_]+(?:\.[a-z0-9_-]+)+$/, 'must read like category.short-name'),
    category: z.enum(categories).optional(),
    flag: z.enum(['self_harm', 'legal_notice', 'safety', 'accommodation', 'press']).optional(),
    against: z.array(z.enum(categories)).min(1).optional(),
    weight: z.number().gt(0).max(1).default(1),
    severity: severity.default(0),
    repeated: severity.optional(),
    decisive: z.boolean().default(false),
    why: bilingual,
    when: z.array(z.string().min(1)).default(none),
    unless: z.array(z.string().min(1)).default(none),
    unlessMail: z.array(z.string().min(1)).default(none),
    reach: z.enum(['sentence', 'near', 'mail', 'thread']).default('sentence'),
    within: z.int().min(0).max(400).default(0),
    view: z.enum(['spoken', 'all']).default('spoken'),
    facts: z.partialRecord(z.enum(factNames), bound).default({}),
    matches: z.array(example).min(1),
    passes: z.array(example).min(1),
  })
  .refine(
    (one) =>
      [one.category, one.flag, one.against].filter((said) => said !== undefined).length === 1,
    { message: 'must speak for one category, for one flag, or against categories' },
  )
  .refine((one) => one.when.length > 0 || Object.keys(one.facts).length > 0, {
    message: 'needs words (when) or facts, or it would always hold',
  })

/** The shape of a file under `rules/`. */
export const rulesFile = z.strictObject({
  parts: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), part).default({}),
  rules: z.array(rule).default([]),
})

const weights = z.strictObject({
  base: z.number(),
  rules: z.record(z.string(), z.number()).default({}),
  signs: z.record(z.string(), z.number()).default({}),
  facts: z.partialRecord(z.enum(factNames), z.number()).default({}),
})

/** The shape of `weights.yaml`: what each rule, sign and fact counts, in log-odds. */
export const weightsFile = z.strictObject({
  /** Short SHA-256 of the policy and rule files on which every example was run. */
  checked: z.string(),
  rules: z.array(z.string()),
  weights: z.partialRecord(z.enum(questions), weights),
})

export type WeightsFile = z.output<typeof weightsFile>

export type RulesFile = z.output<typeof rulesFile>
export type RuleSource = z.output<typeof rule>
