import { type RawBuilder, sql } from 'kysely'
import { tally } from '../../book/store/sql.ts'
import { type Course, survivalCurve, survivalQuantile } from '../../domain/statistics/survival.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { type Scope, within, withoutOpeningNote } from '../scope.ts'
import { courseSql, isToCome, openedBy, type Window } from './window.ts'

/** Deals that took the same time, from opening to the outcome, by owner. */
export interface WinCourse extends Course {
  ownerId: number | null
}

type Told = [ownerId: number | null, from: number, to: number, end: Course['end']]

// As a bare column SQLite would take the index of opening days, and read nearly every deal.
const isKnown = sql<boolean>`coalesce(d.opened_known, 0) = 1`

const BEGAN = sql<string>`d.opened_on`
const ENDED = sql<string>`d.closed_on`

/**
 * The courses of deals that were under way in a window: won in it, lost in it (they end in another way),
 * or still open at its end. Deals whose opening day is not known are left out.
 */
export async function loadWinCourses(
  deals: DealsAsOf,
  scope: Scope,
  window: Window,
): Promise<WinCourse[]> {
  if (isToCome(window)) return []
  const ages = courseSql(BEGAN, ENDED, window)
  const load = async (query: ReturnType<DealsAsOf>, end: RawBuilder<Course['end']>) => {
    const { counts } = await query
      .where(openedBy(window.end))
      .select(tally([sql`d.owner_id`, ages.from, ages.to, end]).as('counts'))
      .executeTakeFirstOrThrow()
    return (JSON.parse(counts) as [Told, number][]).map(
      ([[ownerId, from, to, ending], count]): WinCourse => ({
        ownerId,
        from,
        to,
        end: ending,
        count,
      }),
    )
  }
  const known = () => within(deals, scope).where(isKnown)
  const open = known().where('d.closed_on', 'is', null)
  const closed = known().where('d.closed_on', window.from === null ? 'is not' : '>=', window.from)
  return [
    ...(await load(open, sql`'censored'`)),
    ...(await load(
      closed,
      sql`CASE WHEN d.closed_on > ${window.end} THEN 'censored'
        WHEN d.status = 'won' THEN 'event' ELSE 'other' END`,
    )),
  ]
}

/** How long something takes: days by which half and nine tenths of it are done, where that is reached. */
export interface Pace {
  /** How many were under way. */
  courses: number
  /** How many of them ended as asked. */
  ended: number
  median_days: number | null
  p90_days: number | null
}

/**
 * Kaplan–Meier median and P90 of courses. Of days to win: lost deals end in another way, so that the
 * figure is how long a win takes and not how long it would if nothing were lost; with nothing open it
 * is the plain median of the won deals.
 */
export function paceOf(courses: readonly Course[]): Pace {
  const curve = survivalCurve(courses)
  const count = (of: readonly Course[]): number => of.reduce((sum, one) => sum + one.count, 0)
  return {
    courses: count(courses),
    ended: count(courses.filter(({ end }) => end === 'event')),
    median_days: survivalQuantile(curve, 0.5),
    p90_days: survivalQuantile(curve, 0.9),
  }
}

/** The note on deals that have no days to win, as nobody knows when they were opened. */
export function withoutDaysNote(deals: number): string[] {
  return withoutOpeningNote(deals, 'days to win and of contacts before a win')
}
