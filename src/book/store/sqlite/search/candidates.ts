import type { Database } from 'better-sqlite3'
import type { SearchPlace } from '../../search.ts'

function matchText(trigrams: readonly string[], column: string | undefined): string {
  const all = trigrams.map((gram) => `"${gram.replaceAll('"', '""')}"`).join(' AND ')
  return column === undefined ? all : `${column} : (${all})`
}

/** The newest records whose text has all of the trigrams, highest numbers first. */
export function candidates(
  raw: Database,
  { table, column }: SearchPlace,
  trigrams: readonly string[],
  limit: number,
  below: number,
): number[] {
  const index = `search_${table}`
  return raw
    .prepare(
      `SELECT rowid FROM ${index} WHERE ${index} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck()
    .all(matchText(trigrams, column), below, limit) as number[]
}
