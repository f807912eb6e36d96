import type { Insertable } from 'kysely'
import type {
  ProcessesTable,
  ProcessKind,
  ProcessStagesTable,
} from '../../book/schema/processes.ts'
import { nameRow } from './name.ts'

/** A process in the columns of the book. @param asksNeed must the need be known when a deal is opened? */
export function processRow(
  name: string,
  kind: ProcessKind,
  asksNeed = false,
): Insertable<ProcessesTable> {
  return { ...nameRow(name), kind, asks_need: asksNeed ? 1 : 0 }
}

/** A stage's new place in a process, before anything is settled about it. */
export interface NewPlace {
  processId: number
  stageId: number
  position: number
  probability?: number | null
  /** Is it only kept for deals that were there? */
  retired?: boolean
}

/** A stage's place in a process in the columns of the book. */
export function placeRow(place: NewPlace): Insertable<ProcessStagesTable> {
  return {
    process_id: place.processId,
    stage_id: place.stageId,
    position: place.position,
    probability: place.probability ?? null,
    limit_days: null,
    task: null,
    retired: place.retired ? 1 : 0,
  }
}
