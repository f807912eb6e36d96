import { addDays, type Day } from '../day.ts'
import { Fault } from '../fault.ts'
import { parseRepeat, repetition, type Repeat } from '../repeat.ts'

const WORDS = new Map([
  ['day', '1d'],
  ['daily', '1d'],
  ['week', '1w'],
  ['weekly', '1w'],
  ['month', '1m'],
  ['monthly', '1m'],
  ['quarter', '3m'],
  ['quarterly', '3m'],
  ['year', '1y'],
  ['yearly', '1y'],
])

/** Reads how often an invoice is made again: `month`, `quarter`, `2w`. @throws Fault `usage` for anything else. */
export function parseEvery(text: string): Repeat {
  const word = text.trim().toLowerCase()
  try {
    return parseRepeat(WORDS.get(word) ?? word)
  } catch (cause) {
    const hint = 'write week, month, quarter or year, or an interval such as 2w or 6m'
    throw new Fault('usage', `“${text}” is not an interval`, hint, cause)
  }
}

/** `month`, `quarter`, or `2 weeks`. */
export function everyText({ count, unit }: Repeat): string {
  const names = { d: 'day', w: 'week', m: 'month', y: 'year' }
  if (unit === 'm' && count === 3) return 'quarter'
  return count === 1 ? names[unit] : `${count} ${names[unit]}s`
}

/** Days of what was done or delivered; null is not said. */
export interface ServiceDays {
  from: Day | null
  to: Day | null
}

/**
 * The service that repetition number `index` of an invoice is for: that of the invoice, moved on; without one, from
 * its day to the day before the next. A last day at the end of its month stays there: January, monthly, is followed by
 * 1 to 28 February.
 * @param first the day of the invoice itself.
 */
export function serviceOf(
  { from, to }: ServiceDays,
  first: Day,
  every: Repeat,
  index: number,
): ServiceDays {
  const moved = (day: Day): Day => repetition(day, every, index)
  if (from === null && to === null) {
    return { from: moved(first), to: addDays(repetition(first, every, index + 1), -1) }
  }
  return {
    from: from === null ? null : moved(from),
    to: to === null ? null : addDays(moved(addDays(to, 1)), -1),
  }
}

/** When an invoice is made again, and how far that has come. */
export interface Repeating {
  first: Day
  every: Repeat
  until: Day | null
  /** The number of the last repetition; null is without end. */
  times: number | null
  /** The number of the last repetition that was made, or passed over. */
  made: number
}

/** The day of the next repetition; null if there is none any more. */
export function nextRepeat({ first, every, until, times, made }: Repeating): Day | null {
  if (times !== null && made >= times) return null
  const day = repetition(first, every, made + 1)
  return until !== null && day > until ? null : day
}

/** The repetitions due by a day, by their numbers: those that were missed too. */
export function dueRepeats(repeating: Repeating, on: Day): { index: number; day: Day }[] {
  const due: { index: number; day: Day }[] = []
  for (let { made } = repeating; ; made += 1) {
    const day = nextRepeat({ ...repeating, made })
    if (day === null || day > on) return due
    due.push({ index: made + 1, day })
  }
}
