import type { Column } from '../../domain/table.ts'

/** A list's column that is asked for by its key, and so shown even if it is empty. */
export function shownColumns(columns: readonly Column[], key: string): Column[] {
  return columns
    .filter((column) => column.key === key)
    .map((column) => ({ ...column, hidden: false, optional: false }))
}
