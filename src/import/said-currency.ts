import { standsFor } from '../domain/currency-signs.ts'
import { numberText } from '../domain/number-text.ts'
import type { Cells } from './row-cells.ts'
import { namesCurrency } from './values/currency.ts'

/**
 * The currency that a row says some of its amounts are in; null is the book's, undefined if it says nothing.
 * @param book the code of the book's.
 * @throws Fault `usage` if they are in several.
 */
export function saidCurrency(
  cells: Cells,
  fields: readonly string[],
  book: string,
): string | null | undefined {
  const other = cells.currency(fields)
  if (other !== null) return other
  const said = cells.one('currency')
  if (said !== null) return namesCurrency(said, book) === true ? null : undefined
  const isSigned = fields.some((field) => {
    const { currency: sign } = numberText(cells.one(field) ?? '')
    return sign !== undefined && sign !== '' && standsFor(sign, book)
  })
  return isSigned ? null : undefined
}
