import type { TaskRecord } from '../domain/task-record.ts'
import { compact, escaped, folded } from './content-lines.ts'

const STATUS = { open: 'NEEDS-ACTION', done: 'COMPLETED', dropped: 'CANCELLED' }

// The component's name in RFC 5545, 3.6.2. An export is for a list of tasks, which knows what is done
// and what was dropped; an all-day event, as `funnel today --ics` writes, has no such status.
const TASK = 'VTODO' // iCalendar's own word for a task

function component(task: TaskRecord, book: string): string {
  const { id, text, due, status, owner, client, deal, closed, result, added } = task
  const about = [client, deal, owner, result].filter((part) => part !== null).join('\n')
  const lines = [
    `BEGIN:${TASK}`,
    `UID:todo-${id}@${book}.funnel`,
    `DTSTAMP:${compact(closed ?? added)}T000000Z`,
    `SUMMARY:${escaped(text)}`,
    ...(due === null ? [] : [`DUE;VALUE=DATE:${compact(due)}`]),
    `STATUS:${STATUS[status]}`,
    ...(status === 'done' && closed !== null ? [`COMPLETED:${compact(closed)}T000000Z`] : []),
    ...(about === '' ? [] : [`DESCRIPTION:${escaped(about)}`]),
    `END:${TASK}`,
  ]
  return lines.map(folded).join('')
}

/**
 * Tasks as iCalendar (RFC 5545) tasks, due on whole days.
 * @param book what tells their book from every other: a calendar knows a task again by it.
 */
export async function* icalendar(
  tasks: AsyncIterable<TaskRecord>,
  book: string,
): AsyncGenerator<string> {
  yield ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//funnel//tasks//EN'].map(folded).join('')
  for await (const task of tasks) yield component(task, book)
  yield folded('END:VCALENDAR')
}
