import { perField, tidied, type TextFields, wordFor } from '../domain/text-fields.ts'
import type { FieldName } from './map/fields.ts'
import type { Cells } from './row-cells.ts'

/** The texts of a row: prose is all cells of it, one line each, all else the first that is filled. */
export function textsIn<N extends string>(
  fields: TextFields<N>,
  cells: Cells,
): Record<N, string | null> {
  return perField(fields, (name, field) => {
    const column = wordFor(name) as FieldName
    if (field.kind === 'prose') return cells.all(column).join('\n') || null
    const text = cells.one(column)
    return field.spelt && text !== null ? tidied(field, text) : text
  })
}
