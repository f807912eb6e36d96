import type { Db } from '../../book/store/db.ts'
import type { Moment } from '../../records/moment.ts'
import { advancePaid, type Step } from '../../records/steps.ts'
import type { Allocated } from './allocate.ts'

/** A deal that its payment took on. */
export interface PaidDeal {
  id: number
  step: Step
}

/** Takes the deals on whose invoices were settled, where their stage waited for that. */
export async function advancePaidDeals(
  db: Db,
  done: readonly Allocated[],
  moment: Moment,
): Promise<PaidDeal[]> {
  const ids = done.flatMap(({ open, invoice: { deal_id: id } }) =>
    open === 0 && id !== null ? [id] : [],
  )
  const taken: PaidDeal[] = []
  for (const id of new Set(ids)) {
    const step = await advancePaid(db, id, moment)
    if (step) taken.push({ id, step })
  }
  return taken
}
