import { isCategory, type Severity } from '../domain/category.ts'
import { fieldLengthMax, type Opinion, type Verdict } from '../domain/review.ts'
import type { Ctx } from './env.ts'

/** A form's fields as plain text, each cut at its limit. */
export type Form = {
  text(name: string, lengthMax?: number): string
  /** As it was typed, blanks and all: a password. */
  typed(name: string, lengthMax?: number): string
  all(name: string): string[]
  has(name: string): boolean
}

export async function readForm(c: Ctx): Promise<Form> {
  const body = await c.req.parseBody({ all: true })
  const valuesOf = (name: string) =>
    [body[name] ?? []].flat().filter((value): value is string => typeof value === 'string')
  return {
    text: (name, lengthMax = fieldLengthMax) =>
      (valuesOf(name)[0] ?? '').slice(0, lengthMax).trim(),
    typed: (name, lengthMax = 1_000) => (valuesOf(name)[0] ?? '').slice(0, lengthMax),
    all: valuesOf,
    has: (name) => valuesOf(name).length > 0,
  }
}

/** The bytes of an uploaded file; null where none was chosen. */
export async function fileIn(c: Ctx, name: string): Promise<Buffer | null> {
  const given = (await c.req.parseBody({ all: true }))[name]
  const [file] = [given ?? []].flat()
  if (!(file instanceof File) || file.size === 0) return null
  return Buffer.from(await file.arrayBuffer())
}

/** A path of ours to go back to, or the other one: an address from outside is never followed. */
export function ownPath(path: string, otherwise: string): string {
  return /^\/(?![/\\])[\w\-./]{0,200}$/.test(path) ? path : otherwise
}

/** A whole number from a field; 0 where it holds none. */
export function numberIn(form: Form, name: string): number {
  const value = Number(form.text(name, 12))
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}

/** The verdict that a review or settlement form states, as far as it is filled in. */
export function verdictIn(form: Form): Verdict {
  switch (form.text('verdict')) {
    case 'ordinary':
      return { kind: 'ordinary', needsReply: form.text('needsReply') !== 'no' }
    case 'harassment':
      return {
        kind: 'harassment',
        categories: form.all('category').filter(isCategory),
        severity: severityIn(form),
        elements: {
          superiorPosition: form.has('superiorPosition'),
          improperConduct: {
            which: form.text('improperWhich') === 'demand' ? 'demand' : 'conduct',
            why: form.text('improperWhy'),
          },
          harmToWorkEnvironment: form.has('harmToWorkEnvironment'),
        },
        statute: {
          interestedParty: form.has('statuteParty'),
          beyondAccepted: form.has('statuteBeyond'),
          environmentHarmed: form.has('statuteHarm'),
        },
      }
    default:
      return { kind: 'unsure' }
  }
}

/** A whole opinion: the verdict and what a person says of the demand. */
export function opinionIn(form: Form): Opinion {
  const demand = form.text('demand')
  return {
    verdict: verdictIn(form),
    demand:
      demand === 'partly' || demand === 'unreasonable' || demand === 'none' ? demand : 'reasonable',
    fairRequest: form.text('fairRequest'),
    reason: form.text('reason'),
  }
}

function severityIn(form: Form): Severity {
  const given = numberIn(form, 'severity')
  return given === 1 || given === 2 || given === 3 ? given : 0
}
