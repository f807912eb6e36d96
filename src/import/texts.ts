import { perField, type TextFields } from '../domain/text-fields.ts'
import type { Cells } from './row-cells.ts'

/** The texts of a row: a word is the first cell that is filled, prose is all of them, one line each. */
export function textsIn<N extends string>(
  fields: TextFields<N>,
  cells: Cells,
): Record<N, string | null> {
  return perField(fields, (name, { kind }) =>
    kind === 'word' ? cells.one(name) : cells.all(name).join('\n') || null,
  )
}
