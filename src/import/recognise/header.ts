import type { RawRow } from '../read/source.ts'
import { looksLikeData } from './values.ts'

// A title is a few rows; a header further down would be a second table.
const FURTHEST = 30
const TYPICAL_OF = 50
// What a blank row separates from the table below is a few rows, too.
const NEAR = 10

/** How many cells of a row are not empty. */
function filled(row: RawRow): number {
  return row.cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0)
}

function median(counts: number[]): number {
  const sorted = counts.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** True if at least half of a row's cells may be the names of columns. */
function looksLikeLabels(row: RawRow): boolean {
  const cells = row.cells.filter((cell) => cell.trim() !== '')
  const data = cells.filter((cell) => looksLikeData(cell)).length
  return data * 2 <= cells.length
}

/**
 * Which of the first rows of a file names the columns: the first one that is more than half as full
 * as the rows after it usually are, so that title rows are passed over. A block set off by a blank
 * row, narrower than a row of labels below it, is passed over as well.
 * @returns an index into `rows`.
 */
export function findHeader(rows: readonly RawRow[]): number {
  const counts = rows.map(filled)
  const first = counts
    .slice(0, FURTHEST)
    .findIndex(
      (count, index) => count * 2 > median(counts.slice(index + 1, index + 1 + TYPICAL_OF)),
    )
  return headerFrom(rows, Math.max(first, 0))
}

/**
 * A header with the second row that cells merged down into it make: “Contact” above “Name” and
 * “Phone” becomes Name and Phone, next to the merged cells.
 * @returns also the index of its last row.
 */
export function wholeHeader(
  rows: readonly RawRow[],
  index: number,
): { header: RawRow; last: number } {
  const header = rows[index] as RawRow
  const next = rows[index + 1]
  if (!next?.fromAbove || next.number !== header.number + 1) return { header, last: index }
  const width = Math.max(header.cells.length, next.cells.length)
  const cells = Array.from({ length: width }, (_, column) => {
    const below = next.cells[column] ?? ''
    return below.trim() === '' ? (header.cells[column] ?? '') : below
  })
  return { header: { number: header.number, cells }, last: index + 1 }
}

/** The row of labels below a narrower block that begins at `first` and is set off; else `first` itself. */
function headerFrom(rows: readonly RawRow[], first: number): number {
  let widest = 0
  let before = Infinity
  const near = rows.slice(first, Math.min(first + NEAR, rows.length - 1))
  const found = near.findIndex((row) => {
    const count = filled(row)
    const isSetOff = row.number > before + 1
    before = row.number
    if (isSetOff && count > widest && looksLikeLabels(row)) return true
    widest = Math.max(widest, count)
    return false
  })
  return first + Math.max(found, 0)
}
