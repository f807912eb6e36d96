import { Fault } from './fault.ts'

declare const dayBrand: unique symbol

/** A calendar day in the book's time zone, as ISO text `YYYY-MM-DD`. Sorts as text. */
export type Day = string & { readonly [dayBrand]: 'Day' }

const MS_PER_DAY = 86_400_000
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Days since 1970-01-01 of a civil date; months past 12 and days past the month's end roll over. */
function epochDay(year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() / MS_PER_DAY
}

/** The day that lies `days` after 1970-01-01. */
export function fromEpochDay(days: number): Day {
  return new Date(days * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

/** The parts of a day: year, month 1…12, day of the month 1…31. */
export function partsOf(day: Day): { year: number; month: number; day: number } {
  return { year: +day.slice(0, 4), month: +day.slice(5, 7), day: +day.slice(8, 10) }
}

const DAYS_IN_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** How many days a month (1…12) has; 0 for what is not a month. */
function daysIn(year: number, month: number): number {
  const isLeap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return (DAYS_IN_MONTHS[month - 1] ?? 0) + (isLeap ? 1 : 0)
}

/** True for text that is a real calendar day: `2026-02-28`, but not `2026-02-30`. */
export function isDay(text: string): text is Day {
  const match = ISO_DAY.exec(text)
  if (!match) return false
  const [, year, month, day] = match
  const date = Number(day)
  return Number(year) > 0 && date > 0 && date <= daysIn(Number(year), Number(month))
}

/** The day of a year, a month (1…12) and a day of the month, which roll over: month 13 is next January. */
export function dayOf(year: number, month: number, day: number): Day {
  return fromEpochDay(epochDay(year, month, day))
}

/** Reports go through every week, month and year around a day, and years have four digits. */
const EARLIEST = '1900-01-01'
const LATEST = '2500-12-31'

/**
 * Checks that figures can be worked out for a day.
 * @param what what the day is, for the message: `FUNNEL_TODAY`.
 * @throws Fault `usage` for a day outside the years 1900 to 2500.
 */
export function withinReason(day: Day, what: string): Day {
  if (day >= EARLIEST && day <= LATEST) return day
  const message = `${what} is ${day}, and must lie between ${EARLIEST} and ${LATEST}`
  throw new Fault('usage', message, 'write a day such as 2026-11-23')
}

/** Days since 1970-01-01. */
export function toEpochDay(day: Day): number {
  const { year, month, day: dayOfMonth } = partsOf(day)
  return epochDay(year, month, dayOfMonth)
}

/** The day `count` days later (earlier if negative). */
export function addDays(day: Day, count: number): Day {
  return fromEpochDay(toEpochDay(day) + count)
}

/** Whole days from one day to another: 0 for the same day, negative if `to` comes first. */
export function daysBetween(from: Day, to: Day): number {
  return toEpochDay(to) - toEpochDay(from)
}

/** The same day of the month, `count` months later, or that month's last day if it is shorter. */
export function addMonths(day: Day, count: number): Day {
  const { year, month, day: dayOfMonth } = partsOf(day)
  const first = dayOf(year, month + count, 1)
  const last = monthEnd(first)
  return dayOfMonth > partsOf(last).day ? last : addDays(first, dayOfMonth - 1)
}

/** The first day of the month that holds `day`. */
export function monthStart(day: Day): Day {
  return `${day.slice(0, 7)}-01` as Day
}

/** The last day of the month that holds `day`. */
export function monthEnd(day: Day): Day {
  const { year, month } = partsOf(day)
  return dayOf(year, month + 1, 0)
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function weekday(day: Day): number {
  return ((((toEpochDay(day) + 3) % 7) + 7) % 7) + 1
}

/** The first day of the week that holds `day`. @param firstWeekday 1 Monday … 7 Sunday. */
export function weekStart(day: Day, firstWeekday: number): Day {
  return addDays(day, -((weekday(day) - firstWeekday + 7) % 7))
}

/** The Monday of ISO week `week` (1…53) of `year`. */
export function isoWeekStart(year: number, week: number): Day {
  const fourthOfJanuary = dayOf(year, 1, 4)
  return addDays(fourthOfJanuary, (week - 1) * 7 - (weekday(fourthOfJanuary) - 1))
}

const RELATIVE: Record<string, number> = { today: 0, yesterday: -1, tomorrow: 1 }

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

/** The English name of a day's weekday: `Friday`. */
export function weekdayName(day: Day): string {
  const name = WEEKDAYS[weekday(day) - 1] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Which way a day without a year or a week points: to the past or to the future. */
export type Toward = 'past' | 'future'

/** The next such weekday, or the last one, never today. @param wanted 1 Monday … 7 Sunday. */
export function nearestWeekday(wanted: number, today: Day, toward: Toward): Day {
  const sign = toward === 'future' ? 1 : -1
  const away = (((wanted - weekday(today)) * sign + 6) % 7) + 1
  return addDays(today, sign * away)
}

function shifted(today: Day, count: number, unit: string): Day {
  if (unit === 'd' || unit === 'w') return addDays(today, count * (unit === 'w' ? 7 : 1))
  return addMonths(today, count * (unit === 'y' ? 12 : 1))
}

const COUNTED = /^(in )?(an?|one|\d{1,4}) (day|week|month|year)s?( ago)?$/
const NEIGHBOUR = /^(next|last) (week|month|year)$/

/** The day that `in a month`, `2 weeks ago`, `next year` or, looking one way, `3 days` are away. */
function inWords(word: string, today: Day, toward: Toward): Day | undefined {
  const [, isAhead, count = '', unit = '', isAgo] = COUNTED.exec(word) ?? []
  if (isAhead && isAgo) return undefined
  if (unit !== '') {
    const sign = isAgo || (!isAhead && toward === 'past') ? -1 : 1
    return shifted(today, sign * (/^\d/.test(count) ? Number(count) : 1), unit.charAt(0))
  }
  const [, side, length = ''] = NEIGHBOUR.exec(word) ?? []
  return side ? shifted(today, side === 'next' ? 1 : -1, length.charAt(0)) : undefined
}

/** `26` is 2026, `98` is 1998; a whole year is itself. */
export function fullYear(year: number): number {
  if (year >= 100) return year
  return year < 70 ? 2000 + year : 1900 + year
}

const DOTTED = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})?$/

/**
 * The day that `23.11.2026` or `23.11.26` is, or `23.11.` next or last; undefined for anything else, and for
 * 31.11.
 */
function dotted(word: string, today: Day, toward: Toward): Day | undefined {
  const [, date = '', month = '', year] = DOTTED.exec(word) ?? []
  const inYear = (of: string | number): string =>
    `${of}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (year !== undefined) {
    const whole = inYear(fullYear(Number(year)))
    return isDay(whole) ? whole : undefined
  }
  const sign = toward === 'future' ? 1 : -1
  const near = partsOf(today).year
  return [near, near + sign]
    .map(inYear)
    .filter(isDay)
    .find((day) => (toward === 'future' ? day > today : day < today))
}

/**
 * Reads a day as it is usually typed: `2026-11-23`, `23.11.2026`, `23.11.`, `today`, `yesterday`, `tomorrow`,
 * `-3d`, `+2w`, `+1m`, `+1y`, `in a month`, `2 weeks ago`, `next year`, `friday`, `fri`. A weekday, and a day
 * without a year, is the next one, or the last one, never today. A month from 31 January is 28 February.
 * Undefined for anything else.
 */
export function readDay(text: string, today: Day, toward: Toward): Day | undefined {
  const word = text.trim().toLowerCase()
  if (isDay(word)) return word
  if (DOTTED.test(word)) return dotted(word, today, toward)
  const shift = RELATIVE[word]
  if (shift !== undefined) return addDays(today, shift)
  const offset = /^([+-]\d{1,4})([dwmy])$/.exec(word)
  if (offset) return shifted(today, Number(offset[1]), word.slice(-1))
  const named = WEEKDAYS.findIndex((name) => name === word || name.slice(0, 3) === word)
  if (named >= 0) return nearestWeekday(named + 1, today, toward)
  return inWords(word.replaceAll(/\s+/g, ' '), today, toward)
}

/** The refusal of a text that is not a day. */
export function noDay(text: string): Fault {
  return new Fault(
    'usage',
    `“${text}” is not a day`,
    'write it as 2026-11-23, 23.11.2026, today, friday, -3d, +2w or 1 Dec',
  )
}

/** Like `readDay`. @throws Fault `usage` for anything else. */
export function parseDay(text: string, today: Day, toward: Toward = 'past'): Day {
  const day = readDay(text, today, toward)
  if (day === undefined) throw noDay(text)
  return day
}
