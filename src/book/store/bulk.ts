import type { Insertable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import type { Statement, Store, Value } from './store.ts'

/** A row by the names of its columns. */
type Row<T extends keyof Tables> = Insertable<Tables[T]>

/** How many rows are inserted at once: more would be no faster per row. */
const ROWS_AT_ONCE = 50

/** Collects rows of one table and inserts many at a time. */
export interface Bulk<T extends keyof Tables> {
  /** Takes a row; all have the same columns in the same order. Returns its id. */
  add: (row: Row<T>) => number
  /** Inserts what was collected; until then it is not in the book. */
  flush: () => void
}

/** One that can discard what was added since `keep`. */
export interface CarefulBulk<T extends keyof Tables> extends Bulk<T> {
  /** Keeps what was added so far, and inserts it if there is a lot. */
  keep: () => void
  /** Discards what was added since, after the book was rolled back to that point. */
  takeBack: () => void
}

/** Waiting rows, and how they are inserted. */
function collector<T extends keyof Tables>(store: Store, table: T, before: () => void) {
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
  /** How many of the rows in `values`, from the first on, the book has already. */
  let sent = 0
  let rows = 0
  let next = 0
  const width = (): number => 1 + (columns?.length ?? 0)
  return {
    waiting: () => rows - sent,
    held: () => rows,
    add(row: Row<T>): number {
      // Others may have added rows since the last flush.
      if (rows === sent) next = store.lastId(table) + 1
      columns ??= Object.keys(row)
      values.push(next, ...Object.values<Value>(row))
      rows += 1
      next += 1
      return next - 1
    },
    flush(): void {
      before()
      if (rows === sent) return
      const waiting = sent === 0 ? values : values.slice(sent * width())
      for (let from = 0; from < rows - sent; from += ROWS_AT_ONCE) {
        const count = Math.min(ROWS_AT_ONCE, rows - sent - from)
        const some = waiting.slice(from * width(), (from + count) * width())
        insert(count).run(some)
      }
      sent = rows
    },
    /** Forgets the rows that the book has. */
    drop(): void {
      if (sent === 0) return
      values = sent === rows ? [] : values.slice(sent * width())
      rows -= sent
      sent = 0
    },
    /** Forgets all but the first rows, none of which the book has. */
    cut(to: number): void {
      next -= rows - to
      values.length = to * width()
      rows = to
      sent = 0
    },
  }
}

/**
 * A collector for one table. Ids are given out here, following the table's own, so that rows can refer to
 * others that are not inserted yet; while it collects, nobody else may add to the table without calling
 * `flush` first.
 * @param after the collector of the rows that these refer to, which are inserted first.
 */
export function bulkInsert<T extends keyof Tables>(
  store: Store,
  table: T,
  after?: Pick<Bulk<T>, 'flush'>,
): Bulk<T> {
  const rows = collector(store, table, () => after?.flush())
  const flush = (): void => {
    rows.flush()
    rows.drop()
  }
  return {
    flush,
    add(row) {
      const id = rows.add(row)
      if (rows.waiting() === ROWS_AT_ONCE) flush()
      return id
    },
  }
}

/**
 * The same for rows that a savepoint may roll back: nothing is inserted while a row is read, unless asked
 * for.
 */
export function carefulInsert<T extends keyof Tables>(
  store: Store,
  table: T,
  after?: Omit<CarefulBulk<T>, 'add'>,
): CarefulBulk<T> {
  const rows = collector(store, table, () => after?.flush())
  let kept = 0
  return {
    add: (row) => rows.add(row),
    flush: () => rows.flush(),
    keep() {
      if (rows.waiting() >= ROWS_AT_ONCE) rows.flush()
      after?.keep()
      rows.drop()
      kept = rows.held()
    },
    takeBack() {
      after?.takeBack()
      rows.cut(kept)
    },
  }
}
