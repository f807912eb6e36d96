import type { Selectable } from 'kysely'
import type { TasksTable } from '../../book/schema/work.ts'
import type { RowTimes } from '../times.ts'
import type { TaskDraft } from './draft.ts'

type TaskRow = Selectable<TasksTable>

/** What a row says about a task, with its owner as a number. */
export type TaskInFile = Omit<TaskDraft, 'owner'> & RowTimes & { ownerId: number | null }

/**
 * How much of a row goes into a task of the book: everything that the file has a column for, every
 * value in place of the book's, or values where the book has none.
 */
export type Taking = 'all' | 'update' | 'fill'

/** What a row changes in a task, and what it leaves alone. */
export interface TaskChanges {
  set: Partial<TaskRow>
  /** Fields that have another value in the book. */
  left: string[]
  /** Is it closed in the book, and open in the file? */
  staysClosed: boolean
}

/** Columns that a row may fill, with the fields they are read from. */
function columnsOf(
  { ownerId, ...given }: TaskInFile,
  has: (field: string) => boolean,
): [column: keyof TaskRow, field: string, next: unknown][] {
  return [
    ['text', 'text', given.text],
    ['due', 'due', given.due],
    ['time', has('time') ? 'time' : 'due', given.time],
    ['minutes', 'minutes', given.minutes],
    ['owner_id', 'owner', ownerId],
    ['result', 'result', given.result],
    ['repeat', 'repeat', given.repeat],
    ['repeat_from', 'repeat', given.repeatFrom],
  ]
}

/**
 * What a row changes in a task that the book has. An open task is closed if the row is; a closed
 * one is never reopened.
 * @param has whether the file has a column for a field.
 */
export function changesOf(
  task: TaskRow,
  given: TaskInFile,
  taking: Taking,
  has: (field: string) => boolean,
): TaskChanges {
  const set: Partial<Record<keyof TaskRow, unknown>> = {}
  const left: string[] = []
  const offer = (
    column: keyof TaskRow,
    next: unknown,
    isBlank: boolean,
    field: string = column,
  ): void => {
    if (next === task[column]) return
    if (isBlank || taking !== 'fill') set[column] = next
    else if (!left.includes(field)) left.push(field)
  }
  for (const [column, field, next] of columnsOf(given, has)) {
    if (next !== null || (taking === 'all' && has(field)))
      offer(column, next, task[column] === null, field)
  }
  if (given.followUp === 1) offer('follow_up', 1, true)
  if (taking === 'all' && given.added !== null) offer('added_on', given.added, false)
  const staysClosed = given.status === 'open' && task.status !== 'open'
  if (given.status !== 'open') {
    const isNews = task.status === 'open'
    offer('status', given.status, isNews)
    if (isNews || has('closed')) offer('closed_on', given.closed, isNews, 'closed')
  }
  return { set: set as Partial<TaskRow>, left, staysClosed }
}
