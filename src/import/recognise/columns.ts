import { shortened } from '../../domain/plain-text.ts'
import type { RawRow, TypedValue } from '../read/source.ts'
import type { TableRow } from './table-row.ts'

/** A longer text does not name a column; a closer look at names would be slow on it. */
const LONGEST_HEADER = 1000

/** The name of a column as it is kept: without white space around it, and with single spaces in it. */
export function tidyHeader(cell: string): string {
  return shortened(cell.trim().replaceAll(/\s+/g, ' '), LONGEST_HEADER)
}

/** The columns of a table, without empty ones. */
export interface Columns {
  headers: string[]
  /** A function that puts the cells of rows under the headers; one for each reading of the rows. */
  picker: () => (row: RawRow) => TableRow
}

function columnsInUse(header: RawRow, rows: readonly RawRow[]): number[] {
  const used: boolean[] = []
  for (const row of [header, ...rows]) {
    row.cells.forEach((cell, index) => (used[index] ||= cell.trim() !== ''))
    row.typed?.forEach((value, index) => (used[index] ||= value !== undefined))
  }
  const inUse = [...used.keys()].filter((index) => used[index])
  // Cells beyond the headers stay beyond them.
  const last = header.cells.findLastIndex((cell) => cell.trim() !== '')
  return inUse.filter((index) => index <= last)
}

/** What is left of a row beyond the columns in use: cells under no header. */
function strayColumns(row: RawRow, known: ReadonlyMap<number, number>): number[] {
  return [...row.cells.keys()].filter((index) => !known.has(index) && row.cells[index]?.trim())
}

/** What is known of a row's cells, by the places of their columns. */
function typedIn(
  typed: NonNullable<RawRow['typed']>,
  places: ReadonlyMap<number, number>,
): TypedValue[] {
  const found: TypedValue[] = []
  typed.forEach((value, column) => {
    const place = places.get(column)
    if (value && place !== undefined) found[place] = value
  })
  return found
}

/**
 * The columns from the first to the last header, except those without a header and, in the rows given,
 * without a cell. A cell that later turns up under no header is kept behind the others: each such
 * column has the next free place, the same one in every row.
 */
export function findColumns(header: RawRow, rows: readonly RawRow[]): Columns {
  const inUse = columnsInUse(header, rows)
  const headers = inUse.map((index) => tidyHeader(header.cells[index] ?? ''))
  const isPlain = inUse.every((column, index) => column === index)
  const picker = () => {
    const columns = [...inUse]
    const places = new Map(columns.map((column, place) => [column, place]))
    return ({ number, cells, typed }: RawRow): TableRow => {
      const isShort = cells.length <= headers.length
      if (isPlain && isShort) return typed ? { number, cells, typed } : { number, cells }
      for (const stray of strayColumns({ number, cells }, places)) {
        places.set(stray, columns.length)
        columns.push(stray)
      }
      // There may be many more columns than this row has cells.
      let end = Math.min(cells.length, headers.length)
      cells.forEach((cell, column) => {
        if (cell !== '') end = Math.max(end, (places.get(column) ?? -1) + 1)
      })
      const kept = columns.slice(0, end)
      const row: TableRow = { number, cells: kept.map((column) => cells[column] ?? '') }
      if (typed) row.typed = typedIn(typed, places)
      return row
    }
  }
  return { headers, picker }
}
