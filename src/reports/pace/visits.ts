import { sql } from 'kysely'
import type { Db } from '../../book/open.ts'
import type { Course } from '../../domain/statistics/survival.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { type Scope, within } from '../scope.ts'
import { courseSql, isToCome, openedBy, type Window } from './window.ts'

/** Visits of a stage that took the same time. A visit that has not ended is censored. */
export interface VisitCourse extends Course {
  stageId: number
}

const BEGAN = sql<string>`c.at`
const ENDED = sql<string>`c.until`

/** More days than any visit has: what a visit is told by is put into one number, which sorts fast. */
const DAYS = 100_000

function unpacked(key: number, count: number): VisitCourse {
  const ages = Math.floor(key / 2)
  return {
    stageId: Math.floor(ages / DAYS / DAYS),
    from: Math.floor(ages / DAYS) % DAYS,
    to: ages % DAYS,
    end: key % 2 === 0 ? 'event' : 'censored',
    count,
  }
}

/**
 * The visits of stages that were under way in a window, whatever ended them: a step on or back, a win
 * or a loss. A deal that is reopened begins a new visit of the stage it stood in. Deals that came with
 * an outcome and without their way to it have no visits.
 */
export async function loadVisitCourses(
  db: Db,
  deals: DealsAsOf,
  scope: Scope,
  window: Window,
): Promise<VisitCourse[]> {
  if (isToCome(window)) return []
  const { from, end } = window
  const ages = courseSql(BEGAN, ENDED, window)
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
  const { rows } = await sql<{ key: number; count: number }>`
    WITH steps AS (
      SELECT e.id, e.deal_id, e.kind, e.stage_id, e.at,
        lead(e.at) OVER (PARTITION BY e.deal_id ORDER BY e.at, e.id) AS until
      FROM events e
      WHERE e.deal_id IN ${chosen} AND e.kind <> 'amended' AND e.at <= ${end})
    SELECT ((coalesce(c.stage_id, (
        SELECT p.stage_id FROM events p
        WHERE p.deal_id = c.deal_id AND p.stage_id IS NOT NULL
          AND (p.at < c.at OR (p.at = c.at AND p.id < c.id))
        ORDER BY p.at DESC, p.id DESC LIMIT 1))
        * ${sql.lit(DAYS)} + ${ages.from}) * ${sql.lit(DAYS)} + ${ages.to}) * 2
        + CASE WHEN c.until IS NULL THEN 1 ELSE 0 END AS ${sql.ref('key')},
      count(*) AS ${sql.ref('count')}
    FROM steps c
    WHERE c.kind IN ('opened', 'moved', 'reopened')
      AND (c.until IS NULL OR c.until >= ${from ?? ''})
    GROUP BY 1`.execute(db)
  return rows.map(({ key, count }) => unpacked(key, count))
}
