import type { Database } from 'better-sqlite3'
import type { KnownNames } from './map/propose.ts'

/** The names of the book by which columns are recognised that have them. */
export function knownNames(raw: Database): KnownNames {
  const keys = (table: 'owners' | 'sources' | 'stages'): Set<string> =>
    new Set(raw.prepare(`SELECT name_key FROM ${table}`).pluck().all() as string[])
  return { owner: keys('owners'), source: keys('sources'), stage: keys('stages') }
}
