/** A source of numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number

/** A seeded generator: Mulberry32, 32 bits of state, good enough to draw samples with. */
export function seededRandom(seed: number): Random {
  // Signed, since V8 keeps larger numbers apart from the closure, and makes a new one at each draw.
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
