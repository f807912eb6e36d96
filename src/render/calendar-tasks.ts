import {
  aboutTask,
  CALENDAR_FIELDS,
  CALENDAR_TASK,
  calendarProperty,
  type TaskRecord,
} from '../domain/task-record.ts'
import type { Day } from '../domain/day.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import { momentOf } from '../domain/zone-time.ts'
import { compact, escaped, folded, utc } from './content-lines.ts'

const STATUS = { open: 'NEEDS-ACTION', done: 'COMPLETED', dropped: 'CANCELLED' }

// An export is for a list of tasks, which knows what is done and what was dropped; an all-day event, as
// `funnel today --ics` writes, has no such status.
const TASK = CALENDAR_TASK

/** What only this program reads, so that the tasks come back as they were. */
function own(task: TaskRecord): string[] {
  const values: Record<string, string | null> = {
    ...task,
    id: null,
    minutes: task.minutes === null ? null : String(task.minutes),
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

function dueLine(due: Day, time: TimeOfDay | null, zone: string): string {
  if (time === null) return `DUE;VALUE=DATE:${compact(due)}`
  return `DUE:${utc(momentOf({ day: due, time }, zone))}`
}

function component(task: TaskRecord, book: string, zone: string): string {
  const { id, text, due, time, status, closed, added } = task
  const about = aboutTask(task)
  const lines = [
    `BEGIN:${TASK}`,
    `UID:todo-${id}@${book}.funnel`,
    `DTSTAMP:${compact(closed ?? added)}T000000Z`,
    `SUMMARY:${escaped(text)}`,
    ...(due === null ? [] : [dueLine(due, time, zone)]),
    `STATUS:${STATUS[status]}`,
    ...(status === 'done' && closed !== null ? [`COMPLETED:${compact(closed)}T000000Z`] : []),
    ...(about === '' ? [] : [`DESCRIPTION:${escaped(about)}`]),
    ...own(task),
    `END:${TASK}`,
  ]
  return lines.map(folded).join('')
}

/**
 * Tasks as iCalendar (RFC 5545) tasks, due on whole days, or at a moment in UTC (3.3.5, form 2).
 * @param book identifies their book: a calendar recognises a task by it. @param zone whose clock their times are read on.
 */
export async function* calendarOfTasks(
  tasks: AsyncIterable<TaskRecord>,
  book: string,
  zone: string,
): AsyncGenerator<string> {
  yield ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//funnel//tasks//EN'].map(folded).join('')
  for await (const task of tasks) yield component(task, book, zone)
  yield folded('END:VCALENDAR')
}
