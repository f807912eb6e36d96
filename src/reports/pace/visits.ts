import { sql } from 'kysely'
import { epochDay, IN_ORDER, visits } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { toEpochDay } from '../../domain/day.ts'
import { CLOSED, type VisitCourse } from '../../domain/visits.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { type Scope, within } from '../scope.ts'
import { isToCome, openedBy, type Window } from './window.ts'

/**
 * The visits of stages that were under way in a window, whatever ended them: a step on or back, a win
 * or a loss. A deal that is reopened begins a new visit of the stage it stood in. Deals that came with
 * an outcome and without their way to it have no visits, and a visit that began on a day nobody knows is
 * none.
 */
export async function loadVisitCourses(
  db: Db,
  deals: DealsAsOf,
  scope: Scope,
  window: Window,
): Promise<VisitCourse[]> {
  if (isToCome(window)) return []
  const { from, end } = window
  // A deal has both stages or neither; each way in has the one that its index holds.
  const staged = (stage: 'd.stage_id' | 'd.furthest_stage_id') =>
    within(deals, scope)
      .where(openedBy(end))
      .where('d.outcome_only', '=', 0)
      .where(stage, 'is not', null)
      .select('d.id')
  const chosen = staged('d.stage_id')
    .where('d.closed_on', 'is', null)
    .unionAll(
      staged('d.furthest_stage_id').where('d.closed_on', from === null ? 'is not' : '>=', from),
    )
  const [first, last] = [from === null ? null : toEpochDay(from), toEpochDay(end)]
  const { rows } = await sql<{ courses: string }>`
    SELECT ${visits(sql`s.deal_id`, sql`s.stage`, sql`s.day`, first, last)} AS courses
    FROM (
      SELECT e.deal_id, CASE WHEN e.day_known = 1 THEN ${epochDay(sql`e.at`)} END AS day,
        CASE WHEN e.kind IN ('won', 'lost') THEN ${sql.lit(CLOSED)} ELSE e.stage_id END AS stage
      FROM events e
      WHERE e.deal_id IN ${chosen} AND e.kind <> 'amended' AND e.at <= ${end}
      ORDER BY e.deal_id, e.at, e.id ${IN_ORDER}) AS s`.execute(db)
  return rows.flatMap(({ courses }) => JSON.parse(courses) as VisitCourse[])
}
