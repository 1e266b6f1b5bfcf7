/** Why no package can be made, or why one cannot be read, in words for whoever asked. */
export class EvidenceError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EvidenceError'
  }
}
