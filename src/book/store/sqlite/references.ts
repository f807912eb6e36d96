import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** The columns of all tables that refer to a table's rows, as the schema has them now. */
export async function referencesTo(
  db: Db,
  table: string,
): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT s.name AS "table", f."from" AS "column"
    FROM sqlite_schema s, pragma_foreign_key_list(s.name) f
    WHERE s.type = 'table' AND f."table" = ${table} ORDER BY s.name, f."from"`.execute(db)
  return rows
}
