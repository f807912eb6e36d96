import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { Period } from '../../domain/period.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import { profitSql, type Scope, within, withoutAmount } from '../scope.ts'
import type { FunnelStage } from '../stage-order.ts'

/** Deals closed inside the period, by the outcome that stands. */
export function closedDeals(deals: DealsAsOf, scope: Scope, { from, to }: Period) {
  let query = within(deals, scope).where('d.closed_on', 'is not', null)
  if (from !== null) query = query.where('d.closed_on', '>=', from)
  if (to !== null) query = query.where('d.closed_on', '<=', to)
  return query
}

/** Closed deals that are alike, with what notes say of them. Amounts in minor units. */
export interface LoadedCell {
  groupValue: GroupValue
  processId: number
  furthestStageId: number | null
  outcome: 'won' | 'lost'
  deals: number
  amount: number
  profit: number
  withoutCost: number
  withoutAmount: number
  outcomeOnly: number
  withoutOpening: number
}

/** The closed deals of a period, grouped by process, furthest stage and outcome. */
export function loadClosedCells(
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  by: By | null,
): Promise<LoadedCell[]> {
  return grouped(closedDeals(deals, scope, period), by, 'd.closed_on')
    .select([
      'd.process_id as processId',
      'd.furthest_stage_id as furthestStageId',
      sql<'won' | 'lost'>`d.status`.as('outcome'),
      sql<number>`count(*)`.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profitSql(scope.settings.margin)}), 0)`.as('profit'),
      sql<number>`count(*) - count(d.cost)`.as('withoutCost'),
      withoutAmount(deals).as('withoutAmount'),
      sql<number>`coalesce(sum(d.outcome_only), 0)`.as('outcomeOnly'),
      sql<number>`count(*) - sum(d.opened_known)`.as('withoutOpening'),
    ])
    .groupBy(['d.process_id', 'd.furthest_stage_id', 'd.status'])
    .execute()
}

/** How many clients got how far: `level` is the number of stages that they reached at least. */
export interface ClientLevel {
  groupValue: GroupValue
  level: number
  clients: number
}

/** A deal's level: one more than the rank of its furthest stage, and past the last for a won one. */
function levelSql(stages: readonly FunnelStage[]): RawBuilder<number> {
  const cases = stages.map(({ id }, rank) => sql`WHEN d.furthest_stage_id = ${id} THEN ${rank + 1}`)
  return sql`CASE WHEN d.furthest_stage_id IS NULL THEN 0
    WHEN d.status = 'won' THEN ${stages.length + 1} ${sql.join(cases, sql` `)} ELSE 1 END`
}

/**
 * Distinct clients by how far the furthest of their closed deals got. Deals of processes without
 * stages are at level 0.
 */
export async function loadClientLevels(
  db: Db,
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  by: By | null,
  stages: readonly FunnelStage[],
): Promise<ClientLevel[]> {
  const perClient = grouped(closedDeals(deals, scope, period), by, 'd.closed_on')
    .select(sql<number>`max(${levelSql(stages)})`.as('level'))
    .groupBy('d.client_id')
  const { rows } = await sql<ClientLevel>`
    SELECT ${sql.ref('c.groupValue')}, c.level, count(*) AS clients FROM ${perClient} AS c
    GROUP BY ${sql.ref('c.groupValue')}, c.level`.execute(db)
  return rows
}
