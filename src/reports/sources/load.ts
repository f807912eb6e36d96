import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { DealsTable } from '../../book/schema/deals.ts'
import type { Period } from '../../domain/period.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { closedDeals } from '../closed/load.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import { asClients, OPENING_KNOWN, profitSql, type Scope, within } from '../scope.ts'

/** What came of one source. Amounts in minor units. */
export interface SourceCell {
  groupValue: GroupValue
  /** Null if the source is not known. */
  sourceId: number | null
  leads: number
  opened: number
  won: number
  lost: number
  amount: number
  profit: number
  withoutCost: number
}

const NOTHING = { leads: 0, opened: 0, won: 0, lost: 0, amount: 0, profit: 0, withoutCost: 0 }

/** Deals opened in a period, both ends included. */
function inside(query: ReturnType<DealsAsOf>, { from, to }: Period) {
  let narrowed = query.where(OPENING_KNOWN)
  if (from !== null) narrowed = narrowed.where('d.opened_on', '>=', from)
  if (to !== null) narrowed = narrowed.where('d.opened_on', '<=', to)
  return narrowed
}

/**
 * Clients in the shape of deals that were opened when they were added, so that filters and groups
 * mean the same for both. A client belongs to no process.
 */
function clientsAsDeals(db: Db): DealsAsOf {
  return () =>
    db.selectFrom(
      sql<DealsTable>`(SELECT id, id AS client_id, owner_id, source_id, NULL AS process_id,
        added_on AS opened_on, 1 AS opened_known, NULL AS closed_on FROM clients)`.as('d'),
    )
}

/**
 * Leads (clients added in the period), deals opened in it, and deals that were won or lost in it, each
 * by its own source.
 */
export async function loadSources(
  db: Db,
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  by: By | null,
): Promise<SourceCell[]> {
  const upTo = { from: period.from, to: period.to ?? scope.asOf }
  const last = upTo.to < scope.asOf ? upTo.to : scope.asOf
  const count = sql<number>`count(*)`
  const leads = await grouped(
    inside(within(clientsAsDeals(db), asClients(scope)), { ...upTo, to: last }),
    by,
    'd.opened_on',
  )
    .select(['d.source_id as sourceId', count.as('leads')])
    .groupBy('d.source_id')
    .execute()
  const opened = await grouped(inside(within(deals, scope), period), by, 'd.opened_on')
    .select(['d.source_id as sourceId', count.as('opened')])
    .groupBy('d.source_id')
    .execute()
  const closed = await grouped(closedDeals(deals, scope, period), by, 'd.closed_on')
    .select([
      'd.source_id as sourceId',
      sql<'won' | 'lost'>`d.status`.as('outcome'),
      count.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profitSql(scope.settings.margin)}), 0)`.as('profit'),
      sql<number>`count(*) - count(d.cost)`.as('withoutCost'),
    ])
    .groupBy(['d.source_id', 'd.status'])
    .execute()
  return [
    ...leads.map((cell) => ({ ...NOTHING, ...cell })),
    ...opened.map((cell) => ({ ...NOTHING, ...cell })),
    ...closed.map(({ outcome, deals: number, ...cell }) =>
      outcome === 'won'
        ? { ...NOTHING, ...cell, won: number }
        : { ...NOTHING, groupValue: cell.groupValue, sourceId: cell.sourceId, lost: number },
    ),
  ]
}
