import { Fault } from '../../domain/fault.ts'
import { PRICE_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { Cells } from '../row-cells.ts'

/**
 * The price of one unit in a cell, with four decimals at most; null if it is blank. A share such as `10%` is none.
 * @param currency what it is in; null for the book's.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function unitPrice(
  cells: Cells,
  field: 'price' | 'cost',
  currency: string | null,
): UnitPrice | null {
  const cell = cells.one(field)
  if (cell?.includes('%')) throw new Fault('usage', `${quoted(cell)} is a percentage, not a price`)
  return cells.scaled(field, PRICE_DIGITS, currency) as UnitPrice | null
}
