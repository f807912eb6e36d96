import { type RawBuilder, sql } from 'kysely'
import type { Period } from '../../domain/period.ts'
import { closedDeals } from '../closed/load.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { By } from '../family/declare.ts'
import { grouped, type GroupValue } from '../family/group.ts'
import type { Scope } from '../scope.ts'

/** What deals closed with one product came to: amounts in minor units, quantities in millionths. */
export interface ProductCell {
  groupValue: GroupValue
  /** Null for lines without a product; undefined for all lines together. */
  productId?: number | null
  outcome: 'won' | 'lost'
  deals: number
  quantity: number
  amount: number
  profit: number
  /** Deals in which a line of it has no cost. */
  withoutCost: number
}

interface LineSums {
  deal_id: number
  product_id: number | null
  quantity: number
  net: number
  profit: number
  without: 0 | 1
}

/** The lines in the amounts of deals, added up: by deal and product, or by deal alone. */
function lineSums(margin: number | null, byProduct: boolean): RawBuilder<LineSums> {
  const without = margin === null ? sql`net` : sql`CAST(round(net * ${margin}) AS INTEGER)`
  const product = byProduct ? sql`product_id` : sql`NULL`
  return sql<LineSums>`(
    SELECT deal_id, ${product} AS product_id, sum(quantity) AS quantity, sum(net) AS net,
      sum(CASE WHEN cost_total IS NULL THEN ${without} ELSE net - cost_total END) AS profit,
      max(CASE WHEN cost_total IS NULL THEN 1 ELSE 0 END) AS without
    FROM deal_lines WHERE counts = 1 GROUP BY deal_id${byProduct ? sql`, product_id` : sql``})`
}

/** Lines are in the currency of their deal: their share of what it came to in the book's, halves up. */
function worthOf({ isForeign }: DealsAsOf, name: 'net' | 'profit'): RawBuilder<number> {
  const own = sql<number>`${sql.ref(`l.${name}`)}`
  if (!isForeign) return own
  return sql`CASE WHEN d.currency IS NULL THEN ${own} WHEN d.own_amount = 0 THEN 0
    ELSE (2 * ${own} * d.amount + d.own_amount) / (2 * d.own_amount) END`
}

/**
 * Deals won and lost in a period by the products in their lines, as these are now. A deal with several
 * products is in the cell of each.
 * @param byProduct false for all lines together, each deal once.
 */
export async function loadProducts(
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  by: By | null,
  byProduct: boolean,
): Promise<ProductCell[]> {
  return grouped(closedDeals(deals, scope, period), by, 'd.closed_on')
    .innerJoin(lineSums(scope.settings.margin, byProduct).as('l'), 'l.deal_id', 'd.id')
    .select([
      'l.product_id as productId',
      sql<'won' | 'lost'>`d.status`.as('outcome'),
      sql<number>`count(*)`.as('deals'),
      sql<number>`sum(l.quantity)`.as('quantity'),
      sql<number>`coalesce(sum(${worthOf(deals, 'net')}), 0)`.as('amount'),
      sql<number>`coalesce(sum(${worthOf(deals, 'profit')}), 0)`.as('profit'),
      sql<number>`sum(l.without)`.as('withoutCost'),
    ])
    .groupBy(['l.product_id', 'd.status'])
    .execute()
}

/** How many deals were closed in a period. */
export async function countClosed(deals: DealsAsOf, scope: Scope, period: Period): Promise<number> {
  const { n } = await closedDeals(deals, scope, period)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
