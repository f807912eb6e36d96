import type { Generated } from 'kysely'
import type { Day } from '../../domain/day.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { DictionaryTable } from './dictionaries.ts'

/** What is sold. */
export interface ProductsTable extends DictionaryTable {
  code: string | null
  code_key: string | null
  /** What offers say of it. */
  text: string | null
  unit: string | null
  price: UnitPrice | null
  cost: UnitPrice | null
  /** What its prices and its cost are in: an ISO 4217 code; null for the book's. */
  currency: string | null
  tax: Portion | null
  /** The tax that `tax` is the rate of, if it is one of the book's. */
  tax_id: number | null
  import_id: number | null
  import_row: number | null
}

/** Names of price lists. */
export type PriceListsTable = DictionaryTable

/** A price of a product that depends on the client, the quantity or the day. */
export interface PricesTable {
  id: Generated<number>
  product_id: number
  /** Null is for every client. */
  list_id: number | null
  from_quantity: Quantity
  price: UnitPrice
  valid_from: Day | null
  valid_to: Day | null
}

/** A line of a deal: a product or a text, how much of it, and at what price. */
export interface DealLinesTable {
  id: Generated<number>
  deal_id: number
  /** Its number within the deal. */
  position: number
  product_id: number | null
  text: string | null
  quantity: Quantity
  unit: string | null
  price: UnitPrice
  cost: UnitPrice | null
  discount: Portion
  tax: Portion | null
  optional: 0 | 1
  alternative_of: number | null
  /** 1 for an option or an alternative that was chosen. */
  chosen: 0 | 1
  /** From here on what follows from the rest and from the other lines. */
  net: Money
  cost_total: Money | null
  counts: 0 | 1
}
