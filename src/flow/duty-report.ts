import type { DutyPeriod } from '../domain/duty-period.ts'
import type { Language } from '../domain/person.ts'
import {
  type DutyReportOf,
  type DutySheet,
  dateOf,
  dutyReport,
  sheetOf,
} from '../evidence/duties.ts'
import { pdfOf } from '../evidence/pdf.ts'
import { dutyFacts, recordState } from './duties.ts'
import type { House } from './house.ts'

export type { DutyEntry, DutySheet } from '../evidence/duties.ts'

export type AskedDuties = {
  readonly period: DutyPeriod
  readonly language: Language
  /** Where customers reach the policy; null where they do not. */
  readonly publicAddress: string | null
}

/** The report of duties in words, for a page. */
export async function dutySheet(house: House, asked: AskedDuties): Promise<DutySheet> {
  return sheetOf(await made(house, asked))
}

/** The same as one file: the same record and period give the same bytes. */
export async function dutyFile(
  house: House,
  asked: AskedDuties,
  kind: 'html' | 'pdf',
): Promise<Buffer> {
  const { html } = dutyReport(await made(house, asked))
  if (kind === 'html') return Buffer.from(html)
  return pdfOf(html, { language: asked.language, at: dateOf(asked.period) })
}

async function made(
  house: House,
  { period, language, publicAddress }: AskedDuties,
): Promise<DutyReportOf> {
  // Looked at first: a report holds all that there was by then.
  const state = await recordState(house)
  const facts = await dutyFacts(house, period, publicAddress)
  return { facts, period, language, company: house.policy.company[language], state }
}
