import type { Statement, Store, Value } from './store.ts'

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
export function bulkInsert(store: Store, table: string, after?: Bulk): Bulk {
  let columns: string[] | undefined
  const statements = new Map<number, Statement>()
  const insert = (rows: number): Statement => {
    const prepared = statements.get(rows)
    if (prepared) return prepared
    const names = ['id', ...(columns ?? [])]
    const places = `(${names.map(() => '?').join(', ')})`
    const all = Array(rows).fill(places).join(', ')
    const made = store.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES ${all}`)
    statements.set(rows, made)
    return made
  }
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
      if (rows === 0) next = store.lastId(table) + 1
      columns ??= Object.keys(row)
      values.push(next, ...Object.values(row))
      rows += 1
      next += 1
      if (rows === ROWS_AT_ONCE) flush()
      return next - 1
    },
  }
}
