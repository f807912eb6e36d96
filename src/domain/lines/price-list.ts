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
