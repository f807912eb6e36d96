import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { parseRepeat, repeatText } from '../../domain/repeat.ts'
import type { Cells } from '../row-cells.ts'
import { type TaskStatus, taskStatus } from '../values/task-words.ts'
import { yesNo } from '../values/words.ts'

/** What a row says about a task, except what it is about; its owner is still a name. */
export interface TaskDraft {
  text: string
  due: Day | null
  status: TaskStatus
  owner: string | null
  /** Null for an open task. */
  closed: Day | null
  result: string | null
  /** As `domain/repeat.ts` writes it. */
  repeat: string | null
  repeatFrom: Day | null
  followUp: 0 | 1
  /** Null if the row does not say. */
  added: Day | null
}

/** The day in a column such as Done, if it has a day where others have a yes; null for none. */
function dayInStatus(cells: Cells, word: string): Day | null {
  try {
    return cells.day('status')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new Fault('usage', `the status “${word}” is not one of: open, done, dropped`, error.hint)
  }
}

interface DealState {
  status: TaskStatus
  closed: Day | null
}

/** @throws Fault `usage` if the status is not a known word, or does not go with the day. */
function readStatus(cells: Cells, today: Day): DealState {
  const word = cells.one('status')
  const named = word === null ? null : taskStatus(word)
  const inStatus = word === null || named !== null ? null : dayInStatus(cells, word)
  const closed = pastDay(cells.day('closed') ?? inStatus, 'closed', today)
  const status = named ?? (closed === null ? 'open' : 'done')
  if (status === 'open' && closed !== null) {
    throw new Fault('usage', `the row says that it is open, and that it was closed on ${closed}`)
  }
  return { status, closed }
}

function readRepeat(cells: Cells, due: Day | null): Pick<TaskDraft, 'repeat' | 'repeatFrom'> {
  const text = cells.one('repeat')
  if (text === null) return { repeat: null, repeatFrom: null }
  if (due === null) throw new Fault('usage', 'a task that repeats needs a day')
  return { repeat: repeatText(parseRepeat(text)), repeatFrom: cells.day('repeat-from') ?? due }
}

function pastDay(day: Day | null, what: 'closed' | 'added', today: Day): Day | null {
  if (day === null || day <= today) return day
  throw new Fault('usage', `it was ${what} on ${day}, which is still to come`)
}

/**
 * Reads a row as a task. One with a closing day and no status, or with the day where others have the status, is done; one that is closed without a
 * day was closed today.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftTask(cells: Cells, today: Day): TaskDraft {
  const text = cells.one('text')
  if (text === null) throw new Fault('usage', 'the row does not say what is to be done')
  const due = cells.day('due')
  const { status, closed } = readStatus(cells, today)
  return {
    text,
    due,
    status,
    owner: cells.one('owner'),
    closed: status === 'open' ? null : (closed ?? today),
    result: cells.all('result').join('\n') || null,
    ...readRepeat(cells, due),
    followUp: yesNo(cells.one('follow-up') ?? '') ? 1 : 0,
    added: pastDay(cells.day('added'), 'added', today),
  }
}
