import { joinedValues } from '../../own-export/joined-values.ts'
import { isObject, type JsonObject } from './parse.ts'

/** A value of a record that is one cell. */
export type JsonCell = string | number | boolean | null

/** What programs wrap around the fields of a record, without meaning anything by it. */
const WRAPPERS = /^(?:properties|fields|attributes|values|data|custom_?fields)$/i
const DEEPEST = 4

function isCell(value: unknown): value is JsonCell {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** A list of plain values in one cell, as in an export of this program; else its JSON. */
function listText(list: readonly unknown[]): string {
  if (list.every(isCell)) {
    return (
      joinedValues(list.flatMap((one) => (one === null || one === '' ? [] : String(one)))) ?? ''
    )
  }
  return JSON.stringify(list)
}

/**
 * The fields of a record that another program wrote, each with one value: `{owner: {email: 'a@x.example'}}`
 * is `owner email`, and `{owner: {name: 'Ann'}}` is `owner`. What cannot be a cell is kept as text; `onNested` is told of it.
 */
export function flatRecord(
  record: JsonObject,
  onNested: (field: string) => void,
): Map<string, JsonCell> {
  const cells = new Map<string, JsonCell>()
  const visit = (object: JsonObject, path: readonly string[], depth: number): void => {
    for (const [key, value] of Object.entries(object)) {
      const isWrapper = WRAPPERS.test(key) && isObject(value)
      // `owner: {name: 'Ann'}` is the owner, as `owner_id: {name: 'Ann'}` is.
      const isName = key === 'name' && path.length > 0
      const of = path.map((one, index) =>
        index === path.length - 1 ? one.replace(/_id$/i, '') : one,
      )
      const names = isWrapper ? path : isName ? of : [...path, key]
      if (isObject(value) && depth < DEEPEST) {
        visit(value, names, depth + 1)
        continue
      }
      const name = names.join(' ')
      const field = cells.has(name) ? [...path, key].join('.') : name
      if (isCell(value)) cells.set(field, value)
      else {
        const list = Array.isArray(value) ? value : [value]
        if (!list.every(isCell)) onNested(field)
        cells.set(field, Array.isArray(value) ? listText(value) : JSON.stringify(value))
      }
    }
  }
  visit(record, [], 0)
  return cells
}
