import { type Day, isDay } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { quoted } from '../../domain/plain-text.ts'
import { isRate, type Rate } from '../../domain/rate.ts'
import type { DatedRate } from '../../records/rows/rate.ts'
import { type DateReading, readDate } from '../values/dates.ts'
import { type DecimalMark, readNumber } from '../values/numbers.ts'
import type { RateRow } from './read.ts'

/** Which cells of a file of rates are what, from its headers. */
export interface RateShape {
  /** The place of the day in a row. */
  day: number
  /** A row of one rate: the places of currency, rate, and what it is for one of. A row of a day: its currencies. */
  of:
    | { kind: 'one'; currency: number; rate: number; per: number | null }
    | { kind: 'day'; currencies: { at: number; code: string }[] }
}

/** Headers of the European Central Bank, of `funnel export rates`, and plain ones. */
const HEADERS = {
  day: ['date', 'day', 'time_period', 'time period', 'datum', 'дата'],
  currency: ['currency', 'code', 'währung', 'devise', 'moneda', 'валюта'],
  rate: ['rate', 'obs_value', 'obs.value', 'value', 'exchange rate', 'kurs', 'cours', 'курс'],
  per: ['per', 'currency_denom', 'base', 'for one'],
} as const

const CODE = /^[A-Z]{3}$/

/**
 * What the headers of a file of rates say: a column for each currency (`Date, USD, JPY, …`), or one for the
 * currency and one for the rate.
 * @throws Fault `usage` if they are neither.
 */
export function shapeOf(headers: readonly string[], name: string): RateShape {
  const plain = headers.map((header) => header.toLowerCase())
  const place = (field: keyof typeof HEADERS): number =>
    plain.findIndex((header) => (HEADERS[field] as readonly string[]).includes(header))
  const [day, currency, rate, per] = [place('day'), place('currency'), place('rate'), place('per')]
  if (day >= 0 && currency >= 0 && rate >= 0) {
    return { day, of: { kind: 'one', currency, rate, per: per < 0 ? null : per } }
  }
  const currencies = headers.flatMap((code, at) => (CODE.test(code) ? [{ at, code }] : []))
  if (day >= 0 && currencies.length > 0) return { day, of: { kind: 'day', currencies } }
  throw new Fault(
    'usage',
    `${name} is not a file of rates: its headers are ${quoted(headers.slice(0, 6).join(', '))}`,
    'it needs the columns date, currency and rate, or date and one for each currency (Date, USD, JPY …)',
  )
}

function dayOf({ cells, days }: RateRow, at: number, { dates, today }: RateHow): Day {
  const text = days[at] ?? cells[at] ?? ''
  const day = isDay(text) ? text : readDate(text, dates, (moment) => moment)
  if (day <= today) return day
  throw new Fault('usage', `${day} is after today`)
}

/** A cell without a rate: the European Central Bank writes N/A. */
function isNone(text: string): boolean {
  return /^(?:n\/?a|nan|-|–|)$/i.test(text)
}

const THOUSANDS = { '.': /^\d{1,3}(?:\.\d{3})+$/, ',': /^\d{1,3}(?:,\d{3})+$/ }

/** A rate as decimal text with all its digits: `1,10` is `1.10`. */
function decimalOf(text: string, decimal: DecimalMark | null): string {
  if (/^\d+\.\d+$/.test(text)) {
    return decimal === ',' && THOUSANDS['.'].test(text) ? text.replaceAll('.', '') : text
  }
  if (!/^\d+,\d+$/.test(text)) return isRate(text) ? text : readNumber(text, decimal)
  if (decimal === ',' || !THOUSANDS[','].test(text)) return text.replace(',', '.')
  if (decimal === '.') return text.replaceAll(',', '')
  const [small, large] = [text.replace(',', '.'), text.replaceAll(',', '')]
  throw new Fault(
    'usage',
    `${quoted(text)} can be ${small} or ${large} (--decimal . or --decimal ,)`,
  )
}

function rateOf(text: string, mark: DecimalMark | null): Rate {
  const decimal = decimalOf(text, mark)
  // 0E-10 and the like are not rates either.
  if (isRate(decimal)) return decimal
  throw new Fault('usage', `${quoted(text)} is not a rate above zero`)
}

function codeOf(text: string): string {
  const code = text.toUpperCase()
  if (CODE.test(code)) return code
  throw new Fault('usage', `${quoted(text)} is not the code of a currency`)
}

/** How the rows of a file are read. */
export interface RateHow {
  /** What rates are for one of where the row does not say. */
  per: string
  /** The mark before decimals; null if nothing tells. */
  decimal: DecimalMark | null
  /** The order in which days are written; null reads only those that are one day. */
  dates: DateReading | null
  today: Day
}

/**
 * The rates of a row; none where all its cells say that there is none.
 * @throws Fault `usage` with the reason if a cell cannot be read.
 */
export function ratesOf({ day: at, of }: RateShape, row: RateRow, how: RateHow): DatedRate[] {
  const { per, decimal } = how
  const cell = (place: number): string => row.cells[place] ?? ''
  const day = dayOf(row, at, how)
  if (of.kind === 'one') {
    if (isNone(cell(of.rate))) return []
    const currency = codeOf(cell(of.currency))
    const base = of.per === null || cell(of.per) === '' ? per : codeOf(cell(of.per))
    const rate = rateOf(cell(of.rate), decimal)
    return currency === base ? [] : [{ currency, per: base, day, rate }]
  }
  return of.currencies.flatMap(({ at: place, code }) =>
    isNone(cell(place)) || code === per
      ? []
      : [{ currency: code, per, day, rate: rateOf(cell(place), decimal) }],
  )
}

/** The cells of a row that are rates. */
export function rateCells({ of }: RateShape, { cells }: RateRow): string[] {
  const places = of.kind === 'one' ? [of.rate] : of.currencies.map(({ at }) => at)
  return places.map((place) => cells[place] ?? '').filter((cell) => !isNone(cell))
}
