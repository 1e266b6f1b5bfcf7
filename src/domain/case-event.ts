/** That everything about a sender was written into a file that others can check. */
export type CaseEvent = {
  readonly kind: 'case_exported'
  /** The whole identity's, as it was joined then. */
  readonly senderId: string
  /** Of the package's own list of files and hashes: what names that package and no other one. */
  readonly manifestSha256: string
  /** How many people or words were hidden in it; none where it does not say. */
  readonly masked?: number
}
