/** Texts with values, looked up unit by unit from the root, which is node 0. */
export type Tree = {
  add(text: string, value: number): void
  /** The node that a unit leads to, or 0. */
  next(node: number, code: number): number
  /** Adds the values of a node to a list. */
  collect(node: number, to: number[]): void
}

/**
 * A tree in flat arrays: tens of thousands of nodes as objects would cost more to make and to clean
 * up than all matching of a start.
 */
export function openTree(): Tree {
  let nodes = 1
  let slots = slotsOf(1 << 12)
  /** By node: the newest of its values, as a place in the lists below; 0 where it has none. */
  const newest: number[] = [0]
  const values: number[] = [0]
  const older: number[] = [0]

  function next(node: number, code: number): number {
    const { from, by, to, mask } = slots
    for (let at = placeOf(node, code) & mask; to[at] !== 0; at = (at + 1) & mask) {
      if (from[at] === node && by[at] === code) return to[at] ?? 0
    }
    return 0
  }

  function grow(node: number, code: number): number {
    if (nodes * 2 > slots.mask) slots = enlarged(slots)
    const made = nodes
    nodes += 1
    newest.push(0)
    put(slots, node, code, made)
    return made
  }

  return {
    add(text, value) {
      let node = 0
      for (let at = 0; at < text.length; at += 1) {
        // A shorter beginning of the same value stands here already: a longer one adds nothing.
        if (values[newest[node] ?? 0] === value && (newest[node] ?? 0) > 0) return
        const code = text.charCodeAt(at)
        node = next(node, code) || grow(node, code)
      }
      values.push(value)
      older.push(newest[node] ?? 0)
      newest[node] = values.length - 1
    },
    next,
    collect(node, to) {
      for (let at = newest[node] ?? 0; at > 0; at = older[at] ?? 0) to.push(values[at] ?? 0)
    },
  }
}

/** Which node a unit leads to from which, by hashed places with linear probing. */
type Slots = {
  readonly from: Int32Array
  readonly by: Uint16Array
  readonly to: Int32Array
  readonly mask: number
}

function slotsOf(size: number): Slots {
  const [from, by, to] = [new Int32Array(size), new Uint16Array(size), new Int32Array(size)]
  return { from, by, to, mask: size - 1 }
}

function placeOf(node: number, code: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

function put({ from, by, to, mask }: Slots, node: number, code: number, target: number): void {
  let at = placeOf(node, code) & mask
  while (to[at] !== 0) at = (at + 1) & mask
  from[at] = node
  by[at] = code
  to[at] = target
}

function enlarged(slots: Slots): Slots {
  const larger = slotsOf((slots.mask + 1) * 2)
  for (const [at, target] of slots.to.entries()) {
    if (target !== 0) put(larger, slots.from[at] ?? 0, slots.by[at] ?? 0, target)
  }
  return larger
}
