/** The nine categories of the policy (カスタマーハラスメントの具体例), in the policy's order. */
export const categories = [
  'time_restraint',
  'repeat_contact',
  'verbal_abuse',
  'excessive_demand',
  'threat',
  'online_exposure',
  'fault_finding',
  'sexual_harassment',
  'trespass_other',
] as const

export type Category = (typeof categories)[number]

/** 0 none · 1 borderline or first occurrence · 2 clear · 3 criminal or urgent. */
export type Severity = 0 | 1 | 2 | 3

/** What a thread carries beside its categories; none of them is harassment. */
export const flags = [
  'self_harm',
  'legal_notice',
  'safety',
  'accommodation',
  'press',
  'illegible',
  'unverified_sender',
  'other_sender',
  'auto_generated',
  'bulk',
  'bounce',
] as const

export type Flag = (typeof flags)[number]

export function isCategory(word: string): word is Category {
  return (categories as readonly string[]).includes(word)
}
