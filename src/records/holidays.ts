import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'

/** A day on which nobody works. */
export interface Holiday {
  day: Day
  name: string | null
}

/** The holidays of the book, in order. */
export function listHolidays(db: Db): Promise<Holiday[]> {
  return db.selectFrom('holidays').select(['day', 'name']).orderBy('day').execute()
}

/** Adds holidays; the name of a known one is changed. */
export async function addHolidays(
  db: Db,
  days: readonly Day[],
  text: string | undefined,
): Promise<void> {
  const name = tidyName(text ?? '') || null
  for (const day of days) {
    await db
      .insertInto('holidays')
      .values({ day, name })
      .onConflict((conflict) => conflict.column('day').doUpdateSet({ name }))
      .execute()
  }
}

/** Makes a holiday a working day again. @throws Fault `not-found` if it is not a holiday. */
export async function dropHoliday(db: Db, day: Day): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('holidays')
    .where('day', '=', day)
    .executeTakeFirst()
  if (numDeletedRows > 0n) return
  throw new Fault('not-found', `${day} is not a holiday`, 'see: funnel holiday list')
}
