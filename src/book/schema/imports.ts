import type { Generated } from 'kysely'

/** What a file lists: one row per client, deal, step of a deal, interaction, task, product, price, line of a deal or booking of a bank. */
export type ImportKind =
  | 'clients'
  | 'deals'
  | 'history'
  | 'interactions'
  | 'tasks'
  | 'products'
  | 'prices'
  | 'lines'
  | 'goals'
  | 'invoices'
  | 'payments'
  | 'bookings'

/** A file that records came from. */
export interface ImportsTable {
  id: Generated<number>
  what: ImportKind
  file: string
  sheet: string | null
  sha256: string | null
  at: string
  /** 1 if it marked the opening days that its file lacked; 0 for imports by earlier releases. */
  days_known: Generated<0 | 1>
  /** Its day in the book's time zone, which stands in for closing days that the file lacked. */
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
