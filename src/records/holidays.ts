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

/**
 * Adds holidays. A single known one gets the name; without a name, and among several days, those that have one keep
 * it. Returns the ones that kept another name.
 */
export async function addHolidays(
  db: Db,
  days: readonly Day[],
  text: string | undefined,
): Promise<Holiday[]> {
  const name = tidyName(text ?? '') || null
  const known = new Map((await listHolidays(db)).map((holiday) => [holiday.day, holiday]))
  const kept: Holiday[] = []
  for (const day of days) {
    const before = known.get(day)
    if (before?.name && (name === null || days.length > 1)) {
      if (before.name !== name) kept.push(before)
      continue
    }
    await db
      .insertInto('holidays')
      .values({ day, name })
      .onConflict((conflict) => conflict.column('day').doUpdateSet({ name }))
      .execute()
  }
  return kept
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
