import { Fault } from '../../domain/fault.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import type { ProductValues } from '../../records/rows/product.ts'
import type { Cells } from '../row-cells.ts'
import { yesNo } from '../values/words.ts'
import { unitPrice } from './unit-price.ts'

/** What a row says about a product; null is not said. */
export interface ProductDraft extends Required<Omit<ProductValues, 'tax_id'>> {
  name: string
  taxName: string | null
  retired: boolean | null
}

/**
 * Reads a row as a product. One without a name is called by its code. Prices have up to four decimals.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftProduct(cells: Cells): ProductDraft {
  const code = cells.one('code')
  const name = cells.one('name') ?? code
  if (name === null) throw new Fault('usage', 'the row has neither a name nor a code')
  const tax = cells.one('tax')
  const currency = cells.currency(['price', 'cost'])
  return {
    name,
    code,
    text: cells.all('text').join('\n') || null,
    unit: cells.one('unit'),
    price: unitPrice(cells, 'price', currency),
    cost: unitPrice(cells, 'cost', currency),
    currency,
    tax: tax === null ? null : parsePortion(tax, 'tax rate'),
    taxName: cells.one('tax-name'),
    retired: yesNo(cells.one('retired') ?? ''),
  }
}
