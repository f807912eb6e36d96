import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { trigramsOf } from '../../domain/trigrams.ts'

/** What can be found. */
export type FoundKind = 'client' | 'deal' | 'interaction' | 'task'

const INDEX = {
  client: 'search_clients',
  deal: 'search_deals',
  interaction: 'search_interactions',
  task: 'search_tasks',
} as const

/** An index, and the column of it where clients and deals have two. */
export interface Place {
  kind: FoundKind
  column?: 'name' | 'note'
}

function matchText(grams: readonly string[], column: string | undefined): string {
  const all = grams.map((gram) => `"${gram.replaceAll('"', '""')}"`).join(' AND ')
  return column === undefined ? all : `${column} : (${all})`
}

/**
 * The newest records (highest numbers first) whose text has all trigrams of the words. Nearly all of
 * them hold the words; none that does is missing, but for the limit.
 * @param below only records with lower numbers: where the last batch ended.
 */
export async function candidates(
  db: Db,
  place: Place,
  words: readonly string[],
  limit: number,
  below: number,
): Promise<number[]> {
  const grams = [...new Set(words.flatMap(trigramsOf))]
  if (grams.length === 0) return []
  const index = sql.table(INDEX[place.kind])
  const { rows } = await sql<{ id: number }>`
    SELECT rowid AS id FROM ${index}
    WHERE ${sql.ref(INDEX[place.kind])} MATCH ${matchText(grams, place.column)} AND rowid < ${below}
    ORDER BY rowid DESC LIMIT ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Clients whose name begins with a text, found by the index of names; that very name first. */
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
