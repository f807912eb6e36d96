import type { Database } from 'better-sqlite3'
import { standingColumns } from '../../book/projection.ts'
import { Fault } from '../../domain/fault.ts'
import type { Standing } from '../../domain/standing.ts'
import type { Process } from '../../records/processes.ts'
import { eventAdder, standingAfter, type ToldEvent } from '../events.ts'

/**
 * Gives deals the events told in place of those that they have, and writes where they stand then.
 * Returns what keeps the events from being a course, in which case nothing is written; else null.
 */
export function courseWriter(
  raw: Database,
  recordedAt: string,
): (dealId: number, told: readonly ToldEvent[], process: Process) => string | null {
  const forget = raw.prepare('DELETE FROM events WHERE deal_id = ?')
  const addEvents = eventAdder(raw, recordedAt)
  const stand = raw.prepare(
    `UPDATE deals SET amount = :amount, cost = :cost, owner_id = :owner_id,
       expected_close = :expected_close, status = :status, stage_id = :stage_id,
       furthest_stage_id = :furthest_stage_id, stage_since = :stage_since, opened_on = :opened_on,
       opened_known = :opened_known, since_known = :since_known, closed_on = :closed_on,
       reason_id = :reason_id, outcome_only = 0
     WHERE id = :id`,
  )
  return (id, told, { stages }) => {
    const ranks = new Map(stages.map(({ stageId, position }) => [stageId, position]))
    let standing: Standing
    try {
      standing = standingAfter(told, ranks)
    } catch (error) {
      if (error instanceof Fault) return error.message
      throw error
    }
    forget.run(id)
    addEvents(id, told)
    stand.run({ id, ...standingColumns(standing) })
    return null
  }
}
