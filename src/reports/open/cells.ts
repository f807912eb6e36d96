import { sql } from 'kysely'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import { profitSql, type Scope, within, withoutAmount } from '../scope.ts'
import { setChances } from '../set-chances.ts'

/**
 * Open deals that are alike, with those of them whose chance was set by hand.
 * @param usesSet false leaves these out.
 */
export async function loadCells(deals: DealsAsOf, scope: Scope, by: By | null, usesSet: boolean) {
  const profit = profitSql(scope.settings.margin)
  const cells = await grouped(within(deals, scope), by, 'd.opened_on')
    .select([
      'd.process_id as processId',
      'd.stage_id as stageId',
      'd.stage_since as stageSince',
      'd.since_known as sinceKnown',
      sql<number>`count(*)`.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profit}), 0)`.as('profit'),
      sql<number>`count(*) - count(d.cost)`.as('withoutCost'),
      withoutAmount(deals).as('withoutAmount'),
    ])
    .groupBy(['d.process_id', 'd.stage_id', 'd.stage_since', 'd.since_known'])
    .execute()
  const setIn = usesSet ? await setChances(deals, scope, by, profit) : () => []
  return cells.map((cell) => ({ ...cell, set: setIn(cell) }))
}

export type Cells = Awaited<ReturnType<typeof loadCells>>

/** Distinct clients of one group in one stage, or in all of them, where `stageId` is `undefined`. */
export interface ClientCount {
  groupValue: GroupValue
  stageId?: number | null
  clients: number
}

/** The clients of open deals, by stage and in all. */
export async function loadClients(
  deals: DealsAsOf,
  scope: Scope,
  by: By | null,
): Promise<ClientCount[]> {
  const clients = sql<number>`count(DISTINCT d.client_id)`.as('clients')
  const open = () => grouped(within(deals, scope), by, 'd.opened_on')
  return [
    ...(await open().select(['d.stage_id as stageId', clients]).groupBy('d.stage_id').execute()),
    ...(await open().select(clients).execute()),
  ]
}

/** Null is a deal without stages, so the total is looked up by the missing key. */
export function clientsIn(
  counts: readonly ClientCount[],
  stageId: number | null | undefined,
): number {
  const fitting = counts.filter((count) =>
    stageId === undefined ? !('stageId' in count) : 'stageId' in count && count.stageId === stageId,
  )
  return fitting.reduce((sum, count) => sum + count.clients, 0)
}
