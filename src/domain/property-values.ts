import { holds, inOrder, type Operator } from './condition.ts'
import { type Day, dayOf, isDay, readDay, toEpochDay } from './day.ts'
import { dayFromParts, readAnyDay } from './day-words.ts'
import { Fault } from './fault.ts'
import type { Locale } from './locale.ts'
import { nameKey } from './name.ts'
import { numberText } from './number-text.ts'

/** Reads a value as something that can be ordered; null if it cannot. */
type Read = (text: string) => number | null

/** `7.200,-`: the sign before the dash is the decimal mark. */
const NO_CENTS = /([.,]) ?[-–—]+$/

/** The decimal mark of a property's values, if they show it; else null. */
function markOf(values: readonly string[]): string | null {
  const marks = new Set<string>()
  for (const value of values) {
    const { point, comma } = numberText(value.trim())
    const sure = NO_CENTS.exec(value.trim())?.[1]
    if (sure !== undefined) marks.add(sure)
    else if (point === null && comma !== null) marks.add(',')
    else if (comma === null && point !== null) marks.add('.')
  }
  const [mark] = marks
  return marks.size === 1 && mark !== undefined ? mark : null
}

/**
 * Numbers in the book's locale; without one, as the other values are written; failing that, three digits
 * after the only mark are thousands: `12.900` is 12900, `7.200,-` is 7200.
 */
function numbers(values: readonly string[], locale: Locale | null): Read {
  const mark = locale?.decimal ?? markOf(values)
  return (value) => {
    const text = value.trim()
    const { point, comma } = numberText(text)
    const only = point === null || comma === null || point === comma
    if (only) return point === null && comma === null ? null : Number(point ?? comma)
    const own = NO_CENTS.exec(text)?.[1] ?? mark
    const isComma = own === null ? text.includes('.') : own === ','
    return Number(isComma ? comma : point)
  }
}

const SLASHED = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})$/
const DOTTED = /^\d{1,2}\. ?\d{1,2}\. ?(?:\d{4}|\d{2})$/
const TIME = /[t ]\d{1,2}:\d{2}.*/i

/** Is the day written before the month? Null if neither the values nor the locale show it. */
function isDayFirst(values: readonly string[], locale: Locale | null): boolean | null {
  for (const value of values) {
    const [, first = '0', second = '0'] = SLASHED.exec(value.trim().replace(TIME, '')) ?? []
    if (Number(first) > 12) return true
    if (Number(second) > 12) return false
  }
  if (locale?.day.startsWith('dd')) return true
  return locale?.day.startsWith('mm') ? false : null
}

/** Days with their year: `2023-06-23`, `23.06.23`, `6/23/2023`, `23. Juni 2023`. */
function days(values: readonly string[], locale: Locale | null): Read {
  const dayFirst = isDayFirst(values, locale)
  const base = dayOf(2000, 1, 1)
  const read = (text: string): Day | undefined => {
    if (isDay(text)) return text
    if (DOTTED.test(text)) return readDay(text, base, 'past')
    const [, first, second, year] = SLASHED.exec(text) ?? []
    if (first !== undefined && second !== undefined) {
      if (dayFirst === null && first !== second) return undefined
      const [day, month] = dayFirst === false ? [second, first] : [first, second]
      const parts = { year: Number(year), month: Number(month), day: Number(day) }
      return dayFromParts(parts, base, 'past')
    }
    return /\p{L}/u.test(text) && /\d{4}/.test(text) ? readAnyDay(text, base, 'past') : undefined
  }
  return (value) => {
    const day = read(value.trim().replace(TIME, ''))
    return day === undefined ? null : toEpochDay(day)
  }
}

/** What somebody has said the values of a property are; null is not said. */
export type PropertyType =
  | { kind: 'text' | 'number' | 'day' }
  | { kind: 'choice'; choices: readonly string[] }
  | null

/** Values that meet a condition, and those that could not be compared. */
export interface Compared {
  fitting: string[]
  unread: string[]
  /** What the values were compared as; null for text. */
  as: 'number' | 'day' | 'choice' | null
}

/** The place of a value among choices, in any case. */
function choicesIn(choices: readonly string[]): Read {
  const places = new Map(choices.map((choice, place) => [nameKey(choice), place]))
  return (text) => places.get(nameKey(text)) ?? null
}

/**
 * How the values of a property of a known kind are read; undefined for text. A number or a day is as the
 * book's locale writes it, or the values together.
 */
function readerOf(
  type: NonNullable<PropertyType>,
  values: readonly string[],
  locale: Locale | null,
): Read | undefined {
  switch (type.kind) {
    case 'text':
      return undefined
    case 'number':
      return numbers(values, locale)
    case 'day':
      return days(values, locale)
    case 'choice':
      return choicesIn(type.choices)
  }
}

