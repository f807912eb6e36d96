import type { Generated } from 'kysely'

/** A report kept under a name; `words` is a JSON list: the command line after `funnel report`. */
export interface ReportVariantsTable {
  id: Generated<number>
  name: string
  name_key: string
  words: string
}
