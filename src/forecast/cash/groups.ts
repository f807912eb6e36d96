import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { UNASSIGNED } from '../../book/unassigned.ts'
import { cellGroups, type GroupValue } from '../../reports/family/group.ts'
import type { CLIENT_GROUPS } from '../../reports/receivables/clients.ts'
import { asClients, type Scope } from '../../reports/scope.ts'
import { selectionOf } from '../load.ts'
import { widened } from './backtest.ts'
import { type CashAhead, cashAfter, type CashHistory } from './model.ts'

/** What cash can be split by. */
export type CashBy = (typeof CLIENT_GROUPS)[number]

/** A group of clients, or of owners, and what is to come from it. */
export interface CashGroup {
  key: string | null
  label: string
  made: CashAhead
}

/** Every value that clients have. */
async function valuesOf(db: Db, by: CashBy): Promise<{ groupValue: GroupValue }[]> {
  const column = by === 'owner' || by === 'source' ? `c.${by}_id` : `c.${by}`
  const values =
    by === 'category'
      ? sql`SELECT g.category_id AS value FROM clients AS c
          LEFT JOIN client_categories AS g ON g.client_id = c.id`
      : sql`SELECT ${sql.ref(column)} AS value FROM clients AS c`
  const { rows } = await sql<{ groupValue: GroupValue }>`
    SELECT DISTINCT v.value AS "groupValue" FROM (${values}) AS v`.execute(db)
  return rows
}

/** Does a client have one of these values? */
function hasValue(
  by: Exclude<CashBy, 'owner'>,
  values: readonly GroupValue[],
  alias: string,
): RawBuilder<SqlBool> {
  const one = (value: GroupValue): RawBuilder<SqlBool> => {
    if (by === 'category') {
      const own = sql`SELECT 1 FROM client_categories AS g WHERE g.client_id = ${sql.ref(`${alias}.id`)}`
      return value === null
        ? sql`NOT EXISTS (${own})`
        : sql`EXISTS (${own} AND g.category_id = ${value})`
    }
    const column = sql.ref(by === 'source' ? `${alias}.source_id` : `${alias}.${by}`)
    return value === null ? sql`${column} IS NULL` : sql`${column} = ${value}`
  }
  return sql`(${sql.join(values.map(one), sql` OR `)})`
}

/** A scope of the clients of a group; with `owner` of the deals and the clients of one. */
function narrowed(scope: Scope, by: CashBy, label: string, values: readonly GroupValue[]): Scope {
  if (by === 'owner') {
    const [id] = values
    return { ...scope, owner: { id: typeof id === 'number' ? id : UNASSIGNED, name: label } }
  }
  const { clients } = asClients(scope)
  const test = (alias: string): RawBuilder<SqlBool> =>
    clients
      ? sql`(${clients.test(alias)} AND ${hasValue(by, values, alias)})`
      : hasValue(by, values, alias)
  return { ...scope, clients: { texts: [], test } }
}

/**
 * What is to come from each group of clients, those without anything left out; the ranges are widened like those of
 * all. Each is drawn for itself, so that their ranges do not add up, while what is expected does but for chance.
 */
export async function cashGroups(
  history: CashHistory,
  by: CashBy,
  { weeks, draws, widening }: { weeks: number; draws: number; widening: number },
): Promise<CashGroup[]> {
  const { book, scope } = history
  const groups: CashGroup[] = []
  for (const { key, label, cells } of await cellGroups(book.db, by, await valuesOf(book.db, by))) {
    const values = cells.map(({ groupValue }) => groupValue)
    const own = narrowed(scope, by, label, values)
    if (scope.owner && own.owner?.id !== scope.owner.id) continue
    const selection = await selectionOf(book, own)
    const wish = { ...history.wish, selection }
    const drawn = await cashAfter({ ...history, scope: own, wish }, scope.asOf, weeks, draws)
    if (drawn.parts.length === 0 && drawn.openDeals.deal.length === 0) continue
    groups.push({ key, label, made: { ...drawn, total: widened(drawn.total, widening) } })
  }
  return groups
}
