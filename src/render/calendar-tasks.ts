import {
  aboutTask,
  CALENDAR_FIELDS,
  CALENDAR_TASK,
  calendarProperty,
  type TaskRecord,
} from '../domain/task-record.ts'
import { compact, escaped, folded } from './content-lines.ts'

const STATUS = { open: 'NEEDS-ACTION', done: 'COMPLETED', dropped: 'CANCELLED' }

// An export is for a list of tasks, which knows what is done and what was dropped; an all-day event, as
// `funnel today --ics` writes, has no such status.
const TASK = CALENDAR_TASK

/** What only this program reads, so that the tasks come back as they were. */
function own(task: TaskRecord): string[] {
  const values: Record<string, string | null> = {
    ...task,
    id: null,
    'client-ref': task.clientRef,
    'deal-ref': task.dealRef,
    'repeat-from': task.repeatFrom,
    'follow-up': task.followUp ? 'yes' : null,
    followUp: null,
  }
  return CALENDAR_FIELDS.flatMap((field) => {
    const value = values[field] ?? null
    return value === null ? [] : [`${calendarProperty(field)}:${escaped(value)}`]
  })
}

function component(task: TaskRecord, book: string): string {
  const { id, text, due, status, closed, added } = task
  const about = aboutTask(task)
  const lines = [
    `BEGIN:${TASK}`,
    `UID:todo-${id}@${book}.funnel`,
    `DTSTAMP:${compact(closed ?? added)}T000000Z`,
    `SUMMARY:${escaped(text)}`,
    ...(due === null ? [] : [`DUE;VALUE=DATE:${compact(due)}`]),
    `STATUS:${STATUS[status]}`,
    ...(status === 'done' && closed !== null ? [`COMPLETED:${compact(closed)}T000000Z`] : []),
    ...(about === '' ? [] : [`DESCRIPTION:${escaped(about)}`]),
    ...own(task),
    `END:${TASK}`,
  ]
  return lines.map(folded).join('')
}

/**
 * Tasks as iCalendar (RFC 5545) tasks, due on whole days.
 * @param book identifies their book: a calendar recognises a task by it.
 */
export async function* calendarOfTasks(
  tasks: AsyncIterable<TaskRecord>,
  book: string,
): AsyncGenerator<string> {
  yield ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//funnel//tasks//EN'].map(folded).join('')
  for await (const task of tasks) yield component(task, book)
  yield folded('END:VCALENDAR')
}
