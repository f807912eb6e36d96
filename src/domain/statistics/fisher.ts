import { logChoose } from './log-factorial.ts'

/** A 2 × 2 table of counts: two groups in rows, two outcomes in columns. */
export type FourFold = readonly [readonly [number, number], readonly [number, number]]

/** Tables whose chances differ by less than this part count as equally likely (as in R). */
const TIE = 1e-7
const NEGLIGIBLE = 1e-17

/**
 * Fisher's exact test, two-sided: the chance, where the groups do not differ, of a table with the same
 * margins that is no more likely than the one seen. [[3, 1], [1, 3]] is 0.4857. 1 if a margin is zero, as
 * there is only one table then.
 *
 * Chances rise to the mode and fall after it. So the tail beyond the table seen is summed outward from
 * it, and that of the other side from the first table that is as unlikely, found by halving; both end
 * where terms no longer matter. Tables of a million cases take a few thousand steps.
 */
export function fisherExact([[a, b], [c, d]]: FourFold): number {
  const row = a + b
  const column = a + c
  const all = row + c + d
  const least = Math.max(0, row + column - all)
  const most = Math.min(row, column)
  const logChance = (x: number): number =>
    logChoose(row, x) + logChoose(all - row, column - x) - logChoose(all, column)
  /** What the chance of x + 1 is as a multiple of that of x. */
  const up = (x: number): number =>
    ((row - x) * (column - x)) / ((x + 1) * (all - row - column + x + 1))

  const tail = (from: number, step: 1 | -1): number => {
    if (from < least || from > most) return 0
    let term = Math.exp(logChance(from))
    let sum = term
    for (let x = from; (step > 0 ? x < most : x > least) && term > sum * NEGLIGIBLE; x += step) {
      term *= step > 0 ? up(x) : 1 / up(x - 1)
      sum += term
    }
    return sum
  }

  const mode = Math.floor(((row + 1) * (column + 1)) / (all + 2))
  const seen = logChance(a) + Math.log1p(TIE)
  const unlikely = (x: number): boolean => logChance(x) <= seen
  if (unlikely(mode)) return 1
  const below = lastBelow(least, mode, unlikely)
  const above = mode + (most - mode - lastBelow(0, most - mode, (x) => unlikely(most - x)))
  return Math.min(1, tail(below, -1) + tail(above, 1))
}

/** The last x from `low` on, but before `high`, that meets a test which holds up to some x; else low − 1. */
function lastBelow(low: number, high: number, test: (x: number) => boolean): number {
  let holds = low - 1
  let fails = high
  while (fails - holds > 1) {
    const middle = Math.floor((holds + fails) / 2)
    if (test(middle)) holds = middle
    else fails = middle
  }
  return holds
}
