import type { Generated } from 'kysely'

/** A saved selection of clients; `conditions` is a JSON list of them as they were given. */
export interface SegmentsTable {
  id: Generated<number>
  name: string
  name_key: string
  conditions: string
}
