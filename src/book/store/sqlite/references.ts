import { sql } from 'kysely'
import type { Db } from '../db.ts'

/** The columns of all tables that refer to a table's rows, as the schema has them now. */
async function referencesTo(db: Db, table: string): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    SELECT s.name AS "table", f."from" AS "column"
    FROM sqlite_schema s, pragma_foreign_key_list(s.name) f
    WHERE s.type = 'table' AND f."table" = ${table} ORDER BY s.name, f."from"`.execute(db)
  return rows
}

/**
 * Makes everything that refers to one row of a table refer to another, or to none (null).
 * @returns how many rows of each table did.
 */
export async function moveReferences(
  db: Db,
  table: 'clients' | 'contacts',
  from: number,
  to: number | null,
): Promise<Map<string, number>> {
  const moved = new Map<string, number>()
  for (const reference of await referencesTo(db, table)) {
    const column = sql.ref(reference.column)
    const { numAffectedRows } = await sql`
      UPDATE ${sql.table(reference.table)} SET ${column} = ${to} WHERE ${column} = ${from}`.execute(
      db,
    )
    const rows = Number(numAffectedRows ?? 0)
    moved.set(reference.table, (moved.get(reference.table) ?? 0) + rows)
  }
  return moved
}
