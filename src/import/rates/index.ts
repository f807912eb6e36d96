import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Reject, Tally } from '../tally.ts'
import { eachRateRow } from './read.ts'
import { type RateShape, ratesOf, shapeOf } from './shape.ts'
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
}

/** The European Central Bank's files do not say what their rates are for one of. */
const CENTRAL_BANK = 'EUR'

/**
 * Imports a file of rates, inside the caller's operation.
 * @param how `book` the code of the book's currency; `per` what the rates are for one of, if the file does not
 *   say: by default EUR in a file with a column for each currency, else the book's.
 * @throws Fault `usage` if it is not a file of rates; `failed` if more rows are rejected than may be.
 */
export function importRates(
  store: Store,
  { file, name }: { file: string; name: string },
  how: { book: string; per?: string | undefined; today: Day; maxRejects: number | null },
): RatesImported {
  const writer = rateWriter(store, name)
  const tally = new Tally(how.maxRejects)
  let shape: RateShape | undefined
  let read = 0
  eachRateRow(file, name, (row, cells, delimiter) => {
    if (!shape) {
      shape = shapeOf(cells, name)
      return
    }
    read += 1
    const usual = shape.of.kind === 'day' ? CENTRAL_BANK : how.book
    const given = { per: how.per ?? usual, commas: delimiter !== ',', today: how.today }
    try {
      tally.take(writer.write(ratesOf(shape, cells, given)))
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'usage') throw error
      tally.reject(row, error.message, cells)
    }
  })
  if (!shape) throw new Fault('usage', `${name} is empty`)
  writer.finish()
  const { counts, rejects } = tally
  return { read, ...counts, rejected: rejects.length, rejects, rates: writer.counts }
}
