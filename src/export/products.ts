import type { Db } from '../book/store/db.ts'
import { percentText, PRICE_DIGITS, numberOf } from '../domain/lines/scaled.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { ownColumns } from './deals.ts'
import { withCurrency } from './own-money.ts'

/** Products as a table, in the order in which they were entered; their tax rate is a percentage with its sign. @param currency the book's. */
export async function productTable(db: Db, { code: book }: Currency): Promise<LongTable> {
  const products = await db
    .selectFrom('products as p')
    .leftJoin('taxes as t', 't.id', 'p.tax_id')
    .selectAll('p')
    .select('t.name as tax_name')
    .orderBy('p.id')
    .execute()
  const isForeign = products.some(({ currency }) => currency !== null)
  const columns = isForeign ? withCurrency(ownColumns('products')) : ownColumns('products')
  const price = (value: number | null): number | null =>
    value === null ? null : numberOf(value, PRICE_DIGITS)
  const rows = products.map((product): Cell[] => {
    const cells: Record<string, Cell> = {
      code: product.code,
      name: product.name,
      text: product.text,
      unit: product.unit,
      price: price(product.price),
      cost: price(product.cost),
      currency: product.currency ?? book,
      tax: product.tax === null ? null : percentText(product.tax),
      'tax-name': product.tax_name,
      retired: product.retired === 1 ? 'yes' : null,
    }
    return columns.map(({ key }) => cells[key] ?? null)
  })
  return { name: 'products', columns, currency: null, rows }
}
