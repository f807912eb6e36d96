import type { Insertable } from 'kysely'
import type { GoalsTable } from '../../book/schema/goals.ts'
import type { Goal } from '../../domain/goals/spans.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** A goal in the columns of the book. */
export function goalRow(
  goal: Omit<Goal, 'id' | 'owner'>,
  origin?: FileRow,
): Insertable<GoalsTable> {
  return {
    owner_id: goal.ownerId,
    measure: goal.measure,
    every: goal.every,
    from_day: goal.from,
    to_day: goal.to,
    value: goal.value,
    ...fileColumns(origin),
  }
}
