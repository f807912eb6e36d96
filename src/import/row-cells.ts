import { type Day, isDay } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { unescapeFormula } from '../domain/csv-injection.ts'
import { type Currency, currencyDigits, decimalToMinor, type Money } from '../domain/money.ts'
import { currencyNamed } from '../domain/currency-signs.ts'
import { tidyLines, tidyName, tidyText } from '../domain/name.ts'
import { scaled } from '../domain/lines/scaled.ts'
import type { Proposal } from './map/propose.ts'
import type { TableRow } from './recognise/table.ts'
import { isNoDate, isSurelyNoDate } from './values/blank.ts'
import { type DateReading, isBlankWord, readDate, readMoment } from './values/dates.ts'
import { foreignSign, headerCurrency, namesCurrency } from './values/currency.ts'
import { type NumberReading, readNumber } from './values/numbers.ts'
import { isNotYet } from './values/not-yet.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import { quoted } from '../domain/plain-text.ts'

/** No spreadsheet program has longer cells; only what is kept as text may be longer. */
export const LONGEST_VALUE = 32_767

/** The fault of a cell that is longer than any name, number or list of addresses. */
export function tooLongValue(): Fault {
  return new Fault('usage', 'a cell has more than 32,767 characters, which only remarks may have')
}

/** An amount of a sheet that is finer than the currency. */
export interface Rounding {
  from: string
  to: string
}

/** A row's cells by what they are read as. */
export interface Cells {
  /** True if the file has a column for a field, or a default was given. */
  has: (field: string) => boolean
  /** The first cell of a field that is not empty, as a name of one line; null if all are. */
  one: (field: string) => string | null
  /** The header of the column that `one` reads; null if none is filled, or a person has said what it is. */
  header: (field: string) => string | null
  /** What a sign such as `x` means in the column that `one` reads; null if it may mean either. */
  ticks: (field: string) => boolean | null
  /** All cells of a field that are not empty, as text. */
  all: (field: string) => string[]
  /** @throws Fault `usage` if the cell is not a date. */
  day: (field: string) => Day | null
  /** The time of day next to the date of a field; null if it has none. */
  time: (field: string) => TimeOfDay | null
  /**
   * Minor units of the book's currency, or of the one that is named.
   * @throws Fault `usage` if the cell is not an amount, or in another currency.
   */
  money: (field: string, code?: string | null) => Money | null
  /**
   * The same, which may be below zero.
   * @throws Fault `usage` if the cell is not an amount, or in another currency.
   */
  signedMoney: (field: string, code: string) => Money | null
  /** The same, which may be below zero: a credit note among invoices. */
  signed: (field: string, code?: string | null) => Money | null
  /**
   * The currency that amounts of some fields are in, if that is not the book's: by a sign, a header, or a column
   * for it. Null if they are in the book's, or nobody can say in which.
   * @throws Fault `usage` if they are in several.
   */
  currency: (fields: readonly string[]) => string | null
  /** The same with so many decimals instead of the currency’s: the price of one unit is finer. */
  scaled: (field: string, digits: number, code?: string | null) => number | null
  /** A number that is not money, with so many decimals: a quantity. @param part of the cell that is the number. */
  number: (field: string, digits: number, part?: (cell: string) => string) => number | null
  /** The amounts read so far that were finer than the currency: what stood there, and what it became. */
  rounded: () => readonly Rounding[]
  /** The dates read so far that programs write for none, such as 0000-00-00. */
  noDates: () => readonly string[]
  /** What the file calls the currency of amounts that were read as the book's: `$`, `USD`. */
  foreign: () => readonly string[]
  /** Values of columns that are properties, by the property's name. */
  properties: () => { name: string; value: string }[]
}

/** How the cells of columns are to be read: what the whole column has shown. */
export interface Formats {
  dates: ReadonlyMap<number, DateReading | null>
  numbers: ReadonlyMap<number, NumberReading | null>
  /** What `x` means in columns of yes and no whose other cells are not blank. */
  ticks: ReadonlyMap<number, boolean | null>
  currency: Currency
  /** Are all amounts meant in that currency, whatever the file says (`--amounts-in`)? */
  isOwnCurrency: boolean
  toLocal: (moment: string) => string
}

interface Plan {
  fields: Map<string, number[]>
  properties: { index: number; name: string }[]
  columns: number
}

function planOf(columns: readonly Proposal[]): Plan {
  const plan: Plan = { fields: new Map(), properties: [], columns: columns.length }
  for (const { target, index } of columns) {
    if (target.to === 'property') plan.properties.push({ index, name: target.name })
    if (target.to !== 'field') continue
    const known = plan.fields.get(target.field)
    if (known) known.push(index)
    else plan.fields.set(target.field, [index])
  }
  return plan
}

const NONE: number[] = []
const NO_TEXTS: readonly string[] = []
const NO_ROUNDINGS: readonly Rounding[] = []

/** A header's currency that is known to be another one; null if it may be the book's. */
function otherThan(code: string, header: string | null | undefined): string | null {
  return header && namesCurrency(header, code) === false ? header : null
}

