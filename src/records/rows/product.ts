import type { Insertable, Updateable } from 'kysely'
import type { PricesTable, ProductsTable } from '../../book/schema/products.ts'
import type { Portion, UnitPrice } from '../../domain/lines/scaled.ts'
import type { ListedPrice } from '../../domain/lines/price-list.ts'
import { nameKey, tidyName, tidyText } from '../../domain/name.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { nameRow } from './name.ts'

/** What a product has besides its name; what is left out is not known, or stays as it is. */
export interface ProductValues {
  code?: string | null
  text?: string | null
  unit?: string | null
  price?: UnitPrice | null
  cost?: UnitPrice | null
  /** What price and cost are in: an ISO 4217 code; null for the book's. */
  currency?: string | null
  tax?: Portion | null
  /** The tax that the rate is that of; null if it is of none of the book's. */
  tax_id?: number | null
}

const wordOf = (text: string | null): string | null => tidyName(text ?? '') || null

function codeColumns(text: string | null): { code: string | null; code_key: string | null } {
  const code = wordOf(text)
  return { code, code_key: code === null ? null : nameKey(code) }
}

/** Values of a product in the columns of the book; what is left out stays. */
export function productChanges(values: ProductValues): Updateable<ProductsTable> {
  const { code, text, unit, price, cost, currency, tax, tax_id: taxId } = values
  return {
    ...(code === undefined ? {} : codeColumns(code)),
    ...(text === undefined ? {} : { text: tidyText(text ?? '') || null }),
    ...(unit === undefined ? {} : { unit: wordOf(unit) }),
    ...(price === undefined ? {} : { price }),
    ...(cost === undefined ? {} : { cost }),
    ...(currency === undefined ? {} : { currency }),
    // Another rate is that of another tax.
    ...(tax === undefined ? {} : { tax, tax_id: taxId ?? null }),
    ...(taxId === undefined ? {} : { tax_id: taxId }),
  }
}

/** A new product in the columns of the book. @param name tidied. */
export function productRow(
  name: string,
  values: ProductValues,
  { retired = false, origin }: { retired?: boolean; origin?: FileRow } = {},
): Insertable<ProductsTable> {
  const {
    code = null,
    text = null,
    unit = null,
    price = null,
    cost = null,
    currency = null,
    tax = null,
    tax_id: taxId = null,
  } = values
  return {
    ...nameRow(name),
    ...codeColumns(code),
    text: tidyText(text ?? '') || null,
    unit: wordOf(unit),
    price,
    cost,
    currency,
    tax,
    tax_id: taxId,
    retired: retired ? 1 : 0,
    ...fileColumns(origin),
  }
}

/** A price of a product in the columns of the book. */
export function priceRow(productId: number, price: ListedPrice): Insertable<PricesTable> {
  return {
    product_id: productId,
    list_id: price.list,
    from_quantity: price.from,
    price: price.price,
    valid_from: price.validFrom,
    valid_to: price.validTo,
  }
}
