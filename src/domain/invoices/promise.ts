import type { Day } from '../day.ts'
import type { Money } from '../money.ts'

/**
 * How a promise stands: `open` until its day is over, `kept` if the money was there by then, `late` if it came
 * afterwards, `broken` if it has not come, `replaced` by a later promise on the same invoice.
 */
export type PromiseStatus = 'open' | 'kept' | 'late' | 'broken' | 'replaced'

/** A promise, and what was open of its invoice. */
export interface Promised {
  forDay: Day
  /** What is to be open when it is kept: the open amount on the day it was made, less what was promised. */
  leaves: Money
  /** What was open at the end of its day, or of `on` if that is earlier. */
  openByDay: Money
  /** What is open at the end of `on`. */
  openNow: Money
  replaced: boolean
}

/**
 * How a promise stands at the end of a day. Of 1,000.00 open, 400.00 promised for Friday leave 600.00: with 600.00 or
 * less open on Friday it is kept; on Saturday, with 700.00 open, it is broken, and late once 600.00 are open.
 */
export function promiseStatus(
  { forDay, leaves, openByDay, openNow, replaced }: Promised,
  on: Day,
): PromiseStatus {
  if (openByDay <= leaves) return 'kept'
  if (replaced) return 'replaced'
  if (on <= forDay) return 'open'
  return openNow <= leaves ? 'late' : 'broken'
}
