import { sql } from 'kysely'
import { type Day, daysBetween } from '../../domain/day.ts'
import type { Frame } from '../family/declare.ts'
import { lastGiven } from '../../book/last-given.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import { DEAL_COLUMNS } from './columns.ts'
import type { FactsOf } from './funnel.ts'
import type { Share } from '../../domain/share.ts'
import { type Chosen, type Scope, within } from '../scope.ts'

/** Which deals to list, and how. */
interface Listing {
  stage: Chosen | undefined
  limit: number
  factsOf: FactsOf
  /** What chances are learnt from. */
  by: string
  /** Do chances set by hand go before those that are learnt? */
  usesSet: boolean
}

/** The open deals themselves, those longest in their stage first. */
export async function listOpenDeals(
  deals: DealsAsOf,
  scope: Scope,
  { stage, limit, factsOf, by, usesSet }: Listing,
): Promise<NonNullable<Frame['list']>> {
  let query = within(deals, scope)
    .leftJoin('clients as lc', 'lc.id', 'd.client_id')
    .leftJoin('stages as ls', 'ls.id', 'd.stage_id')
    .leftJoin('owners as lo', 'lo.id', 'd.owner_id')
    .innerJoin('deals as ld', 'ld.id', 'd.id')
    .limit(limit)
  if (stage) query = query.where('d.stage_id', '=', stage.id)
  const rows = await query
    .select([
      'd.id as deal',
      'ld.title as title',
      'lc.name as client',
      'ls.name as stage',
      'lo.name as owner',
      'd.stage_since as since',
      'd.since_known as known',
      'd.amount as amount',
      lastGiven<Day>('expected_close', ['opened', 'amended'], scope.asOf, 'd').as('expected_close'),
      lastGiven<Share>('chance', ['opened', 'amended'], scope.asOf, 'd').as('set'),
      'd.process_id as processId',
      'd.stage_id as stageId',
    ])
    .orderBy(sql`d.stage_since`)
    .orderBy(sql`d.id`)
    .execute()
  return {
    key: 'deals',
    title: 'Deals',
    columns: DEAL_COLUMNS,
    rows: rows.map(({ processId, stageId, known, since, set: given, ...row }) => {
      // The least it can be, if nobody knows since when.
      const days = daysBetween(since, scope.asOf)
      const { probability: learnt, limitDays } = factsOf(processId, stageId, days)
      const set = usesSet ? given : null
      const probability = set ?? learnt
      const { amount } = row
      return {
        ...row,
        as_of: scope.asOf,
        since: known === 1 ? since : null,
        days: known === 1 ? days : null,
        limit: limitDays,
        stuck: limitDays !== null && days > limitDays,
        probability,
        chance_by: probability === null ? null : set === null ? by : 'set',
        probability_learnt: learnt,
        weighted: amount === null || probability === null ? null : Math.round(amount * probability),
      }
    }),
  }
}