/** What a cell says is the currency, unless that is the book's. */
function notSurely(code: string, said: string): string | null {
  return namesCurrency(said, code) === true ? null : said
}

/**
 * Makes the reader of a table's rows. An apostrophe that marks a cell as not a formula is removed.
 * @param defaults texts for fields whose cells are blank.
 */
export function rowReader(
  columns: readonly Proposal[],
  formats: Formats,
  defaults: ReadonlyMap<string, string>,
): (row: TableRow) => Cells {
  const { fields, properties, columns: width } = planOf(columns)
  const firstFilled = ({ cells }: TableRow, field: string): number => {
    for (const index of fields.get(field) ?? NONE) if (cells[index]?.trim()) return index
    return -1
  }
  const text = (row: TableRow, field: string): string | undefined => {
    const index = firstFilled(row, field)
    const cell = index < 0 ? defaults.get(field) : row.cells[index]
    if (cell !== undefined && cell.length > LONGEST_VALUE) throw tooLongValue()
    return cell
  }
  const headers = new Map(
    columns.map(({ header, index, by }) => [index, by === 'wish' ? null : headerCurrency(header)]),
  )
  /** What in the row says that an amount is in another currency than the book's; null if nothing does. */
  const foreignCurrency = (row: TableRow, index: number, cell: string): string | null => {
    const { code } = formats.currency
    const said = tidyName(text(row, 'currency') ?? '')
    const named = said === '' ? otherThan(code, headers.get(index)) : notSurely(code, said)
    return named ?? foreignSign(cell, code)
  }
  /** What says that an amount is not in the currency that its row names. */
  const otherThanNamed = (
    row: TableRow,
    code: string,
    index: number,
    cell: string,
  ): string | null => {
    const isSaid = (text(row, 'currency') ?? '').trim() !== ''
    return (isSaid ? null : otherThan(code, headers.get(index))) ?? foreignSign(cell, code)
  }
  const refuseForeign = (cell: string, foreign: string, named?: string): never => {
    if (named !== undefined) throw new Fault('usage', `${quoted(cell)} is not in ${named}`)
    const { code } = formats.currency
    const why = cell.includes(foreign)
      ? `${quoted(cell)} is not in ${code}`
      : `${quoted(cell)} is in ${quoted(foreign)}, and the book in ${code}`
    throw new Fault('usage', `${why} (convert it; if ${code} is meant: --amounts-in ${code})`)
  }
  return (asWritten) => {
    const { number, cells } = asWritten
    const row: TableRow = { number, cells: cells.map(unescapeFormula) }
    if (asWritten.typed) row.typed = asWritten.typed
    // Most rows have none of these.
    let roundings: Map<number, Rounding> | undefined
    let noDates: Map<number, string> | undefined
    let foreignOnes: Map<number, string> | undefined
    /** An amount as an integer of the unit that has so many decimals. */
    const scaledCell = (
      field: string,
      digits: number,
      {
        isPrice = true,
        isMoney = true,
        isSigned = false,
        code = null,
        part = (whole) => whole,
      }: {
        isPrice?: boolean
        isMoney?: boolean
        isSigned?: boolean
        code?: string | null
        part?: ((cell: string) => string) | undefined
      } = {},
    ): number | null => {
      const index = firstFilled(row, field)
      const typed = row.typed?.[index]
      const cell = tidyName(text(row, field) ?? '')
      if (typed?.kind !== 'number' && (cell === '' || isBlankWord(cell))) return null
      const foreign = !isMoney
        ? null
        : code === null
          ? foreignCurrency(row, index, cell)
          : otherThanNamed(row, code, index, cell)
      if (foreign !== null) {
        if (!formats.isOwnCurrency) refuseForeign(cell, foreign, code ?? undefined)
        foreignOnes = (foreignOnes ?? new Map<number, string>()).set(index, foreign)
      }
      const decimal =
        typed?.kind === 'number'
          ? decimalText(typed.value, { digits })
          : readNumber(part(cell), formats.numbers.get(index) ?? null)
      const minor =
        isPrice && digits !== formats.currency.digits
          ? scaled(decimal.replace(/^-/, ''), digits, field)
          : decimalToMinor(decimal, digits)
      if (!isSigned && (minor < 0 || (minor > 0 && decimal.startsWith('-'))))
        throw new Fault('usage', `“${cell}” is below zero`)
      if (typed?.kind === 'number' && isRounded(typed.value, { digits })) {
        const rounding = { from: String(typed.value), to: decimal }
        roundings = (roundings ?? new Map<number, Rounding>()).set(index, rounding)
      }
      return minor
    }
    const money = (field: string, code: string | null, isSigned: boolean): Money | null => {
      const digits = code === null ? formats.currency.digits : currencyDigits(code)
      return scaledCell(field, digits, { isPrice: false, isSigned, code }) as Money | null
    }
    return {
      has: (field) => fields.has(field) || defaults.has(field),
      one(field) {
        return tidyName(text(row, field) ?? '') || null
      },
      header: (field) => {
        const index = firstFilled(row, field)
        return (
          columns.find((column) => column.index === index && column.by !== 'wish')?.header ?? null
        )
      },
      ticks(field) {
        const known = formats.ticks.get(firstFilled(row, field))
        return known === undefined ? true : known
      },
      all(field) {
        const found = (fields.get(field) ?? NONE)
          .map((index) => tidyText(row.cells[index] ?? ''))
          .filter((cell) => cell !== '')
        const otherwise = defaults.get(field)
        return found.length === 0 && otherwise !== undefined ? [otherwise] : found
      },
      day(field) {
        const index = firstFilled(row, field)
        const typed = row.typed?.[index]
        const none = typed?.kind === 'date' ? typed.value : (text(row, field) ?? '')
        if (isNoDate(none)) {
          noDates = (noDates ?? new Map<number, string>()).set(index, none)
          return null
        }
        if (typed?.kind === 'date') return typed.value.slice(0, 10) as Day
        if (typed?.kind === 'number' && typed.day !== undefined) return typed.day as Day
        const cell = tidyName(text(row, field) ?? '')
        if (cell === '' || isBlankWord(cell) || isNotYet(cell)) return null
        if (isDay(cell)) return cell
        return readDate(cell, formats.dates.get(index) ?? null, formats.toLocal)
      },
      time(field) {
        const index = firstFilled(row, field)
        const typed = row.typed?.[index]
        if (typed?.kind === 'date') return typedTime(typed.value)
        const cell = tidyName(text(row, field) ?? '')
        // Most dates have no time, and no shorter text has both.
        if (cell.length < SHORTEST_WITH_TIME || typed || isNoDate(cell)) return null
        return readMoment(cell, formats.dates.get(index) ?? null, formats.toLocal).time
      },
      money: (field, code = null) => money(field, code, false),
      signed: (field, code = null) => money(field, code, true),
      number: (field, digits, part) => scaledCell(field, digits, { isMoney: false, part }),
      signedMoney: (field, code) =>
        scaledCell(field, currencyDigits(code), {
          isPrice: false,
          isSigned: true,
          code,
        }) as Money | null,
      scaled: (field, digits, code = null) => scaledCell(field, digits, { code }),
      currency(named) {
        if (formats.isOwnCurrency) return null
        const found = new Set<string | null>()
        const said = tidyName(text(row, 'currency') ?? '')
        const whole = said === '' ? null : notSurely(formats.currency.code, said)
        if (whole !== null) found.add(currencyNamed(whole))
        for (const field of named) {
          const index = firstFilled(row, field)
          const cell = index < 0 ? '' : tidyName(text(row, field) ?? '')
          const foreign = cell === '' ? null : foreignCurrency(row, index, cell)
          if (foreign !== null) found.add(currencyNamed(foreign))
        }
        const codes = [...found].filter((code) => code !== null)
        if (codes.length < 2) return codes[0] ?? null
        throw new Fault('usage', `its amounts are in ${codes.join(' and ')}`)
      },
      noDates: () => (noDates ? [...noDates.values()] : NO_TEXTS),
      rounded: () => (roundings ? [...roundings.values()] : NO_ROUNDINGS),
      foreign: () => (foreignOnes ? [...foreignOnes.values()] : NO_TEXTS),
      properties() {
        const found: { name: string; value: string }[] = []
        for (const { index, name } of properties) {
          const value = tidyLines(propertyText(row, index))
          if (row.typed?.[index] === undefined && isSurelyNoDate(value)) {
            noDates = (noDates ?? new Map<number, string>()).set(index, value)
          } else if (value !== '') found.push({ name, value })
        }
        // A row may be longer than the line of headers.
        for (const [index, cell] of row.cells.slice(width).entries()) {
          const value = tidyLines(cell)
          if (value !== '') found.push({ name: `Column ${width + index + 1}`, value })
        }
        return found
      },
    }
  }
}

/** `1/1/26 9:00`, without the spaces. */
const SHORTEST_WITH_TIME = 9

/** The time of a sheet's date, `2026-11-23T14:30:00`; a day alone has none. */
function typedTime(value: string): TimeOfDay | null {
  return value.length < 16 ? null : (value.slice(11, 16) as TimeOfDay)
}

/** Days as ISO text, whatever the sheet shows; all else as it is shown. */
function propertyText(row: TableRow, index: number): string {
  const typed = row.typed?.[index]
  return typed?.kind === 'date' ? typed.value.replace('T', ' ') : (row.cells[index] ?? '')
}

/** A sheet's number as a decimal, rounded to the currency: 0.1 + 0.2 is kept as 0.30000000000000004. */
function decimalText(value: number, { digits }: Pick<Currency, 'digits'>): string {
  return value.toFixed(digits)
}

/** More than the noise of sums: 12.500000000001 is 12.50. */
function isRounded(value: number, { digits }: Pick<Currency, 'digits'>): boolean {
  return Math.abs(value - Number(value.toFixed(digits))) > 10 ** -(digits + 4)
}