/** What a value of a kind is called: `a number`, `one of red, blue`. */
export function kindText(type: NonNullable<PropertyType>): string {
  return type.kind === 'choice' ? `one of ${type.choices.join(', ')}` : `a ${type.kind}`
}

/** Those values that are not what their property is; none where nobody has said what it is. */
export function unfitting(
  values: readonly string[],
  type: PropertyType,
  locale: Locale | null,
): string[] {
  const read = type === null ? undefined : readerOf(type, values, locale)
  return read === undefined ? [] : values.filter((value) => read(value) === null)
}

/** How values are compared: in the book's locale, with days as of today, and by the property's kind. */
interface How {
  locale: Locale | null
  today: Day
  type?: PropertyType
}

/** A day may also be typed in words, as it is seen from today. */
function wantedDay(read: Read, today: Day): Read {
  return (text) => {
    const day = read(text)
    if (day !== null) return day
    const typed = readAnyDay(text, today, 'past')
    return typed === undefined ? null : toEpochDay(typed)
  }
}

/** @throws Fault `usage` if a value that is asked for is not what the property is. */
function compareAsKind(
  values: readonly string[],
  operator: Operator,
  wanted: readonly string[],
  { locale, today, type }: How & { type: NonNullable<PropertyType> },
): Compared {
  const read = readerOf(type, [...values, ...wanted], locale)
  if (read === undefined || type.kind === 'text') {
    const fitting = values.filter((text) => textHolds(text, operator, wanted))
    return { fitting, unread: [], as: null }
  }
  const readWanted = type.kind === 'day' ? wantedDay(read, today) : read
  const limits = wanted.map((text) => {
    const limit = readWanted(text)
    if (limit !== null) return limit
    throw new Fault('usage', `“${text}” is not ${kindText(type)}`, 'see: funnel property list')
  })
  const fits = (text: string): boolean => {
    const value = read(text)
    return value !== null && limits.some((limit) => inOrder(value - limit, operator))
  }
  return { fitting: values.filter(fits), unread: unfitting(values, type, locale), as: type.kind }
}

/** Text has no numbers: `10` comes before `9`. */
function textHolds(text: string, operator: Operator, wanted: readonly string[]): boolean {
  const own = nameKey(text)
  return wanted.map(nameKey).some((key) => inOrder(own < key ? -1 : own > key ? 1 : 0, operator))
}

/**
 * Compares all values of a property: as what it is said to be; else with a number as numbers, with a day as
 * days, else as text. `>1000` of `12.900`, `7.200,-` and `soon` fits the first two, and `soon` could not be
 * compared.
 */
export function compareValues(
  values: readonly string[],
  operator: Operator,
  wanted: readonly string[],
  { locale, today, type = null }: How,
): Compared {
  const asText = (text: string): boolean => holds(text, operator, wanted)
  const plain: Compared = { fitting: values.filter(asText), unread: [], as: null }
  if (operator === '~') return plain
  if (type !== null) return compareAsKind(values, operator, wanted, { locale, today, type })
  const all = [...values, ...wanted]
  const asNumber = numbers(all, locale)
  const asDay = days(all, locale)
  for (const [as, read, readWanted] of [
    ['number', asNumber, asNumber],
    ['day', asDay, wantedDay(asDay, today)],
  ] as const) {
    const limits = wanted.map(readWanted)
    if (limits.some((limit) => limit === null)) continue
    const fits = (text: string): boolean => {
      const value = read(text)
      return value !== null && limits.some((limit) => inOrder(value - (limit ?? 0), operator))
    }
    if (operator === '=') {
      return { ...plain, fitting: values.filter((text) => asText(text) || fits(text)), as }
    }
    return {
      fitting: values.filter(fits),
      unread: values.filter((text) => read(text) === null),
      as,
    }
  }
  return plain
}

/**
 * The sort keys of a property's values: by what it is said to be (numbers, days since 1970, places among
 * choices), else numbers or days, whichever fits more of them. Other values are left out.
 */
export function sizesOf(
  values: readonly string[],
  locale: Locale | null,
  type: PropertyType = null,
): Map<string, number> {
  const sizesBy = (read: Read): Map<string, number> => {
    const sizes = values.map((value): [string, number | null] => [value, read(value)])
    return new Map(sizes.filter((one): one is [string, number] => one[1] !== null))
  }
  if (type !== null) {
    const read = readerOf(type, values, locale)
    return read === undefined ? new Map() : sizesBy(read)
  }
  const sized = [numbers(values, locale), days(values, locale)].map(sizesBy)
  const [asNumber, asDay] = sized
  if (!asNumber || !asDay) return new Map()
  return asDay.size > asNumber.size ? asDay : asNumber
}
