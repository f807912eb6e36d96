import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  isDay,
  monthStart,
  partsOf,
  dayOf,
  weekday,
} from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'

/** How long a period of the forecast is. */
export type Unit = 'week' | 'month' | 'quarter'

const LONGEST_DAYS = 3 * 366
const HINT = 'write it as 90d, 12w, 3m, 1y or 2026-12-31'

/** What a person calls the day that the forecast looks ahead to. */
const HORIZON = { none: 'is not a horizon', day: 'the horizon' }
export const BY = { none: 'is not a day for --by', day: '--by' }

/**
 * The last day of a forecast made at the end of `asOf`: `3m` is the same day three months later.
 * @param called what messages call it: the horizon, or `--by`.
 * @throws Fault `usage` if the text is not a horizon, is not after `asOf`, or is over three years off.
 */
export function parseHorizon(text: string, asOf: Day, called = HORIZON): Day {
  const word = text.trim().toLowerCase()
  const match = /^(\d{1,4})([dwmy])$/.exec(word)
  const count = Number(match?.[1])
  let last: Day
  if (isDay(word)) last = word
  else if (match?.[2] === 'd') last = addDays(asOf, count)
  else if (match?.[2] === 'w') last = addDays(asOf, count * 7)
  else if (match) last = addMonths(asOf, count * (match[2] === 'y' ? 12 : 1))
  else throw new Fault('usage', `“${text}” ${called.none}`, HINT)
  if (last <= asOf) throw new Fault('usage', `${called.day} ${last} is not after ${asOf}`, HINT)
  if (daysBetween(asOf, last) > LONGEST_DAYS) {
    throw new Fault('usage', `${called.day} ${last} is more than three years off`, HINT)
  }
  return last
}

/** The first day of the week, month or quarter that holds a day. */
export function unitStart(day: Day, unit: Unit, firstWeekday: number): Day {
  if (unit === 'week') return addDays(day, -((weekday(day) - firstWeekday + 7) % 7))
  if (unit === 'month') return monthStart(day)
  const { year, month } = partsOf(day)
  return dayOf(year, month - ((month - 1) % 3), 1)
}

/** The first day of the unit that comes `count` units later. */
export function shiftUnit(start: Day, unit: Unit, count: number): Day {
  if (unit === 'week') return addDays(start, 7 * count)
  return addMonths(start, count * (unit === 'month' ? 1 : 3))
}

/** The weeks, months or quarters from one day to another, cut at both ends. */
export function unitsIn(
  from: Day,
  to: Day,
  unit: Unit,
  firstWeekday: number,
): { from: Day; to: Day }[] {
  const periods: { from: Day; to: Day }[] = []
  for (let first = from; first <= to;) {
    const next = shiftUnit(unitStart(first, unit, firstWeekday), unit, 1)
    const last = addDays(next, -1)
    periods.push({ from: first, to: last < to ? last : to })
    first = next
  }
  return periods
}
