import { isSurelyCode, namesCurrency } from '../values/currency.ts'
import { filledCells } from './content.ts'
import { isCurrencyCode } from '../../domain/currency-signs.ts'

type Samples = readonly (readonly string[])[]

function holdsCodes(samples: Samples, index: number): boolean {
  const cells = filledCells(samples, index)
  const isCode = (cell: string): boolean => /^[A-Z]{3}$/.test(cell) && isCurrencyCode(cell)
  return cells.every(isCode) && cells.some(isSurelyCode)
}

/**
 * The column that contains only codes of currencies (`USD`), whatever its header; null if there
 * is none. One with codes of other currencies than the book's comes first: its amounts are not the book's.
 */
export function currencyColumn(
  columns: readonly number[],
  samples: Samples,
  own: string | undefined,
): number | null {
  const found = columns.filter((index) => holdsCodes(samples, index))
  const isForeign = (index: number): boolean =>
    own !== undefined &&
    filledCells(samples, index).some((cell) => namesCurrency(cell, own) === false)
  return found.find(isForeign) ?? found[0] ?? null
}
