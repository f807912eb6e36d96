import { type Day, noDay, type Toward } from '../domain/day.ts'
import { dayFromParts, readAnyDay } from '../domain/day-words.ts'
import { Fault } from '../domain/fault.ts'
import type { Locale } from '../domain/locale.ts'
import { markedDay } from '../domain/next-weekday.ts'
import { noTime, parseTime, readTime, type TimeOfDay } from '../domain/time-of-day.ts'

/** `1/12`, `1/12/26`, `1-12-2026`: day and month in an order that depends on the locale. */
const SLASHED = /^(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?$/

function isDayFirst(first: number, second: number, locale: Locale | null): boolean | null {
  if (first > 12 || second > 12) return first > 12
  if (first === second) return true
  if (locale?.day.startsWith('dd')) return true
  return locale?.day.startsWith('mm') ? false : null
}

function slashed(text: string, today: Day, toward: Toward, locale: Locale | null): Day | undefined {
  const [, one, , two, year] = SLASHED.exec(text.trim()) ?? []
  if (one === undefined || two === undefined) return undefined
  const [first, second] = [Number(one), Number(two)]
  const given = year === undefined ? undefined : Number(year)
  const as = (day: number, month: number): Day | undefined =>
    dayFromParts({ year: given, month, day }, today, toward)
  const order = isDayFirst(first, second, locale)
  if (order !== null) return order ? as(first, second) : as(second, first)
  const both = [as(first, second), as(second, first)].join(' or ')
  throw new Fault(
    'usage',
    `“${text.trim()}” is not a day: it can be ${both}`,
    'write one of them, or 1 Dec; a locale settles the order: funnel settings set locale en-GB',
  )
}

// A point between hours and minutes is one only where it cannot be that of a date: 14.30, not 14.10.
const HOUR = String.raw`\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?(?:\s*(?:[ap]\.?m\.?|uhr|h|น\.?))?|\d{1,2}\.(?:00|1[3-9]|[2-9]\d)|\d{1,2}\s*(?:[ap]\.?m\.?|uhr|h\d{0,2})|noon`
const AT = String.raw`(?:(?:at|um|à|a las|в)\s+)?`
const ZONE = String.raw`(\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?`
const LAST = new RegExp(`(?:^|[t,\\s])\\s*${AT}(${HOUR})${ZONE}$`, 'iu')
const FIRST = new RegExp(`^${AT}(${HOUR})(?:\\s*,\\s*|\\s+)(?:on\\s+)?`, 'iu')

interface Parted {
  /** What is left without the time; empty if that is all there is. */
  day: string
  time: string
  hasZone: boolean
}

/** Takes the time of day off the end of a text, or off its start; undefined if it has none there. */
function partTime(text: string): Parted | undefined {
  const whole = text.trim()
  for (const pattern of [LAST, FIRST]) {
    const found = pattern.exec(whole)
    if (found) {
      const day = whole.replace(pattern, '').trim()
      return { day, time: found[1] ?? '', hasZone: found[2] !== undefined }
    }
  }
  return undefined
}

/** A day as it is typed, and the time of day if there is one. */
export interface TypedMoment {
  day: Day
  time: TimeOfDay | null
}

function usualDay(
  text: string,
  today: Day,
  toward: Toward,
  locale: Locale | null,
): Day | undefined {
  return (
    readAnyDay(text, today, toward) ??
    markedDay(text, today, toward) ??
    slashed(text, today, toward, locale)
  )
}

async function dayInWords(text: string, today: Day, toward: Toward): Promise<Day> {
  const { readDayWords } = await import('./day-text.ts')
  const read = readDayWords(text, today, toward)
  if (read === undefined) throw noDay(text)
  if (!read.hasTime) return read.day
  throw new Fault(
    'usage',
    `“${text.trim()}” does not say the time of day exactly`,
    `give the day alone, or with a time: ${read.day}, "${read.day} 14:30"`,
  )
}

/**
 * Reads a day as a person types it, with or without a time of day: `friday`, `friday 14:30`, `2pm tomorrow`,
 * `14:30` for today. Days are read in any of the languages that imports know; words beyond the usual few load a
 * parser of their own. Days with slashes are read in the order of the book's locale.
 * @throws Fault `usage` if it is not a day, can be two, or has a time that no clock shows, that is not exact
 *   (`friday evening`) or is in a zone of its own.
 */
export async function typedMoment(
  text: string,
  today: Day,
  toward: Toward,
  locale: Locale | null,
): Promise<TypedMoment> {
  const usual = usualDay(text, today, toward, locale)
  if (usual !== undefined) return { day: usual, time: null }
  const parted = partTime(text)
  if (!parted) return { day: await dayInWords(text, today, toward), time: null }
  const day =
    parted.day === ''
      ? today
      : (usualDay(parted.day, today, toward, locale) ??
        (await dayInWords(parted.day, today, toward)))
  const time = parseTime(parted.time)
  if (parted.hasZone) {
    const message = `“${text.trim()}” has a time in a zone of its own`
    throw new Fault('usage', message, `give it in the book’s zone, as in "${day} ${time}"`)
  }
  return { day, time }
}

/**
 * Like `typedMoment`, where only a day can be given.
 * @throws Fault `usage` also if it has a time of day, which would be lost.
 */
export async function typedDay(
  text: string,
  today: Day,
  toward: Toward,
  locale: Locale | null,
): Promise<Day> {
  const { day, time } = await typedMoment(text, today, toward, locale)
  if (time === null) return day
  const isAlone = partTime(text)?.day === ''
  const message = `“${text.trim()}” ${isAlone ? 'is' : 'has'} a time of day, and only a day is asked for`
  throw new Fault('usage', message, `give the day alone: ${day}`)
}

/**
 * Reads a time of day as a person types it, with or without its day: `14:30`, `2pm`, `friday 14:30`.
 * @throws Fault `usage` if it has no time, or as `typedMoment`.
 */
export async function typedTime(
  text: string,
  today: Day,
  toward: Toward,
  locale: Locale | null,
): Promise<{ day: Day | null; time: TimeOfDay }> {
  const alone = readTime(text)
  if (alone !== undefined) return { day: null, time: alone }
  if (partTime(text) === undefined) {
    if (usualDay(text, today, toward, locale) === undefined) throw noTime(text)
    throw new Fault('usage', `“${text.trim()}” has no time of day`, 'write it as "friday 14:30"')
  }
  const { day, time } = await typedMoment(text, today, toward, locale)
  return time === null ? { day: null, time: parseTime(text) } : { day, time }
}
