import type { Day } from '../../domain/day.ts'
import type { TaskStatus } from '../values/task-words.ts'

/** What distinguishes tasks of one stage of one deal. */
interface StageTask {
  text: string
  due: Day | null
  status: TaskStatus
  /** Null for an open one. */
  closed: Day | null
}

/** A task of the book. */
export interface KnownTask extends StageTask {
  id: number
  /** Is all that the book knows of it from the deal's course, or open and told by files alone? */
  isFresh: boolean
}

/** How the deal relates to the stage of its tasks. */
export interface Stay {
  /** The day it entered the stage; null if it is not there now. */
  since: Day | null
  /** Does the deal leave the stage when the task is done? */
  isGuided: boolean
}

/** What becomes of a row: it is about a task of the book, about a new one, or impossible. */
export type Pair<T> = { row: T } & (
  | { fate: 'known'; task: number }
  | { fate: 'new' }
  | { fate: 'refused'; reason: 'left' | 'second' | 'still' }
)

function takeFirst<T>(list: T[], is: (one: T) => boolean): T | undefined {
  const at = list.findIndex(is)
  return at < 0 ? undefined : list.splice(at, 1)[0]
}

/**
 * Says which rows of a file are about which tasks of the book, all of one stage of one deal. A stage
 * has one open task, whatever its text and day; closed ones are known by text and day. Rows without
 * one of their own, the last first, are about those that the import of the deals opened and closed,
 * and the one that is still open.
 * @param rows in the order of the file. @param tasks of the book, by number.
 */
export function pairStageTasks<T extends StageTask>(
  rows: readonly T[],
  tasks: readonly KnownTask[],
  { since, isGuided }: Stay,
): Pair<T>[] {
  const pairs = new Map<T, Pair<T>>()
  const closed = tasks.filter(({ status }) => status !== 'open')
  let open = tasks.findLast(({ status }) => status === 'open')
  const know = (row: T, task: KnownTask): void => {
    pairs.set(row, { row, fate: 'known', task: task.id })
  }

  const openRow = rows.findLast(({ status }) => status === 'open')
  if (openRow && open) {
    know(openRow, open)
    open = undefined
  }
  for (const row of rows) {
    if (pairs.has(row)) continue
    const same = takeFirst(closed, ({ text, due }) => text === row.text && due === row.due)
    if (same) know(row, same)
  }
  for (const row of rows.toReversed()) {
    if (pairs.has(row)) continue
    if (row.status === 'open') {
      const reason = since === null ? 'left' : 'second'
      pairs.set(
        row,
        row === openRow && since !== null ? { row, fate: 'new' } : { row, fate: 'refused', reason },
      )
      continue
    }
    const opened = takeFirst(closed, ({ isFresh }) => isFresh)
    if (opened) {
      know(row, opened)
      continue
    }
    const isOfStay = open && since !== null && row.closed !== null && row.closed >= since
    if (!open || !isOfStay) {
      pairs.set(row, { row, fate: 'new' })
      continue
    }
    if (isGuided) pairs.set(row, { row, fate: 'refused', reason: 'still' })
    else know(row, open)
    open = undefined
  }
  return rows.flatMap((row) => pairs.get(row) ?? [])
}
