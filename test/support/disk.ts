import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './folder.ts'

/** A disk of a few megabytes, to be filled. */
export type SmallDisk = {
  readonly path: string
  /** Takes so many megabytes away. */
  fill(megabytes: number): void
  /** Gives back what was taken away, by us or in a file `filler`. */
  free(): void
  close(): void
}

/** Mounts a small disk in memory; only who may mount can (root). */
export function openDisk(megabytes: number): SmallDisk {
  const folder = temporaryFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder.path])
  return {
    path: folder.path,
    fill: (size) => writeFileSync(join(folder.path, 'filler'), Buffer.alloc(size * 1024 * 1024)),
    free: () => rmSync(join(folder.path, 'filler'), { force: true }),
    close() {
      execFileSync('umount', ['-l', folder.path])
      folder[Symbol.dispose]()
    },
  }
}

/** Whether this machine lets us mount one. */
export const canMount = tried()

function tried(): boolean {
  try {
    openDisk(1).close()
    return true
  } catch {
    return false
  }
}
