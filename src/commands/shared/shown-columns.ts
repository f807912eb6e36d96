import type { Column } from '../../domain/table.ts'

/** The column of a list that is asked for by its key, to be seen even where nothing is in it. */
export function shownColumns(columns: readonly Column[], key: string): Column[] {
  return columns
    .filter((column) => column.key === key)
    .map((column) => ({ ...column, hidden: false, optional: false }))
}
