import path from 'node:path'
import { Fault } from '../../domain/fault.ts'
import type { StatementHead } from '../../money/bank/balance.ts'
import type { ImportKind } from '../map/fields.ts'
import { sizeOf, startOf } from '../read/file.ts'
import type { ReadInvoice } from '../read/einvoice/invoice.ts'
import { emptyFormOf, isPdf, kindOf } from '../read/kind.ts'
import type { Lines, Progress, RawRow } from '../read/source.ts'
import { openText } from '../read/text.ts'
import { findColumns, tidyHeader } from './columns.ts'
import { findHeader, wholeHeader } from './header.ts'
import { raggedReason } from './ragged.ts'
import type { TableRow } from './table-row.ts'
import { textColumns, totalsMarker } from './totals.ts'
import { addAll } from '../../domain/lists.ts'

export type { TableRow } from './table-row.ts'

/** A table found in a spreadsheet. */
export interface Table {
  /** The name of the sheet; null in a text file. */
  sheet: string | null
  /** How the text was encoded; null in a workbook. */
  encoding: string | null
  /** What separates cells; null in a workbook. */
  delimiter: string | null
  /** The names of the columns, white space squeezed; empty for a column without a name. */
  headers: string[]
  /** The row of the headers; the first row of the file is 1. */
  headerRow: number
  /** What a person should know about how the file was read. */
  notes: string[]
  /** What the statements of a bank say besides their bookings. */
  statements?: StatementHead[] | undefined
  /** The e-invoice that the only row is of. */
  eInvoice?: ReadInvoice | undefined
  /** True if no cell can contain an entity of HTML. */
  noEntities?: boolean
  /**
   * The rows below the headers, blank ones left out, many at a time. A text file is read again each time.
   * @param onBytes is told how far the reading of a text file has come.
   */
  batches: (onBytes?: Progress) => AsyncIterable<TableRow[]>
}

/** How to find a table; everything can be left out. */
export interface TableOptions {
  /** What to call the file in messages; its own name if left out. */
  name?: string | undefined
  /** What is to be imported; clients if left out. */
  kind?: ImportKind | undefined
  /** The sheet of a workbook, in any case; the most table-like visible one if left out. */
  sheet?: string | undefined
  /** The encoding of a text file, such as `windows-1251`; detected by default. */
  encoding?: string | undefined
  /** The number of the row with the headers; detected by default. */
  headerRow?: number | undefined
}

const SAMPLE_ROWS = 500

/** Opens a spreadsheet, whatever its name says, before a table is looked for in it. */
export async function openLines(file: string, name: string, options: TableOptions): Promise<Lines> {
  const size = sizeOf(file, name, emptyFormOf(name) !== null)
  const start = await startOf(file, name)
  if (options.kind === 'invoices' && isPdf(start)) {
    const { openPdfInvoice } = await import('../read/einvoice/open.ts')
    return openPdfInvoice(file, name, options.kind)
  }
  const kind = kindOf(start, name)
  if (kind !== 'text') {
    const { openWorkbook } = await import('../read/workbook.ts')
    return openWorkbook(file, name, kind, options.sheet)
  }
  const { encoding, sheet, kind: what = 'clients' } = options
  return openText(file, name, { size, encoding, sheet, kind: what })
}

async function firstRows(lines: Lines, count: number): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const batch of lines.batches()) {
    addAll(rows, batch.slice(0, count - rows.length))
    if (rows.length >= count) break
  }
  return rows
}

function chooseHeader(rows: readonly RawRow[], name: string, wish: number | undefined): number {
  if (wish === undefined) return findHeader(rows)
  const index = rows.findIndex((row) => row.number === wish)
  if (index >= 0) return index
  const hint = 'count the rows from 1, blank ones too'
  throw new Fault('usage', `${name} has no headers in row ${wish}`, hint)
}

function aboveHeader(rows: readonly RawRow[], header: number): string[] {
  if (header === 0) return []
  const row = rows[header]?.number
  return [`the headers are in row ${row}; what is above them was left out`]
}

function same(header: string, cell: string): boolean {
  const text = cell.trim()
  return text === header || (text.length > header.length && tidyHeader(text) === header)
}

/** True for a row that repeats the headers, as when lists were put one below another. */
function repeats(row: TableRow, headers: readonly string[]): boolean {
  if (row.cells.length > headers.length) return false
  return headers.every((header, index) => same(header, row.cells[index] ?? ''))
}

/**
 * Finds the table in a spreadsheet, by what the file is and whatever its name says: CSV and other
 * delimited text in any encoding, XLSX, XLSM, XLSB, XLS or ODS, a web page, XML Spreadsheet, JSON or
 * vCard. Rows that are not records, such as totals, come with the reason in `reject`; so do rows of text
 * that are longer than the headers. Text is read as a stream, so that a file of any length takes little
 * memory.
 * @throws Fault `usage` if the file cannot be read, is not a spreadsheet, or is empty. Faults of
 * later rows of a text file come when those are read.
 */
export async function openTable(file: string, options: TableOptions = {}): Promise<Table> {
  const name = options.name ?? path.basename(file)
  const lines = await openLines(file, name, options)
  const wish = options.headerRow
  const top = await firstRows(lines, SAMPLE_ROWS + (wish ?? 0))
  if (top.length === 0) {
    throw new Fault('usage', `${name} is empty`, 'the first row must name the columns')
  }
  const { isRecords = false } = lines
  if (isRecords && wish !== undefined) {
    const hint = 'leave out --header-row: the records name their fields'
    throw new Fault('usage', `${name} has no row of headers`, hint)
  }
  const index = isRecords ? 0 : chooseHeader(top, name, wish)
  const { header, last } = isRecords
    ? { header: top[0] as RawRow, last: 0 }
    : wholeHeader(top, index)
  const below = top.slice(last + 1)
  const { headers, picker } = findColumns(header, below)
  const texts = textColumns(below.map(picker()))
  const lastHeader = top[last]?.number ?? 0
  // A sheet may have remarks next to its table; in text, a longer row has a cell that was split.
  const raggedOf = ({ cells }: RawRow): string | null =>
    lines.delimiter === null ? null : raggedReason(cells, header.cells.length, lines.delimiter)
  async function* batches(onBytes?: Progress): AsyncGenerator<TableRow[]> {
    const pick = picker()
    const marker = totalsMarker(texts)
    for await (const batch of lines.batches(onBytes)) {
      const rows: TableRow[] = []
      for (const raw of batch) {
        if (raw.number <= lastHeader) continue
        const row = pick(raw)
        if (isRecords) {
          if (raw.reject !== undefined) row.reject = raw.reject
          rows.push(row)
          continue
        }
        const ragged = raggedOf(raw)
        if (ragged !== null) row.reject = ragged
        else if (repeats(row, headers)) row.reject = 'repeats the headers'
        marker.push(row, rows)
      }
      yield rows
    }
    yield marker.end()
  }
  const { sheet, encoding, delimiter, noEntities = false } = lines
  const notes = [...lines.notes, ...aboveHeader(top, index)]
  return {
    sheet,
    encoding,
    delimiter,
    headers,
    headerRow: header.number,
    notes,
    noEntities,
    statements: lines.statements,
    eInvoice: lines.eInvoice,
    batches,
  }
}
