/** A backup that cannot be made or opened, in words of what is wrong with it. */
export class BackupError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BackupError'
  }
}
