import type { RawRow } from '../read/source.ts'
import { looksLikeData } from './values.ts'

// A title is a few rows; a header further down would be a second table.
const FURTHEST = 30
const TYPICAL_OF = 50

/** How many cells of a row hold something. */
function filled(row: RawRow): number {
  return row.cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0)
}

function median(counts: number[]): number {
  const sorted = counts.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** True where at least half of a row's cells may be the names of columns. */
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
  const isFullEnough = (index: number): boolean =>
    (counts[index] ?? 0) * 2 > median(counts.slice(index + 1, index + 1 + TYPICAL_OF))
  const near = Math.min(FURTHEST, rows.length)
  let first = 0
  while (first < near && !isFullEnough(first)) first += 1
  if (first === near) return 0
  return headerBelow(rows, counts, first) ?? first
}

/**
 * A header with the second row that cells merged down into it make: “Contact” above “Name” and
 * “Phone” becomes Name and Phone, beside the merged cells.
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

function headerBelow(
  rows: readonly RawRow[],
  counts: readonly number[],
  first: number,
): number | undefined {
  let widest = counts[first] ?? 0
  for (let index = first + 1; index < Math.min(first + 10, rows.length - 1); index += 1) {
    const [before, row] = [rows[index - 1], rows[index]]
    if (!before || !row) return undefined
    const count = counts[index] ?? 0
    const setOff = row.number > before.number + 1
    if (setOff && count > widest && looksLikeLabels(row)) return index
    widest = Math.max(widest, count)
  }
  return undefined
}
