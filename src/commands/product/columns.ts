import {
  numberOf,
  PORTION_DIGITS,
  PRICE_DIGITS,
  QUANTITY_DIGITS,
} from '../../domain/lines/scaled.ts'
import { maxOf } from '../../domain/lists.ts'
import type { Currency } from '../../domain/money.ts'
import type { Column, Row } from '../../domain/table.ts'
import type { Product } from '../../records/products/index.ts'

/** How many decimals the longest of some numbers has. */
function decimalsIn(rows: readonly Row[], key: string): number {
  return maxOf(
    rows.map((row) => String(row[key] ?? '').split('.')[1]?.length ?? 0),
    0,
  )
}

/** A column of unit prices: with as many decimals as one of them has, but not fewer than the currency. */
export function priceColumn(
  key: string,
  label: string,
  rows: readonly Row[],
  { digits }: Currency,
): Column {
  return { key, label, type: 'number', digits: Math.max(digits, decimalsIn(rows, key)) }
}

/** The currency of prices, which people see where not all are in the book's. */
export function currencyColumn(rows: readonly Row[], { code }: Currency): Column {
  const hidden = rows.every(({ currency }) => currency === code)
  return { key: 'currency', label: 'Currency', type: 'text', ...(hidden ? { hidden } : {}) }
}

/** A column of quantities or percentages, with the decimals that they have. */
export function numberColumn(key: string, label: string, rows: readonly Row[]): Column {
  return { key, label, type: 'number', digits: decimalsIn(rows, key) }
}

/** A price of one unit as a number. */
export const priceCell = (price: number | null): number | null =>
  price === null ? null : numberOf(price, PRICE_DIGITS)

/** A quantity as a number. */
export const quantityCell = (quantity: number): number => numberOf(quantity, QUANTITY_DIGITS)

/** A tax rate or a discount in percent. */
export const percentCell = (portion: number | null): number | null =>
  portion === null ? null : numberOf(portion, PORTION_DIGITS - 2)

/**
 * A product as a row of a table; its tax rate is in percent.
 * @param taxes their names by number.
 * @param book the code of the book's currency.
 */
export function productCells(
  { id, code, name, text, unit, retired, ...figures }: Product,
  taxes: ReadonlyMap<number, string>,
  book: string,
): Row {
  const { price, cost, currency, tax, tax_id: taxId } = figures
  return {
    id,
    code,
    name,
    text,
    unit,
    price: priceCell(price),
    cost: priceCell(cost),
    currency: currency ?? book,
    tax: percentCell(tax),
    tax_name: taxId === null ? null : (taxes.get(taxId) ?? null),
    retired: retired === 1,
  }
}

/** The columns of a list of products. */
export function productColumns(rows: readonly Row[], currency: Currency): Column[] {
  return [
    { key: 'id', label: 'No.', type: 'count' },
    { key: 'code', label: 'Code', type: 'text', optional: true },
    { key: 'name', label: 'Product', type: 'text' },
    { key: 'unit', label: 'Unit', type: 'text', optional: true },
    priceColumn('price', 'Price', rows, currency),
    { ...priceColumn('cost', 'Cost', rows, currency), optional: true },
    currencyColumn(rows, currency),
    { ...numberColumn('tax', 'Tax %', rows), optional: true },
    { key: 'tax_name', label: 'Tax', type: 'text', hidden: true },
    { key: 'text', label: 'Text', type: 'text', hidden: true },
    { key: 'retired', label: 'Retired', type: 'flag' },
  ]
}
