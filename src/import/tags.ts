import type { Store } from '../book/store/store.ts'
import { nameKey } from '../domain/name.ts'

/** The numbers of categories or properties, those that are not there made when first asked for. */
export interface TagBook {
  id: (name: string) => number
  /** Forgets what was looked up, after names that were added have been taken back. */
  forget: () => void
}

/** The categories or the properties of the book, each looked up once. */
export function tagBook(store: Store, table: 'categories' | 'properties'): TagBook {
  const find = store.prepare(`SELECT id FROM ${table} WHERE name_key = ?`).pluck()
  const add = store.adding(`INSERT INTO ${table} (name, name_key) VALUES (?, ?)`)
  const known = new Map<string, number>()
  return {
    id(name) {
      const cached = known.get(name)
      if (cached !== undefined) return cached
      const key = nameKey(name)
      const id = (find.get(key) as number | undefined) ?? add(name, key)
      known.set(name, id)
      return id
    },
    forget: () => known.clear(),
  }
}
