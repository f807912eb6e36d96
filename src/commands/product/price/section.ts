import type { Currency } from '../../../domain/money.ts'
import type { Row, Section } from '../../../domain/table.ts'
import type { PriceRow } from '../../../records/products/prices.ts'
import { currencyColumn, numberColumn, priceCell, priceColumn, quantityCell } from '../columns.ts'

/** Prices as a table. */
export function priceSection(prices: readonly PriceRow[], currency: Currency): Section {
  const rows = prices.map(({ price, from_quantity: from, ...row }): Row => ({
    ...row,
    currency: row.currency ?? currency.code,
    from_quantity: quantityCell(from),
    price: priceCell(price),
  }))
  return {
    key: 'prices',
    title: 'Prices',
    columns: [
      { key: 'id', label: 'No.', type: 'count' },
      { key: 'product', label: 'Product', type: 'text' },
      { key: 'list', label: 'List', type: 'text', none: 'all clients' },
      numberColumn('from_quantity', 'From', rows),
      priceColumn('price', 'Price', rows, currency),
      currencyColumn(rows, currency),
      { key: 'valid_from', label: 'Valid from', type: 'day', optional: true },
      { key: 'valid_to', label: 'Until', type: 'day', optional: true },
    ],
    rows,
  }
}
