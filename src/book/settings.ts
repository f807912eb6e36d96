import type { Statements, Store } from './store/store.ts'

/** The rows of an open book's settings. */
export function settingRowsOf(store: Statements): Map<string, string> {
  return new Map(store.prepare('SELECT key, value FROM settings').raw().all() as [string, string][])
}

/** The measures of goals that are amounts of money. */
const MONEY_GOALS = "'won-amount', 'won-profit'"

/**
 * Is there any amount of money in the book, or in what an undo could bring back? If so, the currency must not
 * change, as amounts are stored in its minor units.
 */
export function holdsMoney(store: Store): boolean {
  const found = store
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM events
           WHERE amount IS NOT NULL OR cost IS NOT NULL OR currency IS NOT NULL)
         OR EXISTS (SELECT 1 FROM products
           WHERE price IS NOT NULL OR cost IS NOT NULL OR currency IS NOT NULL)
         OR EXISTS (SELECT 1 FROM prices)
         OR EXISTS (SELECT 1 FROM invoices) OR EXISTS (SELECT 1 FROM payments)
         OR EXISTS (SELECT 1 FROM goals WHERE measure IN (${MONEY_GOALS}))
         OR EXISTS (SELECT 1 FROM journal WHERE
           (table_name = 'prices') OR
           (table_name = 'products' AND coalesce(before ->> 'price', before ->> 'cost', before ->> 'currency') IS NOT NULL) OR
           (table_name = 'events' AND coalesce(before ->> 'amount', before ->> 'cost', before ->> 'currency') IS NOT NULL)
           OR table_name IN ('invoices', 'payments')
           OR (table_name = 'goals' AND before ->> 'measure' IN (${MONEY_GOALS})))`,
    )
    .pluck()
    .get()
  return found === 1
}

/** The currencies of deals and products that are not in the book's, in order; null if anything may be in that one. */
export function foreignOnly(store: Store): string[] | null {
  const own = store
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM events WHERE currency IS NULL AND (amount IS NOT NULL OR cost IS NOT NULL))
         OR EXISTS (SELECT 1 FROM products WHERE currency IS NULL AND (price IS NOT NULL OR cost IS NOT NULL))
         OR EXISTS (SELECT 1 FROM prices p JOIN products o ON o.id = p.product_id WHERE o.currency IS NULL)
         OR EXISTS (SELECT 1 FROM invoices) OR EXISTS (SELECT 1 FROM payments)
         OR EXISTS (SELECT 1 FROM goals WHERE measure IN (${MONEY_GOALS}))`,
    )
    .pluck()
    .get()
  if (own === 1) return null
  const codes = store
    .prepare(
      `SELECT currency FROM events WHERE currency IS NOT NULL
       UNION SELECT currency FROM products WHERE currency IS NOT NULL ORDER BY 1`,
    )
    .pluck()
    .all() as string[]
  return codes.length === 0 ? null : codes
}
