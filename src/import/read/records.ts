import { Readable } from 'node:stream'
import { CsvError, type Options, parse } from 'csv-parse'
import { Fault } from '../../domain/fault.ts'
import { tooLong } from './kind.ts'
import { type PlainRow, PlainRows } from './plain-rows.ts'
import { isBlank, type RawRow } from './source.ts'

/** In characters. No spreadsheet program has such a row; anything longer is a quote that nobody closed. */
export const LONGEST_RECORD = 1 << 22
/** Spreadsheet programs have no more columns. */
const MOST_COLUMNS = 1 << 14
const ROWS_AT_ONCE = 100
const LINE_END = /\r\n|\r|\n/

/**
 * How this program reads delimited text: forgiving, and with line ends of every kind.
 * @param start the beginning of the text. If it has blanks between a delimiter and a quote, as
 *   some people type it, blanks around cells are left out; otherwise the quotes would be text.
 */
export function csvOptions(delimiter: string, start: string): Options & { delimiter: string } {
  const sign = delimiter.replace(/[\^$.*+?()[\]{}|\\]/, String.raw`\$&`)
  const quoteAfterBlanks = new RegExp(`(?:^|${sign}) +"[^"${sign}\r\n]`, 'm')
  return {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    trim: !/\s/.test(delimiter) && quoteAfterBlanks.test(start),
    max_record_size: LONGEST_RECORD,
  }
}

function unclosedQuote(name: string, row: number, cause?: unknown): Fault {
  return new Fault(
    'usage',
    `${name} is not sound: in row ${row} a quote (") opens and is never closed`,
    'close the quote, or write it twice if it is part of the text',
    cause,
  )
}

function explain(error: unknown, name: string, row: number): unknown {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return unclosedQuote(name, row, error)
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return tooLong(name, row, error)
  }
  return new Fault('usage', `${name} is not sound: row ${row}: ${error.message}`, undefined, error)
}

/**
 * A forgotten quote turns many rows into one cell: either it ends where the next quote opens a cell,
 * or its lines look like rows themselves.
 */
function swallowsRows(cell: string, delimiter: string, width: number): boolean {
  if (width < 2 || !LINE_END.test(cell)) return false
  // The quote that nobody closed stands before the pairs of the cells it ran into.
  const isOdd = cell.split('"').length % 2 === 0
  if (isOdd && cell.startsWith('"') && cell.includes(`${delimiter}"`)) return true
  const lines = cell.split(LINE_END).slice(1, -1)
  return lines.length >= 3 && lines.every((line) => line.split(delimiter).length === width)
}

/** The records of text that need not conform to RFC 4180. */
async function* patientRecords(
  pieces: AsyncIterable<string>,
  options: Options,
): AsyncGenerator<PlainRow[]> {
  const parser = parse(options)
  const input = Readable.from(pieces)
  input.on('error', (error) => parser.destroy(error))
  try {
    for await (const cells of input.pipe(parser) as AsyncIterable<string[]>) {
      yield [{ cells, hasLines: true }]
    }
  } finally {
    input.destroy()
  }
}

/** The records of a text, by the fast reader as far as it goes. */
async function* recordsOf(
  pieces: AsyncIterable<string>,
  options: Options & { delimiter: string },
): AsyncGenerator<PlainRow[]> {
  if (options.trim === true) {
    yield* patientRecords(pieces, options)
    return
  }
  const plain = new PlainRows(options.delimiter, LONGEST_RECORD)
  const input = pieces[Symbol.asyncIterator]()
  async function* following(): AsyncGenerator<string> {
    yield plain.rest
    for (let next = await input.next(); !next.done; next = await input.next()) yield next.value
  }
  try {
    while (!plain.isOdd) {
      const next = await input.next()
      yield* next.done ? plain.finish() : plain.take(next.value)
      if (next.done) break
    }
    if (plain.isOdd) yield* patientRecords(following(), options)
  } finally {
    await input.return?.()
  }
}

/**
 * The rows of comma-separated text (RFC 4180) or text with another delimiter, blank ones left out,
 * many at a time. A row's number counts records, blank ones too, as a spreadsheet program would
 * number it.
 * @param pieces the text; a piece may end anywhere.
 * @param options as of `csvOptions`.
 * @param name what the file is called in messages.
 * @throws Fault `usage` naming the row in which a quote is never closed, or which is too long for a table.
 */
export async function* readRecords(
  pieces: AsyncIterable<string>,
  options: Options & { delimiter: string },
  name: string,
): AsyncGenerator<RawRow[]> {
  const { delimiter } = options
  let number = 0
  let width = 0
  let batch: RawRow[] = []
  try {
    for await (const records of recordsOf(pieces, options)) {
      for (const { cells, hasLines } of records) {
        number += 1
        if (cells.length > MOST_COLUMNS) throw tooLong(name, number)
        if (hasLines && cells.some((cell) => swallowsRows(cell, delimiter, width))) {
          throw unclosedQuote(name, number)
        }
        width = cells.length
        if (!isBlank(cells)) batch.push({ number, cells })
      }
      if (batch.length < ROWS_AT_ONCE) continue
      yield batch
      batch = []
    }
  } catch (error) {
    throw explain(error, name, number + 1)
  }
  yield batch
}
