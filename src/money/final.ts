import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'

/**
 * Says that the operation under way can never be undone, as something has left the house: a number was given, a
 * letter sent. Called inside the operation.
 * @param why in words that follow the operation: `invoice 2026-0042 was issued`.
 * @param instead what to type to take back what it did.
 */
export async function makeFinal(db: Db, why: string, instead: string): Promise<void> {
  await db
    .updateTable('operations')
    .set({ final: 1, final_why: why, final_instead: instead })
    .where('id', '=', sql<number>`(SELECT max(id) FROM operations)`)
    .execute()
}
