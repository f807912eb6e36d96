import type { Generated } from 'kysely'

/**
 * What every dictionary has: a name that is unique whatever its spelling, and retirement instead of deletion.
 */
export interface DictionaryTable {
  id: Generated<number>
  name: string
  name_key: string
  retired: Generated<0 | 1>
}

/** The salespeople. */
export interface OwnersTable extends DictionaryTable {
  email: string | null
  /** By which name they run commands, as operations have it. */
  user: string | null
}

/** Where clients and deals come from. */
export type SourcesTable = DictionaryTable

/** Why deals are lost, and what to do after such a loss. */
export interface ReasonsTable extends DictionaryTable {
  follow_up_days: number | null
  follow_up_text: string | null
}

/** The steps of selling; `position` is their order across processes. */
export interface StagesTable extends DictionaryTable {
  position: number
}
