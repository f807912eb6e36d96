import type { Database, Statement } from 'better-sqlite3'

/** A value that SQLite keeps. */
export type Value = string | number | null

/** A row by the names of its columns. */
type Row = Readonly<Record<string, Value>>

/** Rows put in at once: more cost no less a row. */
const ROWS_AT_ONCE = 50

/** Collects rows of one table and puts them in many at a time. */
export interface Bulk {
  /** Takes a row; all have the same columns in the same order. Returns its id. */
  add: (row: Row) => number
  /** Puts in what was collected; until then only the caller knows of it. */
  flush: () => void
}

/**
 * A collector for one table. Ids are given out here, following the table's own, so that rows can
 * refer to others that are not put in yet; while it collects, nobody else may add to the table
 * without `flush` before.
 * @param after the collector of the rows that these refer to, which are put in before.
 */
export function bulkInsert(raw: Database, table: string, after?: Bulk): Bulk {
  let columns: string[] | undefined
  const statements = new Map<number, Statement>()
  const insert = (rows: number): Statement => {
    const known = statements.get(rows)
    if (known) return known
    const names = ['id', ...(columns ?? [])]
    const places = `(${names.map(() => '?').join(', ')})`
    const all = Array(rows).fill(places).join(', ')
    const made = raw.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES ${all}`)
    statements.set(rows, made)
    return made
  }
  const lastId = raw.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck()
  let values: Value[] = []
  let rows = 0
  let next = 0

  const flush = (): void => {
    after?.flush()
    if (rows === 0) return
    insert(rows).run(values)
    values = []
    rows = 0
  }
  return {
    flush,
    add(row) {
      // Others may have added rows since the last flush.
      if (rows === 0) next = Number(lastId.get(table) ?? 0) + 1
      columns ??= Object.keys(row)
      values.push(next, ...Object.values(row))
      rows += 1
      next += 1
      if (rows === ROWS_AT_ONCE) flush()
      return next - 1
    },
  }
}

/**
 * Takes the indexes of some tables away while many rows are added, which is faster than keeping
 * them. Inside a transaction, so that a failure brings them back.
 * @returns what makes them anew.
 */
export function withoutIndexes(raw: Database, tables: string[]): () => void {
  const indexes = raw
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
         AND tbl_name IN (${tables.map(() => '?').join(', ')})`,
    )
    .all(tables) as { name: string; sql: string }[]
  for (const { name } of indexes) raw.exec(`DROP INDEX ${name}`)
  return () => {
    for (const { sql } of indexes) raw.exec(sql)
  }
}
