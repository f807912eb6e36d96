import { Fault } from '../../../domain/fault.ts'
import { escapeFormula } from '../../../domain/csv-injection.ts'
import { counted } from '../../../domain/text.ts'
import type { ImportKind } from '../../map/fields.ts'
import { ownFields } from '../../map/own-export.ts'
import type { Lines, RawRow, TextFile } from '../source.ts'
import { readTask } from './task.ts'
import { type Found, foundIn } from './todos.ts'

const ROWS_AT_ONCE = 500
// No calendar has more kinds of properties than that.
const MOST_EXTRAS = 100

interface Survey {
  tasks: number
  extras: Set<string>
  notes: string[]
}

/** Goes through a calendar once. */
async function survey(found: AsyncIterable<Found>): Promise<Survey> {
  const extras = new Set<string>()
  const left = { event: 0, reminder: 0, entry: 0, line: 0 }
  let tasks = 0
  let rules = 0
  let zones = 0
  for await (const one of found) {
    if ('other' in one) left[one.other] += 1
    else if ('unread' in one && one.unread === 'line') left.line += 1
    else if ('unread' in one) rules += 1
    else {
      const task = readTask(one.task)
      tasks += 1
      rules += task.rules
      if (task.isOfUnknownZone) zones += 1
      for (const name of task.extras.keys()) if (extras.size < MOST_EXTRAS) extras.add(name)
    }
  }
  const notes: string[] = []
  const note = (count: number, what: string, many: string): void => {
    if (count > 0) notes.push(`${counted(count, what, many)} left out`)
  }
  note(left.event, 'event of the calendar was', 'events of the calendar were')
  note(left.reminder, 'reminder was', 'reminders were')
  note(left.entry, 'entry that is not a task was', 'entries that are not tasks were')
  note(left.line, 'line that cannot be read was', 'lines that cannot be read were')
  if (zones > 0) {
    const what = counted(zones, 'task has', 'tasks have')
    notes.push(`${what} a time in a zone that is not known, which was taken as written`)
  }
  if (rules > 0) {
    const what = counted(
      rules,
      'repetition is not a plain interval',
      'repetitions are not plain intervals',
    )
    notes.push(`${what} (every 3 days, 2 weeks, month or year), and came in without it`)
  }
  return { tasks, extras, notes }
}

/** Why a calendar without tasks cannot be imported; null if it may be an empty list of them. */
function noTasks(name: string, { tasks, notes }: Survey): Fault | null {
  if (tasks > 0 || !notes.some((note) => note.includes('event'))) return null
  return new Fault('usage', `${name} holds events and no tasks`, 'export the list of tasks instead')
}

/**
 * Opens a calendar (iCalendar) as a list of its tasks.
 * @throws Fault `usage` if something other than tasks is to be imported, if it breaks off or has only events.
 */
export async function openCalendar(
  { name, pieces }: TextFile,
  kind: ImportKind,
): Promise<Omit<Lines, 'encoding' | 'delimiter'>> {
  if (kind !== 'tasks') {
    const what = `${name} is a calendar, which holds tasks, not ${kind}`
    throw new Fault('usage', what, `funnel import tasks ${name}`)
  }
  const surveyed = await survey(foundIn(pieces(), name))
  const fault = noTasks(name, surveyed)
  if (fault) throw fault
  const fields = ownFields('tasks')
  // What a person wrote comes first: it is what should be kept, if anything.
  const extras = [...surveyed.extras].toSorted(
    (one, other) => Number(other === 'Description') - Number(one === 'Description'),
  )
  async function* batches(onBytes?: Parameters<Lines['batches']>[0]): AsyncGenerator<RawRow[]> {
    let batch: RawRow[] = [{ number: 0, cells: [...fields, ...extras].map(escapeFormula) }]
    let number = 0
    for await (const one of foundIn(pieces(onBytes), name)) {
      if (!('task' in one)) continue
      number += 1
      const task = readTask(one.task)
      const own = fields.map((field) => task.cells.get(field) ?? '')
      const others = extras.map((extra) => task.extras.get(extra) ?? '')
      batch.push({ number, cells: [...own, ...others].map(escapeFormula) })
      if (batch.length < ROWS_AT_ONCE) continue
      yield batch
      batch = []
    }
    yield batch
  }
  return { sheet: null, notes: surveyed.notes, isRecords: true, batches }
}
