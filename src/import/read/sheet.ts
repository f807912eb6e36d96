import type { CellObject, Range, WorkSheet } from 'xlsx'
import type { ReadCell } from './spreadsheet-cell.ts'
import type { RawRow, TypedValue } from './source.ts'
import { sizeOfTable } from './pages.ts'
import { tooLong } from './kind.ts'
import { tooLarge } from './zip.ts'

// Going through the columns of a row one by one is cheap up to here.
const MANY_COLUMNS = 1000
const MANY_ROWS = 100_000
// A row is as long as its last cell is far out.
export const MOST_PLACES = 20_000_000
// A cell merged over more rows than this is not part of a list.
export const LONGEST_MERGE = 1000

// Spreadsheet programs have 16,384 columns; a damaged file may name the hundred-millionth.
export const LAST_COLUMN = 1 << 16
// Excel holds 32,767 characters in a cell.
export const LONGEST_CELL = 1 << 20

type Cells = (CellObject | undefined)[]

function rowsOf(sheet: WorkSheet): (Cells | undefined)[] {
  return (sheet as { '!data'?: Cells[] })['!data'] ?? []
}

/** The places in an array with holes that are filled, however far out they are. */
function placesOf(array: readonly unknown[], many: number): Iterable<number> {
  return array.length > many ? Object.keys(array).map(Number) : array.keys()
}

/** How much the top of a sheet looks like a table: its rows times its columns, up to 12 × 6. */
export function tableSize(sheet: WorkSheet): number {
  const rows = rowsOf(sheet)
  const widths: number[] = []
  for (const key of Object.keys(rows)) {
    const width = Object.values(rows[Number(key)] ?? []).filter((cell) => cell && cell.t !== 'z')
    if (width.length > 0) widths.push(width.length)
    if (widths.length >= 30) break
  }
  return sizeOfTable(widths)
}

/**
 * Gives each row of a cell merged over several rows the text of the first one; a number, which
 * might be summed, stays in the first row alone.
 */
function mergedCells(merges: readonly Range[] = []): (row: RawRow, index: number) => void {
  const starting = new Map<number, Range[]>()
  for (const merge of merges) {
    const rows = merge.e.r - merge.s.r
    if (rows < 1 || rows > LONGEST_MERGE) continue
    starting.set(merge.s.r, [...(starting.get(merge.s.r) ?? []), merge])
  }
  const open = new Map<number, { last: number; text: string }>()
  return (row, index) => {
    for (const [column, { last, text }] of open) {
      if (index > last) {
        open.delete(column)
      } else if (!row.cells[column]) {
        while (row.cells.length < column) row.cells.push('')
        row.cells[column] = text
        row.fromAbove = true
      }
    }
    for (const { s, e } of starting.get(index) ?? []) {
      const text = row.cells[s.c]
      if (text && row.typed?.[s.c] === undefined) open.set(s.c, { last: e.r, text })
    }
  }
}

function readRow(
  cells: Cells,
  number: number,
  read: (cell: CellObject) => ReadCell,
  name: string,
): RawRow {
  const texts: string[] = []
  const typed: (TypedValue | undefined)[] = []
  for (const column of placesOf(cells, MANY_COLUMNS)) {
    const cell = cells[column]
    if (!cell) continue
    if (column > LAST_COLUMN) throw tooLarge(name)
    const found = read(cell)
    if (found.text === '' && !found.typed) continue
    if (found.text.length > LONGEST_CELL) throw tooLong(name, number)
    while (texts.length < column) texts.push('')
    texts[column] = found.text
    if (found.typed) typed[column] = found.typed
  }
  return typed.length > 0 ? { number, cells: texts, typed } : { number, cells: texts }
}

/** How many places the rows of a sheet take, each as far as its last value; no further than too many. */
function countPlaces(data: readonly (Cells | undefined)[]): number {
  let places = 0
  for (const index of placesOf(data, MANY_ROWS)) {
    const cells = data[index] ?? []
    places += 1 + cells.findLastIndex((cell) => cell?.v !== undefined && cell.v !== '')
    if (places > MOST_PLACES) break
  }
  return places
}

const ROWS_AT_ONCE = 1000
const PLACES_AT_ONCE = 100_000

/** What was found in a sheet so far. */
export interface SheetCounts {
  rows: number
  /** Cells that hold errors. */
  errors: number
}

/**
 * Takes the rows that are not empty out of a sheet, many at a time; the sheet is empty afterwards, so
 * that the memory of a large one is needed only once.
 * @throws Fault `usage` from the batches, if the rows would fill the memory.
 */
export function readSheet(
  sheet: WorkSheet,
  read: (cell: CellObject) => ReadCell,
  name: string,
): { batches: Iterable<RawRow[]>; found: SheetCounts } {
  const data = rowsOf(sheet)
  const merge = mergedCells(sheet['!merges'])
  const found: SheetCounts = { rows: 0, errors: 0 }
  function* batches(): Generator<RawRow[]> {
    // Checked before any row is made: rows of a few cells far out take long.
    if (countPlaces(data) > MOST_PLACES) throw tooLarge(name)
    let rows: RawRow[] = []
    let places = 0
    let last = 0
    for (const index of placesOf(data, MANY_ROWS)) {
      const row = readRow(data[index] ?? [], index + 1, read, name)
      data[index] = undefined
      row.typed?.forEach((value) => (found.errors += value?.kind === 'error' ? 1 : 0))
      if (!row.typed && row.cells.every((cell) => cell.trim() === '')) continue
      merge(row, index)
      places += row.cells.length
      if (places > MOST_PLACES) throw tooLarge(name)
      found.rows += 1
      if (rows.push(row) < ROWS_AT_ONCE && places - last < PLACES_AT_ONCE) continue
      yield rows
      rows = []
      last = places
    }
    yield rows
  }
  return { batches: batches(), found }
}
