import { carefulInsert } from '../../book/store/bulk.ts'
import type { Store } from '../../book/store/store.ts'

const TABLES = ['deals', 'events']

function isEmpty(store: Store): boolean {
  return store.prepare('SELECT 1 FROM deals LIMIT 1').get() === undefined
}

/**
 * The deals and the tables of what belongs to them, ready to take rows, which wait until there are many.
 * @param large for a large file the indexes of an empty book are better made at the end.
 */
export function dealTables(store: Store, large: boolean) {
  const makeIndexes = store.manyRows(large && isEmpty(store) ? TABLES : [])
  const deals = carefulInsert(store, 'deals')
  const tables = {
    deals,
    events: carefulInsert(store, 'events', deals),
    properties: carefulInsert(store, 'deal_properties', deals),
  }
  const all = [tables.events, tables.properties]
  /** Since when the indexes are there: not yet, since the row that is being read, or before it. */
  let indexed: 'no' | 'now' | 'before' = 'no'
  return {
    ...tables,
    /** Puts everything into the book, with its indexes, for whoever wants to read it. */
    settle: (): void => {
      for (const table of all) table.flush()
      if (indexed !== 'no') return
      makeIndexes()
      indexed = 'now'
    },
    /** Keeps the rows that came from what was read so far. */
    keep: (): void => {
      for (const table of all) table.keep()
      if (indexed === 'now') indexed = 'before'
    },
    /** After a row was taken back, with all that came into the book while it was read. */
    takeBack: (): void => {
      for (const table of all) table.takeBack()
      if (indexed === 'now') indexed = 'no'
    },
  }
}

export type DealTables = ReturnType<typeof dealTables>
