import type { Database } from 'better-sqlite3'

/** One step of the schema. It never imports code of the program, so that it always does the same. */
export interface Migration {
  number: number
  name: string
  up: (database: Database) => void
  /** It leaves the table `stays` empty: the program fills that once all migrations are done. */
  emptiesStays?: true
}
