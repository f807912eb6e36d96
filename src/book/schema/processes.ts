import type { Generated } from 'kysely'
import type { DictionaryTable } from './dictionaries.ts'

export type ProcessKind = 'guided' | 'free' | 'plain'

/** A kind of deal. */
export interface ProcessesTable extends DictionaryTable {
  kind: ProcessKind
  asks_need: Generated<0 | 1>
}

/** A stage's place in a process. Retired places keep their position, for the deals that were there. */
export interface ProcessStagesTable {
  id: Generated<number>
  process_id: number
  stage_id: number
  position: number
  /** The template probability of winning from here, 0…1. */
  probability: number | null
  limit_days: number | null
  task: string | null
  /** Not used: see `doer_id`. */
  doer: Generated<string | null>
  /** Who does the stage's task; null is the owner of the deal. */
  doer_id: Generated<number | null>
  /** JSON list of what is required before the stage is left, as `domain/stage-requirement.ts` reads it. */
  demands: Generated<string>
  retired: Generated<0 | 1>
}
