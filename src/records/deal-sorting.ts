import { type RawBuilder, sql } from 'kysely'
import { columnNamed, readSorts } from './list-columns.ts'

/** What a list of deals is sorted by; the last comes first where `descending`. */
export interface DealSorting {
  by: RawBuilder<unknown>
  descending: boolean
}

/** What each column of a list of deals is sorted by, for the query of `listDeals`. */
const ORDERS: Record<string, RawBuilder<unknown>> = {
  id: sql`d.id`,
  title: sql`d.title_key`,
  client: sql`c.name_key`,
  status: sql`CASE d.status WHEN 'open' THEN 1 WHEN 'won' THEN 2 ELSE 3 END`,
  // As it stands in its process, so that deals far along stand together.
  stage: sql`(SELECT ps.position FROM process_stages AS ps
    WHERE ps.process_id = d.process_id AND ps.stage_id = d.stage_id)`,
  amount: sql`d.amount`,
  expected_close: sql`d.expected_close`,
  closed_on: sql`d.closed_on`,
  owner: sql`o.name_key`,
  process: sql`p.name_key`,
  source: sql`so.name_key`,
  cost: sql`d.cost`,
  opened_on: sql`iif(d.opened_known = 1, d.opened_on, NULL)`,
  stage_since: sql`d.stage_since`,
  reason: sql`r.name_key`,
  need: sql`d.need`,
  ref: sql`d.ref`,
}

/**
 * Reads what a list of deals is sorted by: `-amount,client`.
 * @throws Fault `usage` where it has no such column.
 */
export function readDealSorting(text: string): DealSorting[] {
  return readSorts(text).map(({ name, descending }) => {
    const key = columnNamed('deals', Object.keys(ORDERS), name)
    return { by: ORDERS[key] ?? sql`d.id`, descending }
  })
}
