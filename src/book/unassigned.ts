import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** Stands for nobody and nothing where a number names an owner or a source: rows that have none. */
export const NONE = -1

/** Rows whose column names this record; with `NONE` rows in which it names none. */
export function hasName(column: string, id: number): RawBuilder<SqlBool> {
  const named = sql.ref(column)
  return id === NONE ? sql`${named} IS NULL` : sql`${named} = ${id}`
}
