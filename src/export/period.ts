import { sql } from 'kysely'
import type { Period } from '../domain/period.ts'

/** The condition that a day is in a period; true of every day where none is given. */
export function inPeriod(day: string, period: Period | undefined) {
  const { from, to } = period ?? { from: null, to: null }
  const at = sql.ref(day)
  return sql<boolean>`${from === null ? sql`1` : sql`${at} >= ${from}`}
    AND ${to === null ? sql`1` : sql`${at} <= ${to}`}`
}
