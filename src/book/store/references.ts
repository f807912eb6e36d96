import { sql } from 'kysely'
import type { Db } from './db.ts'
import { referencesTo } from './kind.ts'

/**
 * Makes everything that refers to one row of a table refer to another, or to none (null).
 * @returns how many rows of each table changed.
 */
export async function moveReferences(
  db: Db,
  table: string,
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
