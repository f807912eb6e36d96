import type { Settings } from '../domain/settings.ts'
import type { WorkingDays } from '../domain/goals/pace.ts'
import type { Goal } from '../domain/goals/spans.ts'
import type { Db } from './store/db.ts'

/** All goals of the book, in the order in which they were set. */
export function listGoals(db: Db): Promise<Goal[]> {
  return db
    .selectFrom('goals as g')
    .leftJoin('owners as o', 'o.id', 'g.owner_id')
    .select([
      'g.id as id',
      'g.owner_id as ownerId',
      'o.name as owner',
      'g.measure as measure',
      'g.every as every',
      'g.from_day as from',
      'g.to_day as to',
      'g.value as value',
    ])
    .orderBy('g.id')
    .execute()
}

/** The days on which the pace of goals counts. */
export async function workingDays(
  db: Db,
  { workingDays: weekdays }: Settings,
): Promise<WorkingDays> {
  const rows = await db.selectFrom('holidays').select('day').execute()
  return { weekdays, holidays: new Set(rows.map(({ day }) => day)) }
}
