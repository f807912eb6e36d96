import { carefulInsert } from '../../book/store/bulk.ts'
import type { Store } from '../../book/store/store.ts'

const TABLES = ['deals', 'events']

function isEmpty(store: Store): boolean {
  return store.prepare('SELECT 1 FROM deals LIMIT 1').get() === undefined
}

/**
 * The deals and the tables of their details, ready to take rows, which are collected and written in batches.
 * @param large for a large file the indexes of an empty book are better built at the end.
 */
export function dealTables(store: Store, large: boolean) {
  const makeIndexes = store.manyRows(large && isEmpty(store) ? TABLES : [])
  const deals = carefulInsert(store, 'deals')
  const tables = {
    deals,
    events: carefulInsert(store, 'events', deals),
    properties: carefulInsert(store, 'deal_properties', deals),
    tags: carefulInsert(store, 'deal_tags', deals),
  }
  const all = [tables.events, tables.properties, tables.tags]
  /** Since when there are indexes: not yet, since the row being read, or before it. */
  let indexed: 'no' | 'now' | 'before' = 'no'
  return {
    ...tables,
    /** Writes everything to the book, with its indexes, so that it can be read. */
    settle: (): void => {
      for (const table of all) table.flush()
      if (indexed !== 'no') return
      makeIndexes()
      indexed = 'now'
    },
    /** Keeps the rows from everything read so far. */
    keep: (): void => {
      for (const table of all) table.keep()
      if (indexed === 'now') indexed = 'before'
    },
    /** After a row was taken back, along with everything written to the book while it was read. */
    takeBack: (): void => {
      for (const table of all) table.takeBack()
      if (indexed === 'now') indexed = 'no'
    },
  }
}

export type DealTables = ReturnType<typeof dealTables>
