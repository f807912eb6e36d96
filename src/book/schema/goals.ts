import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Every, GoalMeasure } from '../../domain/goals/measures.ts'

/** What an owner, or all, are to reach of a measure. */
export interface GoalsTable {
  id: Generated<number>
  /** Null is for all. */
  owner_id: number | null
  measure: GoalMeasure
  /** Null is for one period, from `from_day` to `to_day`. */
  every: Every | null
  /** The first day; with `every` the first one that it holds for, null if it always did. */
  from_day: Day | null
  /** Null with `every`. */
  to_day: Day | null
  /** Minor units, or a number of deals or contacts. */
  value: number
  import_id: number | null
  import_row: number | null
}

/** Days on which nobody works. */
export interface HolidaysTable {
  id: Generated<number>
  day: Day
  name: string | null
}
