import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** Instead of the number of an owner or a source: rows that have none. */
export const UNASSIGNED = -1

/** Rows whose column names this record; with `NONE`, rows in which it is empty. */
export function isAssigned(column: string, id: number): RawBuilder<SqlBool> {
  const named = sql.ref(column)
  return id === UNASSIGNED ? sql`${named} IS NULL` : sql`${named} = ${id}`
}
