declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net'

  type Folders = Record<string, { folders?: Folders; separator?: string }>

  type Options = {
    readonly plugins: readonly string[]
    readonly storage: Folders
    readonly users: Record<string, { readonly password: string }>
  }

  export default function hoodiecrow(options: Options): {
    readonly server: Server
    listen(port: number, host: string, listening: () => void): void
  }
}
