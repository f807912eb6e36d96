import ICAL from 'ical.js'
import { Fault } from '../../../domain/fault.ts'
import { CALENDAR_TASK } from '../../../domain/task-record.ts'
import { unfolded } from '../cards/lines.ts'
import { tooLong } from '../kind.ts'
import { LONGEST_RECORD } from '../records.ts'

/** A property of a task: its values as in jCal (RFC 7265), and its exact text. */
export interface Property {
  /** In capitals. */
  name: string
  /** `text`, `date`, `recur` …; `unknown` for properties that are in no standard. */
  type: string
  values: unknown[]
  /** The time zone that it names; null if it names none. */
  zone: string | null
  raw: string
}

/** What a calendar holds: a task, or what was left out of it. */
export type Found =
  | { task: Property[] }
  | { other: 'event' | 'reminder' | 'entry' }
  | { unread: 'line' | 'repetition' }

// A calendar has tasks, and these have reminders; anything deeper was made to do harm.
const DEEPEST = 8
const LONGEST_HEAD = 4096
const BEGIN = /^BEGIN:([\w-]+)\s*$/i
const END = /^END:[\w-]+\s*$/i
const HEAD = /^([\w-]+)(?:;(?:"[^"]*"|[^":;])*)*:/

/** What is read, or contains it, or only describes time zones. */
const FRAME = new Set([CALENDAR_TASK, 'VCALENDAR', 'VTIMEZONE', 'STANDARD', 'DAYLIGHT'])

const OTHERS: Record<string, 'event' | 'reminder'> = { VEVENT: 'event', VALARM: 'reminder' }

/** A line as a property; null if it is not one. */
function readProperty(line: string): Property | null {
  // The time that parameters take grows with the square of their number.
  const [head, name = ''] = HEAD.exec(line.slice(0, LONGEST_HEAD)) ?? []
  if (head === undefined) return null
  try {
    const read = ICAL.parse.property(line, ICAL.design.icalendar) as unknown[]
    const [, parameters, type, ...values] = read
    const { tzid } = parameters as { tzid?: unknown }
    const zone = typeof tzid === 'string' ? tzid : null
    const raw = line.slice(head.length)
    return { name: name.toUpperCase(), type: String(type), values, zone, raw }
  } catch {
    return null
  }
}

/**
 * The tasks of a calendar (iCalendar, RFC 5545) one by one, so that a file of any length takes little
 * memory, and what is between and in them.
 * @throws Fault `usage` if it breaks off, or is not a calendar that a program could have written.
 */
export async function* foundIn(pieces: AsyncIterable<string>, name: string): AsyncGenerator<Found> {
  /** What has begun and not ended. */
  const open: string[] = []
  let task: Property[] = []
  let size = 0
  let number = 1
  for await (const line of unfolded(pieces)) {
    const began = BEGIN.exec(line)?.[1]?.toUpperCase()
    if (began !== undefined) {
      open.push(began)
      if (open.length > DEEPEST) throw unsound(name, 'is nested too deep')
      if (!FRAME.has(began)) {
        yield { other: OTHERS[began] ?? 'entry' }
      }
    } else if (END.test(line)) {
      if (open.pop() !== CALENDAR_TASK) continue
      yield { task }
      task = []
      size = 0
      number += 1
    } else if (open.at(-1) === CALENDAR_TASK && line !== '') {
      size += line.length
      if (size > LONGEST_RECORD) throw tooLong(name, number)
      const property = readProperty(line)
      if (property) task.push(property)
      else yield { unread: /^RRULE\b/i.test(line) ? 'repetition' : 'line' }
    }
  }
  if (open.length > 0) throw unsound(name, 'breaks off')
}

function unsound(name: string, what: string): Fault {
  return new Fault('usage', `the calendar ${name} ${what}`, 'export it again and try that file')
}
