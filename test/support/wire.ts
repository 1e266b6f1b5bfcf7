import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between the product and a server of its, which can break in every way that lines do. */
export type Wire = {
  readonly port: number
  /** Breaks the connections once the server has sent so many more bytes to them; 0 is now. */
  strike(how: 'reset' | 'silence', afterBytes: number): void
  /** Whether the line has broken since it was told to. */
  struck(): boolean
  close(): Promise<void>
}

type Pair = { readonly near: Socket; readonly far: Socket; silent: boolean }

/** Passes bytes on to a port of this machine until told otherwise. */
export async function openWire(to: number): Promise<Wire> {
  const pairs = new Set<Pair>()
  let armed: { readonly how: 'reset' | 'silence'; left: number } | null = null
  let broken = false

  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const pair: Pair = { near, far, silent: false }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
    near.on('data', (bytes) => {
      if (!pair.silent) far.write(bytes)
    })
    far.on('data', (bytes: Buffer) => passOn(pair, bytes))
  })

  function passOn(pair: Pair, bytes: Buffer): void {
    if (pair.silent) return
    if (armed && bytes.length >= armed.left) {
      pair.near.write(bytes.subarray(0, armed.left), strikeNow)
      pair.silent = true
      return
    }
    if (armed) armed.left -= bytes.length
    pair.near.write(bytes)
  }

  function strikeNow(): void {
    if (!armed) return
    const { how } = armed
    armed = null
    broken = true
    for (const pair of pairs) {
      pair.silent = true
      if (how === 'reset') pair.near.resetAndDestroy()
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    strike(how, afterBytes) {
      armed = { how, left: afterBytes }
      broken = false
      if (afterBytes === 0 && pairs.size > 0) strikeNow()
    },
    struck: () => broken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const { near, far } of pairs) {
          near.destroy()
          far.destroy()
        }
      }),
  }
}
