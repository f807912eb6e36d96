import { Fault } from './fault.ts'
import { isTimeOfDay, readTime, type TimeOfDay } from './time-of-day.ts'

/** The hours of a working day in which appointments are made. */
export interface WorkingHours {
  from: TimeOfDay
  to: TimeOfDay
}

/** The hours of a book that has not set any. */
export const USUAL_HOURS: WorkingHours = { from: '09:00' as TimeOfDay, to: '18:00' as TimeOfDay }

/** The hours as they are kept and typed: `09:00-18:00`. */
export function hoursText({ from, to }: WorkingHours): string {
  return `${from}-${to}`
}

/** Reads hours as they are kept; null if they are not such. */
export function keptHours(text: string): WorkingHours | null {
  const [from = '', to = '', more] = text.split('-')
  if (more !== undefined || !isTimeOfDay(from) || !isTimeOfDay(to)) return null
  return from < to ? { from, to } : null
}

/** Reads `9-18`, `8:30-17:00`, `9am to 5pm`. @throws Fault `usage` for anything else. */
export function parseWorkingHours(text: string): WorkingHours {
  const [first = '', last = '', more] = text.trim().split(/\s*(?:-|–|\bto\b)\s*/)
  const whole = (hour: string): string => (/^\d{1,2}$/.test(hour) ? `${hour}:00` : hour)
  const [from, to] = [readTime(whole(first)), readTime(whole(last))]
  if (more === undefined && from !== undefined && to !== undefined && from < to) return { from, to }
  throw new Fault(
    'usage',
    `“${text}” is not the hours of a day`,
    'write them as 9-18 or 8:30-17:00',
  )
}
