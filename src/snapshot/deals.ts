import { addDays, type Day, daysBetween } from '../domain/day.ts'
import { type Money, profitOf } from '../domain/money.ts'
import type { Db } from '../book/store/db.ts'
import { dealsAsOf } from '../reports/deals-as-of.ts'
import { countWithoutOpening, OPENING_KNOWN, within } from '../reports/scope.ts'
import { firstLines, type Listed, type SnapshotRequest } from './request.ts'

/** A deal of the page. */
interface DealLine {
  id: number
  deal: string
  client: string
  owner: string | null
  stage: string | null
  amount: Money | null
  profit: Money | null
}

interface Closed extends DealLine {
  closed: Day
  reason: string | null
}

interface Stuck extends DealLine {
  /** Days in the stage, and how many of them the process allows. */
  days: number
  limit: number
  /** Did it pass the limit within the period? */
  new: boolean
}

/** What the deals of a book did in a period. */
interface DealsOfPeriod {
  won: Listed<Closed>
  lost: Listed<Closed>
  stuck: Listed<Stuck>
  opened: number
  /** Not among those: deals with an unknown opening day, which may have been opened in it. */
  withoutOpening: number
}

/** Those with the most at stake first. */
function byAmount(a: DealLine, b: DealLine): number {
  return (b.amount ?? -1) - (a.amount ?? -1) || a.id - b.id
}

/**
 * Deals won and lost in the period, by the outcome that stands at its end; how many were opened in
 * it; and open deals that have been in their stage for more days than the process allows.
 */
export async function dealsOfPeriod(
  db: Db,
  { scope, period: { from, to } }: SnapshotRequest,
): Promise<DealsOfPeriod> {
  const { asOf, settings } = scope
  const deals = await dealsAsOf(db, asOf)
  const lines = within(deals, scope)
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .leftJoin('owners as o', 'o.id', 'd.owner_id')
    .select([
      'd.id as id',
      'd.title as deal',
      'c.name as client',
      'o.name as owner',
      'd.amount as amount',
      'd.cost as cost',
    ])
  const closed = await lines
    .leftJoin('stages as s', 's.id', 'd.furthest_stage_id')
    .leftJoin('reasons as r', 'r.id', 'd.reason_id')
    .select(['s.name as stage', 'r.name as reason', 'd.status as status', 'd.closed_on as closed'])
    .where('d.closed_on', '>=', from)
    .where('d.closed_on', '<=', to)
    .execute()
  const inStage = await lines
    .innerJoin('process_stages as p', (join) =>
      join.onRef('p.process_id', '=', 'd.process_id').onRef('p.stage_id', '=', 'd.stage_id'),
    )
    .innerJoin('stages as s', 's.id', 'd.stage_id')
    .select(['s.name as stage', 'd.stage_since as since', 'p.limit_days as limit'])
    .where('d.closed_on', 'is', null)
    .where('p.limit_days', 'is not', null)
    .execute()
  const { opened } = await within(deals, scope)
    .select(({ fn }) => fn.countAll<number>().as('opened'))
    .where(OPENING_KNOWN)
    .where('d.opened_on', '>=', from)
    .where('d.opened_on', '<=', to)
    .executeTakeFirstOrThrow()

  const profit = <T extends { amount: Money | null; cost: Money | null }>({
    cost,
    ...deal
  }: T) => ({
    ...deal,
    profit: profitOf(deal.amount, cost, settings.margin),
  })
  const outcome = (status: string): Listed<Closed> =>
    firstLines(
      closed
        .filter((deal) => deal.status === status)
        .map(({ status: _, ...deal }) => ({ ...profit(deal), closed: deal.closed as Day }))
        .toSorted(byAmount),
    )
  const stuck = inStage.flatMap(({ since, limit, ...deal }) => {
    if (since === null || limit === null) return []
    const days = daysBetween(since, asOf)
    if (days <= limit) return []
    return [{ ...profit(deal), days, limit, new: addDays(since, limit + 1) >= from }]
  })
  return {
    won: outcome('won'),
    lost: outcome('lost'),
    stuck: firstLines(stuck.toSorted(byAmount)),
    opened,
    withoutOpening: await countWithoutOpening(deals, scope, from),
  }
}
