import type { Db } from '../book/store/db.ts'
import { numberOf, PRICE_DIGITS, QUANTITY_DIGITS } from '../domain/lines/scaled.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { ownColumns } from './deals.ts'
import { withCurrency } from './own-money.ts'

/**
 * The prices of products for price lists, quantities and days as a table, by product, list and quantity. A product's own
 * price is in the list of products.
 * @param currency the book's.
 */
export async function priceTable(db: Db, { code: book }: Currency): Promise<LongTable> {
  const prices = await db
    .selectFrom('prices as p')
    .innerJoin('products as o', 'o.id', 'p.product_id')
    .leftJoin('price_lists as l', 'l.id', 'p.list_id')
    .select(['o.code', 'o.name as product', 'o.currency', 'l.name as list'])
    .select(['p.from_quantity', 'p.price', 'p.valid_from', 'p.valid_to'])
    .orderBy('o.name_key')
    .orderBy((eb) => eb.fn.coalesce('l.name_key', eb.val('')))
    .orderBy('p.from_quantity')
    .orderBy((eb) => eb.fn.coalesce('p.valid_from', eb.val('' as never)))
    .execute()
  const isForeign = prices.some(({ currency }) => currency !== null)
  const columns = isForeign ? withCurrency(ownColumns('prices')) : ownColumns('prices')
  const rows = prices.map((price): Cell[] => {
    const cells: Record<string, Cell> = {
      code: price.code,
      product: price.product,
      'price-list': price.list,
      quantity: price.from_quantity === 0 ? null : numberOf(price.from_quantity, QUANTITY_DIGITS),
      price: numberOf(price.price, PRICE_DIGITS),
      from: price.valid_from,
      to: price.valid_to,
      currency: price.currency ?? book,
    }
    return columns.map(({ key }) => cells[key] ?? null)
  })
  return { name: 'prices', columns, currency: null, rows }
}
