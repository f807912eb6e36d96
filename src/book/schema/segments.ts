import type { Generated } from 'kysely'

/** A choice of clients kept under a name; `conditions` is a JSON list of them as they were given. */
export interface SegmentsTable {
  id: Generated<number>
  name: string
  name_key: string
  conditions: string
}
