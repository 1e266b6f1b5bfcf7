export const careKinds = ['contact', 'talk', 'week', 'month', 'stress_check', 'referral'] as const
export type CareKind = (typeof careKinds)[number]
export type CareWhy = 'attacked' | 'exposed' | 'was_there' | 'by_hand'
export type CareState = 'open' | 'done' | 'declined'
