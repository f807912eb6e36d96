import { rowAdder } from '../book/store/put.ts'
import type { Store } from '../book/store/store.ts'
import { nameKey } from '../domain/name.ts'
import { nameRow } from '../records/rows/name.ts'

/** The numbers of categories or properties; missing ones are added when first asked for. */
export interface TagBook {
  id: (name: string) => number
  /** Forgets what was looked up, after names that were added have been taken back. */
  forget: () => void
}

/** The categories or the properties of the book, each looked up once. */
export function tagBook(store: Store, table: 'categories' | 'properties'): TagBook {
  const find = store.prepare(`SELECT id FROM ${table} WHERE name_key = ?`).pluck()
  const add = rowAdder(store, table)
  const ids = new Map<string, number>()
  return {
    id(name) {
      const cached = ids.get(name)
      if (cached !== undefined) return cached
      const id = (find.get(nameKey(name)) as number | undefined) ?? add(nameRow(name))
      ids.set(name, id)
      return id
    },
    forget: () => ids.clear(),
  }
}
