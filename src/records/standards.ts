import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'

/** How often the clients of a rating must hear from us. */
export interface Standard {
  rating: string
  /** The most days between two contacts. */
  days: number
}

/** The book's contact standards, strictest first. */
export function listStandards(db: Db): Promise<Standard[]> {
  return db
    .selectFrom('standards')
    .select(['rating', 'days'])
    .orderBy('days')
    .orderBy('rating')
    .execute()
}

/** Sets the standard of a rating; null takes it away. Ratings differ by more than ASCII case. */
export async function setStandard(db: Db, text: string, days: number | null): Promise<void> {
  const rating = tidyName(text)
  if (rating === '') throw new Fault('usage', 'a rating cannot be empty')
  if (days === null) {
    await db.deleteFrom('standards').where('rating', '=', rating).execute()
    return
  }
  await db
    .insertInto('standards')
    .values({ rating, days })
    .onConflict((conflict) => conflict.column('rating').doUpdateSet({ days }))
    .execute()
}
