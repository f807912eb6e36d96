import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { daysFrom } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import type { Period } from '../../domain/period.ts'

/** The days of a period that are over: from its first day (null: from the beginning) to `end`. */
export interface Window {
  from: Day | null
  end: Day
}

/** What of a period is over on a day. */
export function windowOf({ from, to }: Period, asOf: Day): Window {
  return { from, end: to !== null && to < asOf ? to : asOf }
}

/** True for a period that has not begun. */
export function isToCome({ from, end }: Window): boolean {
  return from !== null && from > end
}

/** How a course that began on a day and ended on another (null: not yet) falls into a window, in SQL. */
export interface CourseSql {
  /** The age at which it came into the window: 0, or more where it began before. */
  from: RawBuilder<number>
  /** The age at which it ended, or at the window's end. */
  to: RawBuilder<number>
}

/** The ages of courses, for `Course` of `domain/statistics/survival.ts`. */
export function courseSql(
  began: RawBuilder<string>,
  ended: RawBuilder<string>,
  { from, end }: Window,
): CourseSql {
  return {
    from:
      from === null
        ? sql<number>`0`
        : sql<number>`CASE WHEN ${began} >= ${from} THEN 0 ELSE ${daysFrom(began, sql`${from}`)} END`,
    to: daysFrom(
      began,
      sql`CASE WHEN ${ended} IS NULL OR ${ended} > ${end} THEN ${end} ELSE ${ended} END`,
    ),
  }
}

/**
 * The test for deals opened by a day, in a query that goes by another index: as a bare column SQLite
 * would take the index of opening days, and read nearly every deal.
 */
export function openedBy(end: Day): RawBuilder<SqlBool> {
  return sql<SqlBool>`coalesce(d.opened_on, '') <= ${end}`
}
