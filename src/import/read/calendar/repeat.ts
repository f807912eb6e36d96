import type { Day } from '../../../domain/day.ts'
import { weekday } from '../../../domain/day.ts'
import { type Repeat, repeatText } from '../../../domain/repeat.ts'

const UNITS: Record<string, Repeat['unit']> = { DAILY: 'd', WEEKLY: 'w', MONTHLY: 'm', YEARLY: 'y' }
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const MOST = 9999

/** The parts of a rule that only repeat what the first day says. */
function sameAsDay(day: Day): Record<string, string> {
  const [, month = '', date = ''] = day.split('-')
  return {
    byday: WEEKDAYS[weekday(day) - 1] ?? '',
    bymonthday: String(Number(date)),
    bymonth: String(Number(month)),
  }
}

/**
 * A rule of repetition (RFC 5545, 3.3.10) as an interval, counted from the day of the task; null if it
 * is not one: on several weekdays, the last Friday of a month, or with an end.
 * @example intervalOf({ freq: 'WEEKLY', interval: 2, byday: 'TU' }, '2026-12-01') // '2w'
 */
export function intervalOf(rule: unknown, due: Day | null): string | null {
  if (typeof rule !== 'object' || rule === null || due === null) return null
  const { freq, interval = 1, wkst: _, ...parts } = rule as Record<string, unknown>
  const unit = UNITS[String(freq)]
  const count = Number(interval)
  if (!unit || !Number.isInteger(count) || count < 1 || count > MOST) return null
  const same = sameAsDay(due)
  const isPlain = Object.entries(parts).every(([part, value]) => String(value) === same[part])
  // On the Tuesdays of every month is not once a month.
  const isOften = 'byday' in parts && unit !== 'w'
  return isPlain && !isOften ? repeatText({ count, unit }) : null
}
