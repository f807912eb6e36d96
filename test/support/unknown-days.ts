import type { Db } from '../../src/book/store/db.ts'
import { projectDeal } from '../../src/records/project-deal.ts'

/** Makes the opening day of a deal one that nobody knows: the day it has stands in for it from then on. */
export async function forgetOpening(db: Db, deal: number): Promise<void> {
  await db
    .updateTable('events')
    .set({ day_known: 0 })
    .where('deal_id', '=', deal)
    .where('kind', '=', 'opened')
    .execute()
  await projectDeal(db, deal)
}
