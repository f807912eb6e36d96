import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import type { Cell, Column, ColumnType, LongTable } from '../domain/table.ts'

/** A column whose label is its key, as files have it. */
export function column(key: string, type: ColumnType = 'text'): Column {
  return { key, label: key, type }
}

/**
 * Finds columns by name.
 * @throws Fault `usage` with the columns there are, where one is not known.
 */
function chooseColumns(keys: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((name) => {
    const index = keys.findIndex((key) => nameKey(key) === nameKey(name))
    if (index >= 0) return index
    throw new Fault('usage', `there is no column “${name}”`, `use some of: ${keys.join(', ')}`)
  })
}

/** The table with only some of its columns, in the order given. */
export function withColumns(table: LongTable, wanted: readonly string[] | undefined): LongTable {
  if (!wanted) return table
  const keys = table.columns.map(({ key }) => key)
  const places = chooseColumns(keys, wanted)
  const pick = <T>(cells: readonly T[]): T[] => places.map((index) => cells[index] as T)
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const cells of table.rows) yield pick(cells)
  }
  return { ...table, columns: pick(table.columns), rows: rows() }
}
