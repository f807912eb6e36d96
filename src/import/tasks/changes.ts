import type { Selectable } from 'kysely'
import type { TasksTable } from '../../book/schema/work.ts'
import type { TaskDraft } from './draft.ts'

type TaskRow = Selectable<TasksTable>

/** What a row tells of a task, its owner as a number. */
export type TaskTold = Omit<TaskDraft, 'owner'> & { ownerId: number | null }

/**
 * How much of a row goes into a task of the book: everything that the file has a column for, every
 * value in place of the book's, or values where the book has none.
 */
export type Taking = 'all' | 'update' | 'fill'

/** What a row changes in a task, and what it leaves alone. */
export interface TaskChanges {
  set: Partial<TaskRow>
  /** Fields that the book has otherwise. */
  left: string[]
  /** Is it closed in the book, and open in the file? */
  staysClosed: boolean
}

/** Columns that a row may fill, with the fields they are read from. */
function given({
  ownerId,
  ...told
}: TaskTold): [column: keyof TaskRow, field: string, next: unknown][] {
  return [
    ['text', 'text', told.text],
    ['due', 'due', told.due],
    ['owner_id', 'owner', ownerId],
    ['result', 'result', told.result],
    ['repeat', 'repeat', told.repeat],
    ['repeat_from', 'repeat', told.repeatFrom],
  ]
}

/**
 * What a row changes in a task that the book has. An open task is closed where the row is; a closed
 * one is never opened again.
 * @param has whether the file has a column for a field.
 */
export function changesOf(
  task: TaskRow,
  told: TaskTold,
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
  for (const [column, field, next] of given(told)) {
    if (next !== null || (taking === 'all' && has(field)))
      offer(column, next, task[column] === null, field)
  }
  if (told.followUp === 1) offer('follow_up', 1, true)
  if (taking === 'all' && told.added !== null) offer('added_on', told.added, false)
  const staysClosed = told.status === 'open' && task.status !== 'open'
  if (told.status !== 'open') {
    const isNews = task.status === 'open'
    offer('status', told.status, isNews)
    if (isNews || has('closed')) offer('closed_on', told.closed, isNews, 'closed')
  }
  return { set: set as Partial<TaskRow>, left, staysClosed }
}
