import { addMonths, type Day } from './day.ts'

const LONG_AGO = -12
const FAR_AHEAD = 60

/** Is an expected close so far from today that it is probably a typo: over a year ago, or over five ahead? */
export function isOddClose(expected: Day | null, today: Day): boolean {
  if (expected === null) return false
  return expected < addMonths(today, LONG_AGO) || expected > addMonths(today, FAR_AHEAD)
}

/** Does a deal cost more than it brings? */
export function isLoss(amount: number | null, cost: number | null): boolean {
  return amount !== null && cost !== null && cost > amount
}
