import type { Db } from '../../book/store/db.ts'
import type { Search } from '../../book/store/search.ts'
import { trigramsOf } from '../../domain/trigrams.ts'

/** What has an index of its own. */
export type IndexedKind = 'client' | 'deal' | 'interaction' | 'task'

/** What can be found. */
export type FoundKind = IndexedKind | 'product' | 'invoice' | 'proposal'

/** An index, and the column of it where clients and deals have two. */
export interface Place {
  kind: IndexedKind
  column?: 'name' | 'note'
}

const TABLES = {
  client: 'clients',
  deal: 'deals',
  interaction: 'interactions',
  task: 'tasks',
} as const

/**
 * The newest records (highest numbers first) whose text has all trigrams of the words. Nearly all of them
 * contain the words; apart from the limit, none is missing.
 * @param below only records with lower numbers: where the last batch ended.
 */
export function candidates(
  search: Search,
  { kind, column }: Place,
  words: readonly string[],
  limit: number,
  below: number,
): number[] {
  const trigrams = [...new Set(words.flatMap(trigramsOf))]
  if (trigrams.length === 0) return []
  return search.candidates({ table: TABLES[kind], column }, trigrams, limit, below)
}

/** Clients whose name begins with a text, found by the index of names; an exact match first. */
export async function clientsNamed(
  db: Db,
  key: string,
  limit: number,
): Promise<{ id: number; name: string }[]> {
  if (key === '') return []
  return db
    .selectFrom('clients')
    .select(['id', 'name'])
    .where('name_key', '>=', key)
    .where('name_key', '<', `${key}\u{10ffff}`)
    .orderBy('name_key')
    .limit(limit)
    .execute()
}
