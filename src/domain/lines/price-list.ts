import type { Day } from '../day.ts'
import type { Quantity, UnitPrice } from './scaled.ts'

/** A price of a product from a quantity on, while it is valid; both days are included. */
export interface ListedPrice {
  /** The price list; null for a price that every client gets. */
  list: number | null
  from: Quantity
  price: UnitPrice
  validFrom: Day | null
  validTo: Day | null
}

/** What a price is asked for. */
export interface PriceAsked {
  /** The client's price list; null if it has none. */
  list: number | null
  quantity: Quantity
  on: Day
}

/**
 * The price that applies, of those listed for a product: the client's list comes before what every client
 * gets, then the largest quantity reached, then the latest start. Null if none applies, and the product's
 * own price is meant. With 100 from 1 and 90 from 10, 12 pieces cost 90 each.
 */
export function applyingPrice(
  prices: readonly ListedPrice[],
  { list, quantity, on }: PriceAsked,
): ListedPrice | null {
  const fits = prices.filter(
    (price) =>
      (price.list === null || price.list === list) &&
      price.from <= quantity &&
      (price.validFrom ?? on) <= on &&
      (price.validTo ?? on) >= on,
  )
  const [best] = fits.toSorted(
    (a, b) =>
      Number(a.list === null) - Number(b.list === null) ||
      b.from - a.from ||
      (a.validFrom === b.validFrom ? 0 : (a.validFrom ?? '') > (b.validFrom ?? '') ? -1 : 1),
  )
  return best ?? null
}
