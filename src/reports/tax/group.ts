import { type RawBuilder, sql } from 'kysely'
import type { By } from '../family/declare.ts'
import type { GroupValue } from '../family/group.ts'

/** What tax is split by: time, or who bought. */
export const TAX_GROUPS = [
  'month',
  'quarter',
  'year',
  'client',
  'owner',
  'region',
  'size',
  'source',
] as const satisfies readonly By[]

export type TaxBy = (typeof TAX_GROUPS)[number]

/** The group of something by its day and its client; null if nothing is split. */
export function taxGroup(
  by: TaxBy | null,
  day: RawBuilder<string>,
  client: RawBuilder<number>,
): RawBuilder<GroupValue> {
  switch (by) {
    case null:
      return sql`NULL`
    case 'year':
      return sql`substr(${day}, 1, 4)`
    case 'month':
      return sql`substr(${day}, 1, 7)`
    case 'quarter':
      return sql`substr(${day}, 1, 4) || '-Q' || ((CAST(substr(${day}, 6, 2) AS INTEGER) + 2) / 3)`
    case 'client':
      return client
    case 'owner':
    case 'source':
      return sql`(SELECT ${sql.ref(`gc.${by}_id`)} FROM clients AS gc WHERE gc.id = ${client})`
    case 'region':
    case 'size':
      return sql`(SELECT ${sql.ref(`gc.${by}`)} FROM clients AS gc WHERE gc.id = ${client})`
  }
}
