/** The policy's words and who has read them (周知・啓発). */
export type PolicyEvent =
  | {
      /** Other words than before are in force; `by` is who put a version back, else null. */
      readonly kind: 'policy_published'
      readonly place: number
      /** The version as the policy calls itself. */
      readonly version: string
      readonly policySha256: string
    }
  | {
      /** `by` is who has read them. */
      readonly kind: 'policy_confirmed'
      readonly confirmationId: string
      readonly policySha256: string
    }
