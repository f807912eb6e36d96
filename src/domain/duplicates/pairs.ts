import type { Shared } from './score.ts'

/** At most this many clients that share something are compared with one another. */
export const LARGEST_BLOCK = 10

/** How many list positions fit into a number next to a 32-bit hash: 2²¹, about two million. */
const PLACES = 2 ** 21

/** Pairs worth comparing, each with what the two share. */
export interface Pairs {
  /** `a` and `b` are positions in a list, below 2²¹. */
  add: (a: number, b: number, shared?: Shared) => void
  each: (see: (a: number, b: number, shared: readonly Shared[]) => void) => void
}

/** An empty collection of pairs. */
export function pairs(): Pairs {
  const sharedBy = new Map<number, Shared[]>()
  const nothing: Shared[] = []
  return {
    add(a, b, shared) {
      const key = Math.min(a, b) * PLACES + Math.max(a, b)
      const before = sharedBy.get(key)
      if (shared === undefined) sharedBy.set(key, before ?? nothing)
      else if (before === undefined || before === nothing) sharedBy.set(key, [shared])
      else before.push(shared)
    },
    each(see) {
      for (const [key, shared] of sharedBy) see(Math.floor(key / PLACES), key % PLACES, shared)
    },
  }
}

/** List positions by 32-bit key, eight bytes per entry. */
export interface Blocks {
  add: (key: number, place: number) => void
  /** The positions for each key that has more than one, but no more than a block holds. */
  each: (see: (places: number[], key: number) => void) => void
}

/** Empty blocks. */
export function blocks(): Blocks {
  let entries = new Float64Array(2 ** 12)
  let length = 0
  return {
    add(key, place) {
      if (length === entries.length) {
        const larger = new Float64Array(length * 2)
        larger.set(entries)
        entries = larger
      }
      entries[length] = key * PLACES + place
      length += 1
    },
    each(see) {
      const sorted = entries.subarray(0, length).toSorted()
      let places: number[] = []
      let key = -1
      const settle = (): void => {
        if (places.length > 1 && places.length <= LARGEST_BLOCK) see(places, key)
      }
      for (const entry of sorted) {
        const own = Math.floor(entry / PLACES)
        if (own !== key) {
          settle()
          places = []
          key = own
        }
        const place = entry % PLACES
        // One more than a block holds is enough to know that it is too large.
        if (places.length <= LARGEST_BLOCK && places.at(-1) !== place) places.push(place)
      }
      settle()
    },
  }
}
