import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Day } from '../../domain/day.ts'
import type { Moment } from '../../records/moment.ts'
import { advancePaid, type Step } from '../../records/steps.ts'

/** A deal that its payment took on. */
export interface PaidDeal {
  id: number
  step: Step
}

/**
 * Takes the deals on whose invoices are settled now, where their stage waited for that.
 * @param by what settled them: payments or credit notes, by their numbers.
 */
export async function advancePaidDeals(
  db: Db,
  by: 'payment_id' | 'credit_id',
  ids: readonly number[],
  moment: Moment,
): Promise<PaidDeal[]> {
  const { rows } = await sql<{ id: number; paid_on: Day }>`
    SELECT i.deal_id AS id, max(a.at) AS paid_on
    FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id
    JOIN deals AS d ON d.id = i.deal_id AND d.closed_on IS NULL
    WHERE ${sql.ref(`a.${by}`)} IN ${valuesOf(ids)} AND i.settled_on IS NOT NULL
    GROUP BY i.deal_id`.execute(db)
  const taken: PaidDeal[] = []
  for (const { id, paid_on: on } of rows) {
    const step = await advancePaid(db, id, { ...moment, on })
    if (step) taken.push({ id, step })
  }
  return taken
}
