import type { Generated } from 'kysely'

export type ImportKind = 'clients' | 'deals' | 'history' | 'interactions' | 'tasks'

/** A file that records came from. */
export interface ImportsTable {
  id: Generated<number>
  what: ImportKind
  file: string
  sheet: string | null
  sha256: string | null
  at: string
  /** 1 where it marked the opening days that its file did not have; 0 for those of earlier releases. */
  days_known: Generated<0 | 1>
  /** The day of it in the book's time zone, which stands in for closing days that the file lacked. */
  day: string | null
}

/** How the columns of a kind of file are read, kept under a name; `profile` is JSON. */
export interface ImportProfilesTable {
  id: Generated<number>
  name: string
  name_key: string
  kind: ImportKind
  profile: string
}
