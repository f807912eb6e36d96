/** Ages in days at which a bin begins; a stay older than the last is in the last. */
export const AGE_BINS = [0, 7, 14, 28, 56, 112, 224]

const BINS = AGE_BINS.length
const BIN_ENDS = [...AGE_BINS.slice(1), Infinity]

/** The index of the count for unknown ages: after the bins. */
const UNAGED = BINS

/** How a stay in a place ended. */
export const OPEN = 0
export const MOVED = 1
export const WON = 2
export const LOST = 3

/**
 * How stays in a place turned out: days at risk and ways of leaving, by age bin, with a last count for
 * unknown ages.
 */
export interface StayCounts {
  days: Float64Array
  moved: Float64Array
  won: Float64Array
  lost: Float64Array
  /** Of those that left at an unknown age, how many were at risk before. */
  ageless: number
  /** Closed deals that say nothing about how long a deal takes. */
  untimed: number
  /** Where moved deals went, and how many. */
  next: Map<number, number>
}

/** Counts of no stays. */
export function noStays(): StayCounts {
  const column = (): Float64Array => new Float64Array(BINS + 1)
  return {
    days: column(),
    moved: column(),
    won: column(),
    lost: column(),
    ageless: 0,
    untimed: 0,
    next: new Map(),
  }
}

function add(column: Float64Array, at: number, count: number): void {
  column[at] = (column[at] as number) + count
}

/** The column of a way of leaving. */
function leaving(counts: StayCounts, end: number): Float64Array {
  return end === MOVED ? counts.moved : end === WON ? counts.won : counts.lost
}

/**
 * Counts stays. A stay is at risk on each day from its first, inclusive: entered on the 3rd and left on the
 * 5th is three days at risk and one exit. Days that an import filled in carry no information: if the closing
 * day stands in for the opening day, or the import's day for the closing day, there is an exit but no day at
 * risk. A stay that had already begun when it was imported, and whose age is unknown, is at risk from that
 * day on, at no age.
 * @param days at risk.
 * @param end how it ended: `OPEN`, `MOVED`, `WON` or `LOST`.
 * @param isAgeless nobody knows when it began.
 * @param isUntimed nobody knows when it ended, or its first day is unknown and the day it ended stands in.
 * @param next the place moved to.
 * @param times how many such stays; −1 removes one.
 */
export function countStay(
  counts: StayCounts,
  days: number,
  end: number,
  isAgeless: boolean,
  isUntimed: boolean,
  next: number,
  times = 1,
): void {
  let bin = UNAGED
  if (isUntimed) {
    if (end >= WON) counts.untimed += times
  } else if (isAgeless) {
    add(counts.days, UNAGED, days * times)
    if (end !== OPEN) counts.ageless += times
  } else {
    for (bin = 0; bin < BINS; bin += 1) {
      const start = AGE_BINS[bin] as number
      if (days <= start) break
      add(counts.days, bin, (Math.min(days, BIN_ENDS[bin] as number) - start) * times)
    }
    bin -= 1
  }
  if (end === OPEN) return
  add(leaving(counts, end), bin, times)
  if (end !== MOVED || isUntimed) return
  const moves = (counts.next.get(next) ?? 0) + times
  if (moves === 0) counts.next.delete(next)
  else counts.next.set(next, moves)
}

/** The counts of two kinds of deals together. */
export function together(one: StayCounts, other: StayCounts): StayCounts {
  const sums = (a: Float64Array, b: Float64Array): Float64Array =>
    a.map((count, at) => count + (b[at] as number))
  const next = new Map(one.next)
  for (const [place, count] of other.next) next.set(place, (next.get(place) ?? 0) + count)
  return {
    days: sums(one.days, other.days),
    moved: sums(one.moved, other.moved),
    won: sums(one.won, other.won),
    lost: sums(one.lost, other.lost),
    ageless: one.ageless + other.ageless,
    untimed: one.untimed + other.untimed,
    next,
  }
}

/** The same with all ages in one bin. */
export function atAnyAge(counts: StayCounts): StayCounts {
  const joined = (column: Float64Array): Float64Array =>
    Float64Array.of(
      column.subarray(0, UNAGED).reduce((sum, count) => sum + count, 0),
      column[UNAGED] as number,
    )
  return {
    ...counts,
    days: joined(counts.days),
    moved: joined(counts.moved),
    won: joined(counts.won),
    lost: joined(counts.lost),
  }
}
