import type { Insertable, Selectable } from 'kysely'
import type { TasksTable } from '../../book/schema/work.ts'
import type { Day } from '../../domain/day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { type FileRow, fileColumns } from './file-row.ts'

/**
 * Something to do; it is open, comes once and is not a stage's unless it says otherwise. With `E`,
 * expressions that stand for values, it is what a query makes many tasks of.
 */
export interface NewTaskColumns<E = never> {
  clientId: number | null | E
  dealId: number | null | E
  ownerId: number | null | E
  text: string | E
  due: Day | null | E
  /** The time of that day. */
  time?: TimeOfDay | null
  /** How long it takes. */
  minutes?: number | null
  addedOn: Day
  stageId?: number | null | E
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
  return taskColumns<never>(task)
}

/** The columns of tasks that one query makes: each a value, or an expression of that query. */
export function taskColumns<E>(task: NewTaskColumns<E>) {
  return {
    client_id: task.clientId,
    deal_id: task.dealId,
    stage_id: task.stageId ?? null,
    owner_id: task.ownerId,
    text: task.text,
    due: task.due,
    time: task.time ?? null,
    minutes: task.minutes ?? null,
    status: task.status ?? ('open' as const),
    closed_on: task.closedOn ?? null,
    result: task.result ?? null,
    repeat: task.repeat ?? null,
    repeat_from: task.repeatFrom ?? null,
    follow_up: task.followUp ?? (0 as const),
    added_on: task.addedOn,
    ...fileColumns(task.origin),
  }
}

/** The next one of a task that repeats, which nobody has done yet. */
export function repeatedTaskRow(
  { id: _, ...task }: Selectable<TasksTable>,
  due: Day,
  addedOn: Day,
): Insertable<TasksTable> {
  return {
    ...task,
    due,
    status: 'open',
    closed_on: null,
    result: null,
    added_on: addedOn,
    ...fileColumns(undefined),
  }
}
