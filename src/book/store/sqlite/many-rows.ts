import type { Database } from 'better-sqlite3'

/**
 * Hands over the rows of a query through an aggregate, at a third of the cost of an array per row.
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
  // LIMIT keeps SQLite from ignoring the order.
  raw.prepare(`SELECT hand_over(${columns.join(', ')}) FROM (${query} LIMIT -1)`).get(...bound)
}

/**
 * Cache for pages that many rows change, in KiB. What does not fit is written twice; this is an upper limit.
 */
const CACHE = 16_384

/**
 * Prepares for many rows, and drops the indexes of some tables meanwhile, which is faster than updating them.
 * Inside a transaction, so that a failure restores them.
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
