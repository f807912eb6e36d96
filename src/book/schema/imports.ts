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
}

/** How the columns of a kind of file are read, kept under a name; `profile` is JSON. */
export interface ImportProfilesTable {
  id: Generated<number>
  name: string
  name_key: string
  kind: ImportKind
  profile: string
}
