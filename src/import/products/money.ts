import type { UnitPrice } from '../../domain/lines/scaled.ts'
import type { KnownProduct } from './find.ts'

/** Prices in a currency: null is the book's. */
interface Prices {
  currency: string | null
  price: UnitPrice | null
  cost: UnitPrice | null
}

/**
 * The prices that a row may give to a product of the book: all of its own if both are in one currency, or the product has
 * none yet; else null. A currency never changes under a price.
 * @param hasListed has the product prices by quantity or list?
 */
export function pricesGiven(
  known: Pick<KnownProduct, keyof Prices>,
  row: Prices,
  hasListed: boolean,
): Partial<Prices> | null {
  const { currency, price, cost } = row
  if (currency === known.currency || (price === null && cost === null)) return { price, cost }
  if (known.price !== null || known.cost !== null || hasListed) return null
  return { currency, price, cost }
}
