import type { Day } from '../../domain/day.ts'
import type { Period } from '../../domain/period.ts'

/** The days of a period that are over: from its first day (null: no first day) to `end`. */
export interface Window {
  from: Day | null
  end: Day
}

/** The part of a period that is over on a day. */
export function windowOf({ from, to }: Period, asOf: Day): Window {
  return { from, end: to !== null && to < asOf ? to : asOf }
}
