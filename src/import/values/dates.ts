import { addDays, type Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { isBlankWord } from './blank.ts'
import { type DateText, dateText, type PackedDate, unpack } from './date-text.ts'
import { quoted } from '../../domain/plain-text.ts'

export { isBlankWord } from './blank.ts'

/**
 * The order in which a column writes day, month and year; `serial` is a spreadsheet's count of days
 * since 1899-12-30, which `decide` finds and no person needs to name.
 */
export type DateOrder = PartsOrder | 'serial'

/** In which order a date of three numbers stands. */
export type PartsOrder = 'dmy' | 'mdy' | 'ymd'

/** How a column is read: in an order, and with `-be` with short years of the Buddhist era. */
export type DateReading = DateOrder | `${PartsOrder}-be`

/** What a column's texts say together of their order. */
export type DateDecision =
  /** One order fits every date; also if no text needs one, or all orders read the same. */
  | { state: 'clear'; order: DateOrder }
  /** More than one order fits all; `example` reads differently in them. */
  | { state: 'undecided'; orders: PartsOrder[]; example: string }
  /**
   * No order fits all. `order` is that of at least nine in ten of the texts that settle it, else
   * null: then only texts that read one way can be read. `example` is one of `misfits` texts that
   * the order, or the other part of the column, does not fit.
   */
  | { state: 'mixed'; order: DateOrder | null; misfits: number; example: string }
  /** No dates seen. */
  | { state: 'empty' }

/** Gathers what a column's texts show of the order of their dates. */
export interface DateColumn {
  see(text: string): void
  decide(): DateDecision
}

const SERIAL_EPOCH = '1899-12-30' as Day
// 1954-01-01 and 2064-12-31.
const FIRST_SERIAL = 19_725
const LAST_SERIAL = 60_266
/** The share of the settling texts that an order needs to be the column's own. */
const MAJORITY = 0.9

const DMY = 1
const MDY = 2
const YMD = 4
const ORDERS = [
  { order: 'dmy', bit: DMY },
  { order: 'mdy', bit: MDY },
  { order: 'ymd', bit: YMD },
] as const

type Parts = Extract<DateText, { kind: 'parts' }>

function isSerial(value: number): boolean {
  return value >= FIRST_SERIAL && value <= LAST_SERIAL
}

/** `31/02/24` is more likely a slip of the pen than a day of 2031; `99/02/24` can only be a year. */
function isDayNumber(first: number): boolean {
  return first >= 1 && first <= 31
}

/** How many different numbers below 100 were seen. */
function spread(seen: Uint8Array): number {
  return seen.reduce((sum, one) => sum + one, 0)
}

/**
 * Makes a collector for one column: show it every cell, then ask. `03/04/2024` fits two orders
 * until `25/04/2024` settles it; blank cells and texts that are not dates settle nothing. Years of
 * two digits come last if that fits the whole column, unless the first number hardly
 * changes while the last one runs through the month (`24/01/15`, `24/02/28` …): that is undecided.
 */
export function dateColumn(): DateColumn {
  // By the sum of the orders that fit.
  const groups = [1, 2, 3, 4, 5, 6, 7].map((fits) => ({ fits, count: 0, example: '' }))
  const firsts = new Uint8Array(100)
  const lasts = new Uint8Array(100)
  let ambiguous: string | undefined
  let yearFirst: string | undefined
  let plain = 0
  let serials = 0
  let otherNumbers = 0

  function seeParts(text: string, { dmy, mdy, ymd, first, last }: Parts): void {
    const fits = (dmy && DMY) + (mdy && MDY) + (ymd && YMD)
    const group = groups[fits - 1]
    if (!group || (fits === YMD && isDayNumber(first))) return
    group.count += 1
    group.example ||= text
    if (dmy && mdy && dmy !== mdy) ambiguous ??= text
    if (!ymd) return
    if (ymd !== (dmy || mdy)) yearFirst ??= text
    firsts[first] = 1
    lasts[last] = 1
  }

  /** How many dates there are whose orders are such. */
  function countOf(is: (fits: number) => boolean): number {
    return groups.reduce((sum, { fits, count }) => sum + (is(fits) ? count : 0), 0)
  }

  function mixed(): DateDecision {
    const settled = [
      { order: 'dmy', count: countOf((fits) => (fits & (DMY | MDY)) === DMY), bit: DMY },
      { order: 'mdy', count: countOf((fits) => (fits & (DMY | MDY)) === MDY), bit: MDY },
      { order: 'ymd', count: countOf((fits) => fits === YMD), bit: YMD },
    ] as const
    const all = settled.reduce((sum, { count }) => sum + count, 0)
    const best = settled.reduce((most, one) => (one.count > most.count ? one : most))
    const others = groups.filter(({ fits }) => !(fits & best.bit))
    const misfits = others.reduce((sum, { count }) => sum + count, 0)
    const example = others.reduce((text, one) => text || one.example, '')
    const order = best.count >= all * MAJORITY ? best.order : null
    return { state: 'mixed', order, misfits, example }
  }

  return {
    see(text) {
      const seen = isBlankWord(text) ? null : dateText(text)
      if (seen?.kind === 'parts') seeParts(text, seen)
      else if (seen?.kind === 'plain' && seen.date) plain += 1
      else if (seen?.kind === 'number') {
        if (isSerial(seen.value)) serials += 1
        else otherNumbers += 1
      }
    },
    decide() {
      const parts = countOf(() => true)
      if (parts === 0) {
        if (plain > 0) return { state: 'clear', order: 'ymd' }
        const onlySerials = serials > 0 && otherNumbers === 0
        return onlySerials ? { state: 'clear', order: 'serial' } : { state: 'empty' }
      }
      const fit = ORDERS.filter(({ bit }) => countOf((fits) => (fits & bit) !== 0) === parts)
      const likely = fit.filter(({ bit }) => bit !== YMD)
      const runsLast = spread(lasts) >= 8 && spread(lasts) > 2 * spread(firsts)
      const [best, other] = likely.length === 0 || runsLast ? fit : likely
      if (!best) return mixed()
      const example = other?.bit === YMD ? yearFirst : ambiguous
      if (!other || example === undefined) return { state: 'clear', order: best.order }
      const orders = (runsLast ? fit : likely).map(({ order }) => order)
      return { state: 'undecided', orders, example }
    },
  }
}

const SPOKEN = {
  dmy: 'with the day first',
  mdy: 'with the month first',
  ymd: 'with the year first',
  serial: 'as a spreadsheet counts days',
}

function notADate(text: string, order: DateOrder | null): Fault {
  const how = order === null ? '' : ` ${SPOKEN[order]}`
  return new Fault('usage', `${quoted(text)} is not a date${how}`)
}

/** The date of three numbers whose order nothing but they themselves can tell. */
function onlyReading(text: string, { dmy, mdy, ymd, first }: Parts): PackedDate {
  if (dmy && mdy && dmy !== mdy) {
    throw new Fault(
      'usage',
      `${quoted(text)} can be ${unpack(dmy)} or ${unpack(mdy)}`,
      'say whether the day or the month comes first',
    )
  }
  return dmy || mdy || (isDayNumber(first) ? 0 : ymd)
}

function partsDate(text: string, parts: Parts, order: DateOrder | null): PackedDate {
  if (order === 'dmy' || order === 'mdy') {
    if (!parts[order] && (parts.dmy || parts.mdy)) throw notADate(text, order)
    return parts[order]
  }
  return order === 'ymd' && parts.ymd ? parts.ymd : onlyReading(text, parts)
}

/** A date, and the time of day if it has one. */
interface ReadMoment {
  day: Day
  time: TimeOfDay | null
}

/**
 * Reads a date as spreadsheets and people write it: `2024-03-04`, `4.3.2024`, `3/4/24`,
 * `20240304`, `4 March 2024`, `4 марта 2024 г.`, `๔ มี.ค. ๒๕๖๗`, `2024年3月4日`, each with or
 * without a weekday and a time. Midnight, which programs write next to a plain day, is no time.
 * @param reading the order of the column's numeric dates; null reads only dates that can be read one way.
 *   Dates with the year first in four digits or the month by name need none.
 * @param toLocal what the book's clock shows at a moment as `2024-03-04T10:00:00+07:00`, for times with an
 *   offset; without it the written day and time count.
 * @throws Fault `usage` if the text is not a date of the calendar, or can be two.
 */
export function readMoment(
  text: string,
  reading: DateReading | null,
  toLocal?: (isoMoment: string) => string,
): ReadMoment {
  const isBuddhist = reading?.endsWith('-be') ?? false
  const order = reading === null ? null : (reading.replace('-be', '') as DateOrder)
  const seen = dateText(text, isBuddhist ? 'buddhist' : 'common')
  if (seen === null) throw notADate(text, null)
  if (seen.kind === 'number') {
    if (order !== 'serial' || !isSerial(seen.value)) throw notADate(text, null)
    return { day: addDays(SERIAL_EPOCH, seen.value), time: null }
  }
  const date = seen.kind === 'plain' ? seen.date : partsDate(text, seen, order)
  if (!date) throw notADate(text, null)
  const day = unpack(date)
  const { clock } = seen
  if (!clock) return { day, time: null }
  const isPlainDay = clock.time === '00:00:00'
  if (!toLocal || !clock.zone) return { day, time: isPlainDay ? null : timeOfClock(clock.time) }
  const [localDay = '', localTime = ''] = toLocal(`${day}T${clock.time}${clock.zone}`).split('T')
  const time = isPlainDay || localTime === '00:00' ? null : timeOfClock(localTime)
  return { day: localDay as Day, time }
}

function timeOfClock(text: string): TimeOfDay {
  return text.slice(0, 5) as TimeOfDay
}

/** Like `readMoment`, where only the day counts. */
export function readDate(
  text: string,
  reading: DateReading | null,
  toLocal?: (isoMoment: string) => string,
): Day {
  return readMoment(text, reading, toLocal).day
}
