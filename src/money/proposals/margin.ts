import type { Db } from '../../book/store/db.ts'
import { ownAmounts } from '../../book/worth.ts'
import { loadLines } from '../../records/lines/load.ts'
import type { Proposal } from './find.ts'

/** What a deal costs by the lines that count, or by itself if it has none; null if a part of it is not known. */
async function costOf(db: Db, dealId: number): Promise<number | null> {
  const lines = await loadLines(db, dealId)
  if (lines.length === 0) {
    const deal = await db
      .selectFrom('deals')
      .select(['currency', 'amount', 'cost', 'own_amount', 'own_cost'])
      .where('id', '=', dealId)
      .executeTakeFirstOrThrow()
    return ownAmounts(deal).cost
  }
  const counted = lines.filter(({ counts }) => counts === 1)
  if (counted.some(({ cost_total: cost }) => cost === null)) return null
  return counted.reduce((sum, { cost_total: cost }) => sum + (cost ?? 0), 0)
}

/**
 * What an offer of a deal as it is now earns, as a share of its net: (net − cost) / net. 3,562.47 that cost 2,700.00
 * are 24.2 %. Null if the cost is not known, or the offer comes to nothing.
 */
export async function marginOf(
  db: Db,
  { deal_id: dealId, net }: Pick<Proposal, 'deal_id' | 'net'>,
): Promise<number | null> {
  const cost = await costOf(db, dealId)
  return cost === null || net === 0 ? null : (net - cost) / net
}
