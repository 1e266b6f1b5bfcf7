/** What shows that a letter of unknown result left the house after all, the strongest first. */
export const evidenceKinds = ['bounce', 'reply', 'archive_copy', 'sent_copy'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

export type Evidence = {
  readonly kind: EvidenceKind
  /** The stored mail that shows it, or the folder on the mail server where the copy lies. */
  readonly where: string
}

/** A letter that came back was accepted, and its addressee was not told. */
export function saysReturned(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ kind }) => kind === 'bounce')
}

/** What goes on record, where several things say the same. */
export function strongest(evidence: readonly Evidence[]): Evidence | null {
  for (const kind of evidenceKinds) {
    const found = evidence.find((one) => one.kind === kind)
    if (found) return found
  }
  return null
}
