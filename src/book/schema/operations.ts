import type { Generated } from 'kysely'

/** A command that changed the book. `at` is a moment in UTC, ISO text. */
export interface OperationsTable {
  id: Generated<number>
  at: string
  command: string
  summary: Generated<string>
  /** Who ran it; null if that was not kept yet. */
  author: string | null
  /** The operation that this one undoes. */
  undoes: number | null
  /** The operation that undid this one, while that stands. */
  undone_by: number | null
  /** 1 if it can never be undone, because what it changed is gone, or left the house. */
  final: Generated<0 | 1>
  /** Why, and what to do instead; null if what it changed was erased. */
  final_why: Generated<string | null>
  final_instead: Generated<string | null>
}

/** The rows that an operation added to a table: a range, because ids only grow. */
export interface OperationInsertsTable {
  operation_id: number
  table_name: string
  first_id: number
  last_id: number
}

/** A row as it was before an operation changed or removed it (JSON); null if it was put back. */
export interface JournalTable {
  id: Generated<number>
  operation_id: number
  table_name: string
  row_id: number
  before: string | null
}
