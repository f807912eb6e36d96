import type { Database } from 'better-sqlite3'
import { nameKey } from '../domain/name.ts'

/** The numbers of categories or properties, those that are not there made when first asked for. */
export interface TagBook {
  id: (name: string) => number
  /** Forgets what was looked up, after names that were added have been taken back. */
  forget: () => void
}

/** The categories or the properties of the book, each looked up once. */
export function tagBook(raw: Database, table: 'categories' | 'properties'): TagBook {
  const find = raw.prepare(`SELECT id FROM ${table} WHERE name_key = ?`).pluck()
  const insert = raw.prepare(`INSERT INTO ${table} (name, name_key) VALUES (?, ?)`)
  const known = new Map<string, number>()
  return {
    id(name) {
      const cached = known.get(name)
      if (cached !== undefined) return cached
      const key = nameKey(name)
      const id = Number(find.get(key) ?? insert.run(name, key).lastInsertRowid)
      known.set(name, id)
      return id
    },
    forget: () => known.clear(),
  }
}
