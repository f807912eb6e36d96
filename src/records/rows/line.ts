import type { Insertable } from 'kysely'
import type { DealLinesTable } from '../../book/schema/products.ts'
import { lineCost, lineNet, type LineTerms } from '../../domain/lines/line.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import { tidyName, tidyText } from '../../domain/name.ts'

/** What a line of a deal says. */
export interface LineValues extends LineTerms {
  productId: number | null
  /** What is sold, or what is said about the product. */
  text: string | null
  unit: string | null
  tax: Portion | null
  optional: boolean
  /** The line, by its id, that it may stand in for. */
  alternativeOf: number | null
  chosen: boolean
}

/** A line in the columns of the book, but for its place. @param digits decimals of the currency. */
export function lineColumns(line: LineValues, digits: number) {
  return {
    product_id: line.productId,
    text: tidyText(line.text ?? '') || null,
    quantity: line.quantity,
    unit: tidyName(line.unit ?? '') || null,
    price: line.price,
    cost: line.cost,
    discount: line.discount,
    tax: line.tax,
    optional: line.optional ? 1 : 0,
    alternative_of: line.alternativeOf,
    chosen: line.chosen ? 1 : 0,
    net: lineNet(line, digits),
    cost_total: lineCost(line, digits),
  } satisfies Partial<Insertable<DealLinesTable>>
}

/** A new line of a deal in the columns of the book; whether it counts is settled with the others. */
export function lineRow(
  dealId: number,
  position: number,
  line: LineValues,
  digits: number,
): Insertable<DealLinesTable> {
  return { deal_id: dealId, position, ...lineColumns(line, digits), counts: 0 }
}
