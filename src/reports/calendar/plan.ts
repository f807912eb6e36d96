import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { minuteOf, MINUTES_PER_DAY, type TimeOfDay } from '../../domain/time-of-day.ts'
import type { WorkingHours } from '../../domain/working-hours.ts'

/** Something with a place in a day; without a time it belongs to the day as a whole. */
export interface Entry {
  /** What it is, the same from day to day: `task-12`, `interaction-3`. */
  key: string
  kind: 'task' | 'call' | 'meeting' | 'deadline' | 'close'
  /** The number of the task, interaction or deal. */
  id: number
  day: Day
  time: TimeOfDay | null
  minutes: number | null
  text: string
  client: string | null
  clientId: number | null
  deal: string | null
  dealId: number | null
  owner: string | null
  ownerId: number | null
}

/** An entry at a time of day. */
export type Appointment = Entry & { time: TimeOfDay }

/** How long an appointment without a length is taken to be, in minutes. */
export const USUAL_MINUTES = 30

/** True for an entry at a time of day. */
export function isAppointment(entry: Entry): entry is Appointment {
  return entry.time !== null
}

/** When an appointment starts and ends, in minutes after midnight; the end may be after the next one. */
export function spanOf({ time, minutes }: Appointment): { start: number; end: number } {
  const start = minuteOf(time)
  return { start, end: start + (minutes ?? USUAL_MINUTES) }
}

/** The last day that an appointment takes up; one until midnight ends with its day. */
export function lastDay(appointment: Appointment): Day {
  return addDays(appointment.day, Math.floor((spanOf(appointment).end - 1) / MINUTES_PER_DAY))
}

/** What an appointment takes up of a day, in minutes after its midnight; null if nothing. */
export function partOn(day: Day, appointment: Appointment): { start: number; end: number } | null {
  const { start, end } = spanOf(appointment)
  const before = daysBetween(appointment.day, day) * MINUTES_PER_DAY
  const part = { start: Math.max(0, start - before), end: Math.min(MINUTES_PER_DAY, end - before) }
  return part.start < part.end ? part : null
}

/** By time, those of the whole day last. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  const at = ({ time }: Entry): number => (time === null ? Number.MAX_SAFE_INTEGER : minuteOf(time))
  return entries.toSorted((a, b) => at(a) - at(b))
}

/**
 * The free time of a day, in minutes after midnight: its working hours less what appointments take up.
 * @example 9:00 to 18:00 with 10:30 to 11:30 and 11:00 to 12:00: free 9:00 to 10:30 and 12:00 to 18:00.
 */
export function freeTimes(
  taken: readonly { start: number; end: number }[],
  { from, to }: WorkingHours,
): { start: number; end: number }[] {
  const free: { start: number; end: number }[] = []
  let start = minuteOf(from)
  const last = minuteOf(to)
  for (const busy of taken.toSorted((a, b) => a.start - b.start)) {
    const end = Math.min(busy.start, last)
    if (end > start) free.push({ start, end })
    start = Math.max(start, busy.end)
  }
  if (last > start) free.push({ start, end: last })
  return free
}

/**
 * The pairs of appointments that overlap, also over midnight: neither ends before the other starts, and one person
 * cannot be at both. One that ends at 11:00 does not overlap with one that starts then.
 */
export function overlaps(appointments: readonly Appointment[]): [Appointment, Appointment][] {
  const [first] = appointments
  if (!first) return []
  const sorted = appointments
    .map((appointment) => {
      const midnight = daysBetween(first.day, appointment.day) * MINUTES_PER_DAY
      const { start, end } = spanOf(appointment)
      return { appointment, start: midnight + start, end: midnight + end }
    })
    .toSorted((a, b) => a.start - b.start)
  const found: [Appointment, Appointment][] = []
  for (const [index, { appointment: one, end }] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next]
      if (!other || other.start >= end) break
      if (other.appointment.ownerId === one.ownerId) found.push([one, other.appointment])
    }
  }
  return found
}
