import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  daysBetween,
  isDay,
  isoWeekStart,
  monthEnd,
  monthStart,
  partsOf,
  weekday,
  weekStart,
  withinReason,
} from './day.ts'
import { Fault } from './fault.ts'

/** A span of days, both ends included. A null end is open: `all` is open on both sides. */
export interface Period {
  from: Day | null
  to: Day | null
}

const HINT =
  'write it as 2026-09, 2026-Q3, 2026-W47, 2026, this-month, last-quarter, last-30d, 2026-07-01..2026-09-30 or all'

type Unit = 'week' | 'month' | 'quarter' | 'year'

function months(year: number, first: number, count: number): Period {
  return { from: dayOf(year, first, 1), to: dayOf(year, first + count, 0) }
}

function unitAround(day: Day, unit: Unit, firstWeekday: number): Period {
  const { year, month } = partsOf(day)
  if (unit === 'year') return months(year, 1, 12)
  if (unit === 'quarter') return months(year, month - ((month - 1) % 3), 3)
  if (unit === 'month') return { from: monthStart(day), to: monthEnd(day) }
  const from = weekStart(day, firstWeekday)
  return { from, to: addDays(from, 6) }
}

function isoWeek(year: number, week: number): Period {
  const from = isoWeekStart(year, week)
  if (week < 1 || from >= isoWeekStart(year + 1, 1)) {
    throw new Fault('usage', `${year} has no week ${week}`, HINT)
  }
  return { from, to: addDays(from, 6) }
}

/**
 * Reads a period.
 * @param text `2026-09`, `2026-Q3`, `2026-W47`, `2026`, `this-month`, `last-quarter`,
 *   `last-30d`, `2026-07-01..2026-09-30`, one day, `today`, `yesterday` or `all`.
 * @param today what `this-…` and `last-…` are counted from; `last-30d` ends today and has 30 days.
 * @param firstWeekday 1 Monday … 7 Sunday, for `this-week` and `last-week`.
 * @throws Fault `usage` if the text is none of these or the ends are the wrong way round.
 */
export function parsePeriod(text: string, today: Day, firstWeekday = 1): Period {
  const { from, to } = readPeriod(text, today, firstWeekday)
  for (const end of [from, to]) if (end !== null) withinReason(end, 'an end of the period')
  return { from, to }
}

function readPeriod(text: string, today: Day, firstWeekday: number): Period {
  const word = text.trim().toLowerCase()
  if (word === 'all') return { from: null, to: null }
  if (word === 'today') return { from: today, to: today }
  if (word === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) }
  if (isDay(word)) return { from: word, to: word }
  let match = /^(\d{4})$/.exec(word)
  if (match) return months(Number(match[1]), 1, 12)
  match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(word)
  if (match) return months(Number(match[1]), Number(match[2]), 1)
  match = /^(\d{4})-q([1-4])$/.exec(word)
  if (match) return months(Number(match[1]), Number(match[2]) * 3 - 2, 3)
  match = /^(\d{4})-w(\d{1,2})$/.exec(word)
  if (match) return isoWeek(Number(match[1]), Number(match[2]))
  match = /^(this|last)-(week|month|quarter|year)$/.exec(word)
  if (match) {
    const current = unitAround(today, match[2] as Unit, firstWeekday)
    if (match[1] === 'this') return current
    return unitAround(addDays(current.from as Day, -1), match[2] as Unit, firstWeekday)
  }
  match = /^last-(\d{1,5})d$/.exec(word)
  if (match && Number(match[1]) > 0) {
    return { from: addDays(today, 1 - Number(match[1])), to: today }
  }
  match = /^(\S*)\.\.(\S*)$/.exec(word)
  if (match) return range(match[1], match[2], text)
  throw new Fault('usage', `“${text}” is not a period`, HINT)
}

function range(first: string | undefined, last: string | undefined, text: string): Period {
  const from = first || null
  const to = last || null
  if ((from !== null && !isDay(from)) || (to !== null && !isDay(to))) {
    throw new Fault('usage', `“${text}” is not a period`, HINT)
  }
  if (from !== null && to !== null && from > to) {
    throw new Fault('usage', `the period “${text}” ends before it begins`, `try ${to}..${from}`)
  }
  return { from, to }
}

/** The same period in ISO text with both days: `2026-07-01 … 2026-09-30`, `all time`. */
export function describePeriod({ from, to }: Period): string {
  if (from === null && to === null) return 'all time'
  if (from === null) return `up to ${to}`
  if (to === null) return `from ${from}`
  return from === to ? from : `${from} … ${to}`
}

/** The months that a period touches, as first days, earliest first. Both ends must be closed. */
export function monthsIn(from: Day, to: Day): Day[] {
  const starts: Day[] = []
  for (let month = monthStart(from); month <= to; month = addMonths(month, 1)) starts.push(month)
  return starts
}

/** Days in a closed period, both ends counted: 2026-02-01 … 2026-02-28 has 28. */
export function lengthInDays(from: Day, to: Day): number {
  return daysBetween(from, to) + 1
}

/** How many whole months a closed period has; null if it begins or ends within one. */
export function wholeMonths(from: Day, to: Day): number | null {
  return from === monthStart(from) && to === monthEnd(to) ? monthsIn(from, to).length : null
}

/**
 * The period of the same length directly before. Whole months step by the calendar: before 2026-03
 * is 2026-02, before 2026-Q1 is 2025-Q4; any other is as many days long.
 * @throws Fault `usage` for an open period.
 */
export function periodBefore(period: Period): Period {
  const { from, to } = closedPeriod(period)
  const last = addDays(from, -1)
  const whole = wholeMonths(from, to)
  if (whole !== null) return { from: addMonths(from, -whole), to: last }
  return { from: addDays(from, -lengthInDays(from, to)), to: last }
}

const YEAR = 12
const WEEK = 7

/** The first day of the week with the same number a year earlier; for week 53, of the last week. */
function sameWeekBefore(monday: Day): Day {
  const { year } = partsOf(addDays(monday, 3))
  const week = daysBetween(isoWeekStart(year, 1), monday) / WEEK
  const same = addDays(isoWeekStart(year - 1, 1), week * WEEK)
  return same < isoWeekStart(year, 1) ? same : addDays(same, -WEEK)
}

/**
 * The same period a year earlier. Whole months stay whole months: a year before 2024-02 is 2023-02. Weeks
 * stay weeks: a year before 2025-W10 is 2024-W10. Any other period has the same days.
 * @param firstWeekday 1 Monday … 7 Sunday: seven days from it, or from a Monday, are a week.
 * @throws Fault `usage` for an open period.
 */
export function yearBefore(period: Period, firstWeekday = 1): Period {
  const { from, to } = closedPeriod(period)
  const first = weekday(from)
  if (lengthInDays(from, to) === WEEK && (first === 1 || first === firstWeekday)) {
    const monday = addDays(from, (8 - first) % WEEK)
    const shift = daysBetween(monday, sameWeekBefore(monday))
    return { from: addDays(from, shift), to: addDays(to, shift) }
  }
  const end = addMonths(to, -YEAR)
  return { from: addMonths(from, -YEAR), to: wholeMonths(from, to) === null ? end : monthEnd(end) }
}

function closedPeriod({ from, to }: Period): { from: Day; to: Day } {
  if (from !== null && to !== null) return { from, to }
  const hint = 'give a period with both ends, such as --period 2026-Q3'
  throw new Fault('usage', 'a period without a beginning and an end has none before it', hint)
}
