import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { type Quantity, QUANTITY_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import { unitPrice } from '../products/unit-price.ts'
import type { Cells } from '../row-cells.ts'
import { lowerBound } from './lower-bound.ts'

/** A row read as a price of a product, which is still a name or a code. */
export interface PriceDraft {
  code: string | null
  product: string | null
  /** The price list; null is for every client. */
  list: string | null
  from: Quantity
  price: UnitPrice
  /** What it is in; null for the book's currency. */
  currency: string | null
  validFrom: Day | null
  validTo: Day | null
}

/**
 * Reads a row as a price of a product: for a quantity, a price list, or some time.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftPrice(cells: Cells): PriceDraft {
  const [code, product] = [cells.one('code'), cells.one('product')]
  if (code === null && product === null) throw new Fault('usage', 'the row names no product')
  const currency = cells.currency(['price'])
  const price = unitPrice(cells, 'price', currency)
  if (price === null) throw new Fault('usage', 'the row has no price')
  const [validFrom, validTo] = [cells.day('from'), cells.day('to')]
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    throw new Fault('usage', `it ends on ${validTo}, before it begins on ${validFrom}`)
  }
  return {
    code,
    product,
    list: cells.one('price-list'),
    from: (cells.number('quantity', QUANTITY_DIGITS, lowerBound) ?? 0) as Quantity,
    price,
    currency,
    validFrom,
    validTo,
  }
}
