import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../domain/day.ts'
import type { Period } from '../domain/period.ts'

/** Is a day (null if unknown) in a period? Always, if no period is given. */
export function isInPeriod(day: Day | null, period: Period | undefined): boolean {
  const { from, to } = period ?? { from: null, to: null }
  if (day === null) return from === null && to === null
  return (from === null || day >= from) && (to === null || day <= to)
}

/**
 * The condition that a day is in a period; true for every day if none is given.
 * @param day a column, or an expression that is null if nobody knows the day.
 */
export function inPeriod(day: string | RawBuilder<Day | null>, period: Period | undefined) {
  const { from, to } = period ?? { from: null, to: null }
  const at = typeof day === 'string' ? sql.ref(day) : day
  return sql<boolean>`${from === null ? sql`true` : sql`${at} >= ${from}`}
    AND ${to === null ? sql`true` : sql`${at} <= ${to}`}`
}
