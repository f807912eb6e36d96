import { nameKey } from '../domain/name.ts'
import type { Cell, Column, ColumnType, LongTable } from '../domain/table.ts'
import { findColumn, type Listed, noColumn, propertyIn } from '../records/list-columns.ts'

/** A column whose label is its key, as in files. */
export function column(key: string, type: ColumnType = 'text'): Column {
  return { key, label: key, type }
}

/**
 * Finds columns by name; a property is named as it is, or as `property:NAME`.
 * @throws Fault `usage` with the nearest, or with all columns, if one is not known.
 */
function chooseColumns(of: Listed, keys: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((name) => {
    const property = nameKey(propertyIn(name) ?? '')
    const isOwn = (key: string): boolean => property !== '' && nameKey(key) === property
    const found = keys.find((key) => nameKey(key) === nameKey(name)) ?? findColumn(of, keys, name)
    const key = found ?? keys.find(isOwn)
    if (key !== undefined) return keys.indexOf(key)
    throw noColumn(of, name, keys, 'file')
  })
}

/** The table with only some of its columns, in the order given. */
export function withColumns(
  of: Listed,
  table: LongTable,
  wanted: readonly string[] | undefined,
): LongTable {
  if (!wanted) return table
  const keys = table.columns.map(({ key }) => key)
  const places = chooseColumns(of, keys, wanted)
  const pick = <T>(cells: readonly T[]): T[] => places.map((index) => cells[index] as T)
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const cells of table.rows) yield pick(cells)
  }
  return { ...table, columns: pick(table.columns), rows: rows() }
}
