import type { Insertable } from 'kysely'
import type { TasksTable } from '../../book/schema/work.ts'
import type { Day } from '../../domain/day.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/** Something to do; it is open, comes once and is no stage's unless it says otherwise. */
export interface NewTaskColumns {
  clientId: number | null
  dealId: number | null
  ownerId: number | null
  text: string
  due: Day | null
  addedOn: Day
  stageId?: number | null
  status?: 'open' | 'done' | 'dropped'
  closedOn?: Day | null
  result?: string | null
  repeat?: string | null
  repeatFrom?: Day | null
  followUp?: 0 | 1
  origin?: FileRow
}

/** A task in the columns of the book. */
export function taskRow(task: NewTaskColumns): Insertable<TasksTable> {
  return {
    client_id: task.clientId,
    deal_id: task.dealId,
    stage_id: task.stageId ?? null,
    owner_id: task.ownerId,
    text: task.text,
    due: task.due,
    status: task.status ?? 'open',
    closed_on: task.closedOn ?? null,
    result: task.result ?? null,
    repeat: task.repeat ?? null,
    repeat_from: task.repeatFrom ?? null,
    follow_up: task.followUp ?? 0,
    added_on: task.addedOn,
    ...fileColumns(task.origin),
  }
}
