import { type Day, noDay, type Toward } from '../domain/day.ts'
import { dayFromParts, readAnyDay } from '../domain/day-words.ts'
import { Fault } from '../domain/fault.ts'
import type { Locale } from '../domain/locale.ts'
import { markedDay } from '../domain/next-weekday.ts'

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

const ZONE = String.raw`(?:\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2}))?`
const HOUR = String.raw`\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?(?:\s*(?:[ap]\.?m\.?|uhr|h|น\.?))?|\d{1,2}\s*(?:[ap]\.?m\.?|uhr|h\d{0,2})`
const TIME = new RegExp(`(?:^|[t,\\s])\\s*(?:(?:at|um|à|a las|в)\\s+)?(?:${HOUR})${ZONE}$`, 'iu')

function timeRefused(text: string, day: Day | null): Fault {
  const has = day === null ? 'is' : 'has'
  const message = `“${text.trim()}” ${has} a time of day, which the book does not keep`
  const hint = day === null ? 'give a day: today, tomorrow' : `give the day alone: ${day}`
  return new Fault('usage', message, hint)
}

/**
 * Reads a day as a person types it, in any of the languages that imports know; words beyond the usual
 * few load a parser of their own. Days with slashes are read in the order of the book's locale.
 * @throws Fault `usage` if it is not a day, can be two, or has a time of day, which would be lost.
 */
export async function typedDay(
  text: string,
  today: Day,
  toward: Toward,
  locale: Locale | null,
): Promise<Day> {
  const usual =
    readAnyDay(text, today, toward) ??
    markedDay(text, today, toward) ??
    slashed(text, today, toward, locale)
  if (usual !== undefined) return usual
  const bare = text.replace(TIME, '').trim()
  // “14:30” and “at 2 pm” are meant as today's or tomorrow's; a number alone is not a time of day.
  if (bare === '' && text.trim() !== '') throw timeRefused(text, null)
  if (bare !== text.trim() && bare !== '') {
    const day = await typedDay(bare, today, toward, locale).catch(() => undefined)
    if (day !== undefined) throw timeRefused(text, day)
  }
  const { readDayWords } = await import('./day-text.ts')
  const read = readDayWords(text, today, toward)
  if (read === undefined) throw noDay(text)
  if (read.hasTime) throw timeRefused(text, read.day)
  return read.day
}
