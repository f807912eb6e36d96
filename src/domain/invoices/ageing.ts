import { type Day, daysBetween } from '../day.ts'
import type { Money } from '../money.ts'

/** How late something is, by its days after the due day. */
export const BUCKETS = ['not_due', 'd1_30', 'd31_60', 'd61_90', 'd90_plus'] as const

export type Bucket = (typeof BUCKETS)[number]

/** A part of an invoice and the day by which it is to be paid. */
export interface Part {
  dueOn: Day
  amount: Money
}

/** Days between the due day and a day: 0 and less is not late, as what is due today is not. */
export function daysLate(dueOn: Day, on: Day): number {
  return daysBetween(dueOn, on)
}

/** The bucket of so many days: due today is `not_due`, 30 days are `d1_30`, 31 `d31_60`, 91 `d90_plus`. */
export function bucketOf(late: number): Bucket {
  if (late <= 0) return 'not_due'
  if (late <= 30) return 'd1_30'
  if (late <= 60) return 'd31_60'
  return late <= 90 ? 'd61_90' : 'd90_plus'
}

/**
 * What is still open of the parts of an invoice: what was paid settles the part that is due first. Of 30 and 70, of
 * which 50 are paid, 50 of the second are open.
 */
export function openParts(parts: readonly Part[], settled: number): Part[] {
  let left = settled
  return parts
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .flatMap(({ dueOn, amount }): Part[] => {
      const taken = Math.min(left, amount)
      left -= taken
      return taken === amount ? [] : [{ dueOn, amount: (amount - taken) as Money }]
    })
}
