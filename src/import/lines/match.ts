import type { Selectable } from 'kysely'
import type { DealLinesTable } from '../../book/schema/products.ts'
import { nameKey } from '../../domain/name.ts'
import type { LineValues } from '../../records/rows/line.ts'

/** A line as the book has it. */
export type HeldLine = Selectable<DealLinesTable>

/** A row of a file: what is sold, and those of its values that it gives. */
interface LineRow {
  position: number | null
  values: Pick<LineValues, 'productId' | 'text'> & {
    [key in (typeof EXACT)[number]]: LineValues[key] | null
  }
}

const EXACT = ['quantity', 'price', 'discount'] as const

/** What one line is sold as: its product, else its text. */
function isSameThing(held: HeldLine, { values }: LineRow): boolean {
  if (values.productId !== null || held.product_id !== null) {
    return held.product_id === values.productId
  }
  return nameKey(held.text ?? '') === nameKey(values.text ?? '')
}

function isSameLine(held: HeldLine, row: LineRow): boolean {
  const { values } = row
  return (
    isSameThing(held, row) &&
    EXACT.every((key) => values[key] === null || values[key] === held[key])
  )
}

/**
 * Which line of a deal each row is, as far as the book has it: the one with its number that is the same thing; else
 * one that agrees in quantity, price and discount; else the next of that thing. Each line is one row's.
 */
export function matchLines<R extends LineRow>(
  held: readonly HeldLine[],
  rows: readonly R[],
): Map<R, HeldLine> {
  const found = new Map<R, HeldLine>()
  const free = new Set(held)
  const take = (fits: (line: HeldLine, row: R) => boolean): void => {
    for (const row of rows) {
      if (found.has(row)) continue
      const line = held.find((one) => free.has(one) && fits(one, row))
      if (!line) continue
      found.set(row, line)
      free.delete(line)
    }
  }
  take((line, row) => line.position === row.position && isSameThing(line, row))
  take(isSameLine)
  take(isSameThing)
  return found
}
