import type { Day } from '../../domain/day.ts'
import { type Clock, partTime } from './clock.ts'
import { isFiller, isThai, isWeekday, monthOf, wordKey } from '../../domain/month-names.ts'
import { plainText } from '../../domain/plain-text.ts'

/** A date in one number, `20240304`; 0 if there is no such date. */
export type PackedDate = number

/** What a year of two digits is counted from: 67 is 2067, or 2567 and so 2024. */
type Era = 'common' | 'buddhist'

/** What a text can be as a date, before the order of its parts is known. */
export type DateText =
  /** Its order is clear: the year first in four digits, or the month by name. */
  | { kind: 'plain'; date: PackedDate; clock: Clock | null }
  /** Three numbers: the date in each order. `ymd` only ever of a year of two digits. */
  | {
      kind: 'parts'
      dmy: PackedDate
      mdy: PackedDate
      ymd: PackedDate
      first: number
      last: number
      clock: Clock | null
    }
  /** A number alone, which may be a spreadsheet's count of days. */
  | { kind: 'number'; value: number }

const LONGEST = 80
const EARLIEST = 1700
const LATEST = 2399
const SHORT_MONTHS = new Set([4, 6, 9, 11])
const BUDDHIST_ERA = 543

const PARTS = /^(\d{1,4})(?: ?([./\- ]) ?)(\d{1,2}) ?\2 ?(\d{1,4})\.?$/
const NUMBER = /^\d{1,7}(?:[.,]\d+)?$/
const COMPACT = /^\d{8}$/
const CHINESE =
  /^(\d{2}|\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?(?:,? ?(?:星期|周)[一二三四五六日天])?$/
const TOKEN = /(\d+)|([\p{L}\p{M}]+(?:\.[\p{L}\p{M}]+)*)|[\s.,/\-'()º°]+/uy

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return SHORT_MONTHS.has(month) ? 30 : 31
}

function pack(year: number, month: number, day: number): PackedDate {
  if (year < EARLIEST || year > LATEST || month < 1 || month > 12) return 0
  if (day < 1 || day > daysIn(year, month)) return 0
  return year * 10_000 + month * 100 + day
}

/** The day that a packed date stands for. */
export function unpack(date: PackedDate): Day {
  const text = String(date)
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` as Day
}

/** The year that two or four digits name; -1 for any other count. Years of 2400 to 2700 are Buddhist. */
function yearOf(digits: string): number {
  const year = Number(digits)
  if (digits.length === 2) return year < 70 ? 2000 + year : 1900 + year
  if (digits.length !== 4) return -1
  return year >= 2400 && year <= 2700 ? year - BUDDHIST_ERA : year
}

/** A short Buddhist year, as next to a Thai month: 67 is 2567, which is 2024; below 43 it would be before 1986, and is not one. */
function thaiYearOf(digits: string): number {
  const year = Number(digits)
  return digits.length === 2 && year >= 43 ? 2500 + year - BUDDHIST_ERA : yearOf(digits)
}

function fromParts(
  [a, b, c]: readonly [string, string, string],
  clock: Clock | null,
  era: Era = 'common',
): DateText | null {
  if (a.length > 2) {
    if (c.length > 2) return null
    return { kind: 'plain', date: pack(yearOf(a), Number(b), Number(c)), clock }
  }
  const first = Number(a)
  const middle = Number(b)
  const last = Number(c)
  const yearIn = era === 'buddhist' ? thaiYearOf : yearOf
  const year = yearIn(c)
  return {
    kind: 'parts',
    dmy: pack(year, middle, first),
    mdy: pack(year, first, middle),
    ymd: c.length > 2 ? 0 : pack(yearIn(a), middle, last),
    first,
    last,
    clock,
  }
}

/** Numbers and words of a text; null if there is anything else in it. */
function tokensOf(text: string): { numbers: string[]; words: string[] } | null {
  const numbers: string[] = []
  const words: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text)
    if (!match) return null
    if (match[1] !== undefined) numbers.push(match[1])
    else if (match[2] !== undefined) words.push(match[2])
  }
  return { numbers, words }
}

/** The month that the words name; 0 for none, null if they name several or say something else. */
function monthAmong(keys: readonly string[]): number | null {
  const known = keys.every((key) => monthOf(key) || isWeekday(key) || isFiller(key))
  if (!known) return null
  const named = keys.filter((key) => monthOf(key))
  // `mar. 5 août`: a short Tuesday that is also a short March.
  const surely = named.filter((key) => !isWeekday(key))
  const months = new Set((surely.length > 0 ? surely : named).map((key) => monthOf(key)))
  if (months.size > 1) return null
  const [month = 0] = months
  return month
}

function fromWords(text: string, clock: Clock | null): DateText | null {
  const tokens = tokensOf(text)
  if (!tokens || tokens.words.length === 0) return null
  const { numbers, words } = tokens
  const month = monthAmong(words.map(wordKey))
  if (month === null) return null
  const [a = '', b = '', c = ''] = numbers
  if (month === 0) {
    return numbers.length === 3 && b.length <= 2 && c.length <= 4
      ? fromParts([a, b, c], clock)
      : null
  }
  if (numbers.length !== 2) return null
  const [year, day] = a.length > 2 ? [a, b] : [b, a]
  if (day.length > 2) return null
  const fullYear = words.some(isThai) ? thaiYearOf(year) : yearOf(year)
  return { kind: 'plain', date: pack(fullYear, month, Number(day)), clock }
}

/**
 * What a text can be as a date; null if it is not one in any order. A date that is not in the
 * calendar is 0, never the next month's.
 * @param era of years of two digits in dates of numbers.
 */
export function dateText(text: string, era: Era = 'common'): DateText | null {
  if (text.length > LONGEST) return null
  const plain = plainText(text)
  if (NUMBER.test(plain)) return { kind: 'number', value: Number.parseInt(plain, 10) }
  const parted = partTime(plain)
  if (!parted) return null
  const { date, clock } = parted
  const parts = PARTS.exec(date)
  if (parts) {
    const [, a = '', , b = '', c = ''] = parts
    return fromParts([a, b, c], clock, era)
  }
  if (COMPACT.test(date)) {
    return fromParts([date.slice(0, 4), date.slice(4, 6), date.slice(6)], clock)
  }
  const chinese = CHINESE.exec(date)
  if (chinese) {
    const [, year = '', month, day] = chinese
    return { kind: 'plain', date: pack(yearOf(year), Number(month), Number(day)), clock }
  }
  return fromWords(date, clock)
}
