import { counted } from '../../domain/text.ts'
import type { Table, TableRow } from './table.ts'
import { decodeEntities, hasLoneAmpersand } from '../values/entities.ts'

// If text in a column has bare ampersands this many times as often, the program that wrote it does not
// escape them.
const MOST_BARE = 10

interface ColumnEntities {
  decoded: number
  bare: number
}

/** Where a table's cells have entities of HTML, by column. */
async function survey(table: Table): Promise<Map<number, ColumnEntities>> {
  const found = new Map<number, ColumnEntities>()
  const see = (cell: string, index: number): void => {
    if (!cell.includes('&')) return
    const column = found.get(index) ?? { decoded: 0, bare: 0 }
    found.set(index, column)
    if (decodeEntities(cell) !== cell) column.decoded += 1
    if (hasLoneAmpersand(cell)) column.bare += 1
  }
  for await (const batch of table.batches()) for (const { cells } of batch) cells.forEach(see)
  return found
}

function note(
  columns: readonly (readonly [number, ColumnEntities])[],
  headers: readonly string[],
): string {
  const cells = columns.reduce((sum, [, { decoded }]) => sum + decoded, 0)
  const names = columns.map(([index]) => `“${headers[index] ?? `Column ${index + 1}`}”`)
  const were = cells === 1 ? 'was' : 'were'
  return `${counted(cells, 'cell')} held signs as web pages write them (such as &amp;), which ${were} read as plain text: ${names.join(', ')}`
}

/**
 * The table with the entities of HTML decoded in the columns that a program has escaped: those whose
 * cells have some, and not ten times as many a bare `&`; all that have some, if one of them has no
 * bare one. A note says what was decoded.
 */
export async function withoutEntities(table: Table): Promise<Table> {
  if (table.noEntities === true) return table
  const all = [...(await survey(table))].filter(([, { decoded }]) => decoded > 0)
  const isEscaped = all.some(([, { decoded, bare }]) => bare === 0 && decoded > 1)
  const columns = all.filter(([, { decoded, bare }]) => isEscaped || bare < decoded * MOST_BARE)
  if (columns.length === 0) return table
  const places = new Set(columns.map(([index]) => index))
  const decoded = (row: TableRow): TableRow => {
    if (!row.cells.some((cell) => cell.includes('&'))) return row
    const cells = row.cells.map((cell, index) => (places.has(index) ? decodeEntities(cell) : cell))
    return { ...row, cells }
  }
  async function* batches(...about: Parameters<Table['batches']>): AsyncGenerator<TableRow[]> {
    for await (const batch of table.batches(...about)) yield batch.map(decoded)
  }
  const headers = table.headers.map(decodeEntities)
  return { ...table, headers, notes: [...table.notes, note(columns, headers)], batches }
}
