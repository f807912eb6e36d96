import { readFileSync, statSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { Fault } from '../../domain/fault.ts'
import { withoutControls } from '../../domain/name.ts'
import { findDelimiter } from '../read/delimiter.ts'
import { kindOf } from '../read/kind.ts'
import { csvOptions } from '../read/records.ts'
import { isBlank, type RawRow } from '../read/source.ts'
import { zippedTable } from '../read/zip.ts'
import { openLines } from '../recognise/table.ts'

const MOST_BYTES = 64 << 20
const START = 1 << 16

/** A row of a file of rates. */
export interface RateRow {
  number: number
  cells: string[]
  /** The days of cells that a workbook keeps as days, in the same places. */
  days: (string | undefined)[]
}

/** The rows of a file of rates, the headers first. */
export interface RateRows {
  rows: RateRow[]
  /** What separates cells; null in a workbook. */
  delimiter: string | null
}

/** How a file of rates is read; what is left out is detected. */
export interface RateReading {
  encoding?: string | undefined
  sheet?: string | undefined
}

const plain = (cell: string): string => withoutControls(cell).trim()

/** The one table of delimited text in a zip archive, as the European Central Bank has it. */
function archived(bytes: Buffer, name: string): RateRows {
  const text = new TextDecoder().decode(zippedTable(bytes, name))
  const start = text.slice(0, START)
  const delimiter = findDelimiter(start, start.length === text.length)
  const rows: RateRow[] = []
  const keep = (cells: string[], { lines }: { lines: number }): null => {
    rows.push({ number: lines, cells: cells.map(plain), days: [] })
    return null
  }
  try {
    parse(text, { ...csvOptions(delimiter, start), bom: true, on_record: keep })
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('usage', `${name} is not a table`, 'save it as .csv', error)
  }
  return { rows: rows.filter(({ cells }) => !isBlank(cells)), delimiter }
}

/** Is a zip archive a workbook? Names of its entries are written as they are. */
function isWorkbook(bytes: Buffer): boolean {
  return bytes.includes('[Content_Types].xml') || bytes.includes('application/vnd.oasis')
}

/** A number of a workbook as it is, however its cell shows it. */
function numberIn(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text
}

function rateRow({ number, cells, typed }: RawRow): RateRow {
  const read = cells.map((cell, index) => {
    const known = typed?.[index]
    return known?.kind === 'number' ? numberIn(known.value) : plain(cell)
  })
  const days = (typed ?? []).map((known) => {
    if (known?.kind === 'date') return known.value.slice(0, 10)
    return known?.kind === 'number' ? known.day : undefined
  })
  return { number, cells: read, days }
}

/**
 * The rows of a file of rates: delimited text in any encoding, a workbook, or a zip archive with one such text in it.
 * @throws Fault `usage` if it is something else.
 */
export async function readRates(
  file: string,
  name: string,
  { encoding, sheet }: RateReading,
): Promise<RateRows> {
  const isThere = statSync(file, { throwIfNoEntry: false })
  if (isThere && isThere.size > MOST_BYTES) {
    throw new Fault('usage', `${name} is too large for a file of rates`, 'split it by years')
  }
  if (isThere?.isFile()) {
    const bytes = readFileSync(file)
    if (kindOf(bytes, name) === 'zip' && !isWorkbook(bytes)) return archived(bytes, name)
  }
  const lines = await openLines(file, name, { encoding, sheet })
  const rows: RateRow[] = []
  for await (const batch of lines.batches()) for (const row of batch) rows.push(rateRow(row))
  return { rows: rows.filter(({ cells }) => !isBlank(cells)), delimiter: lines.delimiter }
}
