import { type RawBuilder, sql } from 'kysely'
import { type Course, survivalCurve, survivalQuantile } from '../../domain/statistics/survival.ts'
import { counted } from '../../domain/text.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { type Scope, within } from '../scope.ts'
import { courseSql, isToCome, openedBy, type Window } from './window.ts'

/** Deals that took the same time, from opening to the outcome, by owner. */
export interface WinCourse extends Course {
  ownerId: number | null
}

/** True for deals that came with an outcome and without the day they were opened on. */
export const WITHOUT_DAYS = sql<boolean>`(d.outcome_only = 1 AND d.opened_on = d.closed_on)`

type Told = [ownerId: number | null, from: number, to: number, end: Course['end']]

const BEGAN = sql<string>`d.opened_on`
const ENDED = sql<string>`d.closed_on`

/**
 * The courses of deals that were under way in a window: won in it, lost in it (they end in another way),
 * or still open at its end. Deals whose days are not known are left out.
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
      .select(sql<string>`tally(d.owner_id, ${ages.from}, ${ages.to}, ${end})`.as('counts'))
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
  const open = within(deals, scope).where('d.closed_on', 'is', null)
  const closed = within(deals, scope)
    .where('d.closed_on', window.from === null ? 'is not' : '>=', window.from)
    .where(sql<boolean>`NOT ${WITHOUT_DAYS}`)
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

/** The note on deals that came with an outcome only. */
export function withoutDaysNote(outcomeOnly: number): string[] {
  if (outcomeOnly === 0) return []
  return [
    `${counted(outcomeOnly, 'deal')} came by import with an outcome and without a history: where the ` +
      'opening day is not known either, they count in no days and contacts.',
  ]
}
