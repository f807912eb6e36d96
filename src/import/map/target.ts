import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { fieldNamed } from './field-words.ts'
import { fieldsOf, findField, hasProperties, type ImportKind } from './fields.ts'

/** Where a column goes: a field, a property of the record, or nowhere. */
export type Target =
  | { to: 'field'; field: string }
  | { to: 'property'; name: string }
  | { to: 'nothing' }

/** A target for people: `region`, `property:Fleet`, `left out`. */
export function describeTarget(target: Target): string {
  return target.to === 'nothing' ? 'left out' : writeTarget(target)
}

/** A target as it is typed and stored: `region`, `property:Fleet`, `nothing`. */
export function writeTarget(target: Target): string {
  if (target.to === 'field') return target.field
  return target.to === 'property' ? `property:${target.name}` : 'nothing'
}

/** A key for what only one column can be; null for a field that takes several, and for nothing. */
export function soleTarget(kind: ImportKind, target: Target): string | null {
  if (target.to === 'nothing') return null
  if (target.to === 'property') return `property:${nameKey(target.name)}`
  return findField(kind, target.field)?.many ? null : target.field
}

/** What a target can be besides the names of fields. */
const PROPERTY = /^property:(.*)$/is
const NOTHING = /^nothing$/i

/** Is a target written as the word for a field? */
export function isFieldWord(text: string): boolean {
  const word = text.trim()
  return !PROPERTY.test(word) && !NOTHING.test(word)
}

/**
 * Reads what `writeTarget` writes, and words that mean a field.
 * @throws Fault `usage` with the existing fields, if it names none.
 */
export function parseTarget(kind: ImportKind, text: string): Target {
  const word = text.trim()
  const property = PROPERTY.exec(word)?.[1]
  if (property !== undefined) return propertyTarget(kind, property)
  if (NOTHING.test(word)) return { to: 'nothing' }
  const others = hasProperties(kind) ? ['property:NAME'] : []
  return { to: 'field', field: fieldNamed(kind, word, others) }
}

function propertyTarget(kind: ImportKind, text: string): Target {
  const name = tidyName(text)
  if (name === '') throw new Fault('usage', 'the property has no name', 'write property:NAME')
  if (hasProperties(kind)) return { to: 'property', name }
  const choices = fieldsOf(kind).map((field) => field.name)
  throw new Fault(
    'usage',
    'only clients and deals have properties',
    `use one of: ${choices.join(', ')}`,
  )
}

/** A column of the file, what to read it as, and how that was found. */
export interface Proposal {
  header: string
  index: number
  target: Target
  /** `none`: nothing is known of the column. */
  by: 'wish' | 'profile' | 'header' | 'spelling' | 'content' | 'none'
}
