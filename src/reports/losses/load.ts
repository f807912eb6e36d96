import { sql } from 'kysely'
import type { Period } from '../../domain/period.ts'
import { closedDeals } from '../closed/load.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import { profitSql, type Scope, withoutAmount } from '../scope.ts'

/** Lost deals that are alike. Amounts in minor units. */
export interface LossCell {
  groupValue: GroupValue
  processId: number
  /** Where they were lost: the furthest stage; null for a process without stages. */
  stageId: number | null
  /** Null if none was given. */
  reasonId: number | null
  month: string
  deals: number
  amount: number
  profit: number
  withoutAmount: number
  /** Those imported with their outcome but without their history. */
  outcomeOnly: number
}

/** The deals lost in a period, by process, stage, reason and month. */
export function loadLosses(
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  by: By | null,
): Promise<LossCell[]> {
  const month = sql<string>`substr(d.closed_on, 1, 7)`
  return grouped(closedDeals(deals, scope, period), by, 'd.closed_on')
    .where('d.status', '=', 'lost')
    .select([
      'd.process_id as processId',
      'd.furthest_stage_id as stageId',
      'd.reason_id as reasonId',
      month.as('month'),
      sql<number>`count(*)`.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profitSql(scope.settings.margin)}), 0)`.as('profit'),
      withoutAmount(deals).as('withoutAmount'),
      sql<number>`coalesce(sum(d.outcome_only), 0)`.as('outcomeOnly'),
    ])
    .groupBy(['d.process_id', 'd.furthest_stage_id', 'd.reason_id', month])
    .execute()
}
