import { addDays, addMonths, type Day } from './day.ts'
import { Fault } from './fault.ts'

/** How often a task comes again. */
export interface Repeat {
  count: number
  unit: 'd' | 'w' | 'm' | 'y'
}

/** Reads `3d`, `2w`, `1m`, `1y`. @throws Fault `usage` for anything else. */
export function parseRepeat(text: string): Repeat {
  const match = /^([1-9]\d{0,3})([dwmy])$/.exec(text.trim().toLowerCase())
  if (match) return { count: Number(match[1]), unit: match[2] as Repeat['unit'] }
  throw new Fault('usage', `“${text}” is not an interval`, 'write it as 3d, 2w, 1m or 1y')
}

/** The interval as it is written: `2w`. */
export function repeatText({ count, unit }: Repeat): string {
  return `${count}${unit}`
}

/** Repetition number `index` of a day, counted from it: monthly from 31 January is 28 February, 31 March, 30 April. */
export function repetition(from: Day, { count, unit }: Repeat, index: number): Day {
  if (unit === 'd' || unit === 'w') return addDays(from, index * count * (unit === 'w' ? 7 : 1))
  return addMonths(from, index * count * (unit === 'y' ? 12 : 1))
}

/**
 * The first repetition after a day, counted from the first day on: monthly from 31 January is 28 February, 31
 * March, 30 April. Missed repetitions are skipped.
 */
export function nextRepetition(from: Day, repeat: Repeat, after: Day): Day {
  let index = 1
  while (repetition(from, repeat, index) <= after) index += 1
  return repetition(from, repeat, index)
}
