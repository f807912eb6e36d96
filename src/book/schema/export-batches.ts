import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'

/** A file that went out to another program. */
export interface ExportBatchesTable {
  id: Generated<number>
  made_on: Day
}

/** An entry of a journal as it went out. */
export interface ExportEntriesTable {
  id: Generated<number>
  batch_id: number
  /** What it is the entry of: `invoice-42`. */
  uid: string
  /** Does it take an earlier one back, or has one come again as it had changed? */
  kind: 'new' | 'back' | 'again'
  day: Day
  client_id: number
  document: string | null
  due_on: Day | null
  /** Null once the client was erased. */
  text: string | null
  /** Its postings with the accounts as they were written: JSON. */
  postings: string
}
