import type { Database } from 'better-sqlite3'

/**
 * Hands over the rows of a query by an aggregate, which costs a third of making an array of every row.
 * @param query a SELECT that ends in its ORDER BY.
 */
export function handOver(
  raw: Database,
  columns: readonly string[],
  query: string,
  bound: readonly unknown[],
  take: (...row: never[]) => void,
): void {
  const step = (_: null, ...row: unknown[]): void => take(...(row as never[]))
  raw.aggregate<null>('hand_over', {
    varargs: true,
    directOnly: true,
    start: null,
    step,
  })
  // LIMIT keeps SQLite from passing over the order.
  raw.prepare(`SELECT hand_over(${columns.join(', ')}) FROM (${query} LIMIT -1)`).get(...bound)
}

/** For pages that many rows change, in KiB. What does not fit is written twice; this is a bound, not a need. */
const CACHE = 16_384

/**
 * Makes room for many rows, and takes the indexes of some tables away meanwhile, which is faster than
 * keeping them. Inside a transaction, so that a failure brings them back.
 * @returns what rebuilds them.
 */
export function manyRows(raw: Database, tables: readonly string[]): () => void {
  raw.pragma(`cache_size = -${CACHE}`)
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
