import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Reject, Tally } from '../tally.ts'
import { dateReading, type FormatWishes, refuseDoubt } from '../evidence.ts'
import { dateColumn } from '../values/dates.ts'
import { eraColumn } from '../values/era.ts'
import { numberColumn } from '../values/numbers.ts'
import { type RateReading, type RateRow, type RateRows, readRates } from './read.ts'
import { rateCells, type RateHow, type RateShape, ratesOf, shapeOf } from './shape.ts'
import { type RateCounts, rateWriter } from './writer.ts'

/** What a file of rates came to: its rows by what became of them, and its rates. */
export interface RatesImported {
  read: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  rejects: Reject[]
  rates: RateCounts
  /** What a person should know about how the file was read. */
  notes: string[]
}

/** The European Central Bank's files do not say what their rates are for one of. */
const CENTRAL_BANK = 'EUR'

/** What is said of a file of rates by who imports it. */
interface RatesAsked extends RateReading {
  /** The code of the book's currency. */
  book: string
  /** What the rates are for one of, if the file does not say. */
  per?: string | undefined
  formats: FormatWishes
  today: Day
  maxRejects: number | null
}

/** How days and rates of a file are written. @throws Fault `usage` if days can be read in two ways. */
async function howWritten(
  shape: RateShape,
  headers: RateRow,
  rows: readonly RateRow[],
  { delimiter }: Pick<RateRows, 'delimiter'>,
  formats: FormatWishes,
): Promise<Pick<RateHow, 'dates' | 'decimal'> & { notes: string[] }> {
  const [seen, era, numbers] = [dateColumn(), eraColumn(), numberColumn()]
  for (const row of rows) {
    if (row.days[shape.day] === undefined) {
      const day = row.cells[shape.day] ?? ''
      seen.see(day)
      era.see(day)
    }
    for (const cell of rateCells(shape, row)) numbers.see(cell)
  }
  const column = { index: shape.day, header: headers.cells[shape.day] ?? '' }
  const about = { column, seen, era, isBuddhist: era.isBuddhist() }
  const { reading, notes } = await dateReading(about, formats, refuseDoubt)
  const found = numbers.decide()
  const mark = found.state === 'clear' || found.state === 'mixed' ? found.mark : null
  // Where commas do not separate cells, they begin decimals.
  const usual = delimiter === ',' ? null : ','
  const shown = found.state === 'undecided' ? usual : mark
  return { dates: reading, decimal: formats.decimal ?? shown, notes }
}

/**
 * Imports a file of rates, inside the caller's operation.
 * @param how `per` by default EUR in a file with a column for each currency, else the book's.
 * @throws Fault `usage` if it is not a file of rates, or its days can be read in two ways; `failed` if more rows are
 *   rejected than may be.
 */
export async function importRates(
  store: Store,
  { file, name }: { file: string; name: string },
  how: RatesAsked,
): Promise<RatesImported> {
  const { rows: all, delimiter } = await readRates(file, name, how)
  const [headers, ...rows] = all
  if (!headers) throw new Fault('usage', `${name} is empty`)
  const shape = shapeOf(headers.cells, name)
  const { dates, decimal, notes } = await howWritten(
    shape,
    headers,
    rows,
    { delimiter },
    how.formats,
  )
  const per = how.per ?? (shape.of.kind === 'day' ? CENTRAL_BANK : how.book)
  const writer = rateWriter(store, name)
  const tally = new Tally(how.maxRejects)
  for (const row of rows) {
    try {
      tally.take(writer.write(ratesOf(shape, row, { per, dates, decimal, today: how.today })))
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'usage') throw error
      tally.reject(row.number, error.message, row.cells)
    }
  }
  writer.finish()
  const { counts, rejects } = tally
  const read = rows.length
  return { read, ...counts, rejected: rejects.length, rejects, rates: writer.counts, notes }
}
