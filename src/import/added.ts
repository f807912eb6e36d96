import type { Store } from '../book/store/store.ts'
import { counted } from '../domain/text.ts'
import type { ImportKind } from './map/fields.ts'

const TABLES = [
  { table: 'clients', one: 'client' },
  { table: 'processes', one: 'process', many: 'processes' },
  { table: 'owners', one: 'owner' },
  { table: 'sources', one: 'source' },
  { table: 'reasons', one: 'reason' },
  { table: 'products', one: 'product' },
  { table: 'price_lists', one: 'price list' },
  { table: 'terms', one: 'set of terms', many: 'sets of terms' },
] as const

const SHOWN = 5

/**
 * Remembers what names the book has. The function it returns says which ones were added since, one
 * note for each kind: `added 2 reasons: too dear, no need`. In a list of clients or products the new ones are
 * the rows themselves, and not worth a note.
 */
export function newNames(store: Store, kind: ImportKind): () => string[] {
  const watched = TABLES.filter(
    ({ table }) => table !== kind || (kind !== 'clients' && kind !== 'products'),
  ).map((named) => {
    const last = store.prepare(`SELECT coalesce(max(id), 0) FROM ${named.table}`).pluck().get()
    return { ...named, last }
  })
  return () =>
    watched.flatMap(({ table, last, ...words }) => {
      const added = `FROM ${table} WHERE id > ?`
      const count = store.prepare(`SELECT count(*) ${added}`).pluck().get(last) as number
      if (count === 0) return []
      const names = store
        .prepare(`SELECT name ${added} ORDER BY id LIMIT ${SHOWN}`)
        .pluck()
        .all(last) as string[]
      const more = count > names.length ? ` and ${count - names.length} more` : ''
      const what = counted(count, words.one, 'many' in words ? words.many : undefined)
      return [`added ${what}: ${names.join(', ')}${more}`]
    })
}
