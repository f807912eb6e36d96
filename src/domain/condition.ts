import { Fault } from './fault.ts'
import { nameKey } from './name.ts'

/** How a field is compared; `~` is “contains”. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~'

/** What a condition asks of a client: a field, how it compares, and with what. */
export interface Condition {
  /** The name of the field; `property` for a value of the book's own. */
  field: string
  /** The name of the property, as it was written. */
  property?: string
  operator: Operator
  /** Any of these matches; for `!=`, none of them may. Never empty. */
  values: string[]
  /** A number with a comma in it, which `values` has in parts: `950,50`. */
  whole?: string
}

/** The value that stands for “not known”. */
export const NONE = 'none'

const SYNTAX =
  /^\s*(?:property:\s*(?:"(?<quoted>[^"]+)"|(?<property>[^=!<>~"]+))|(?<field>[a-z][a-z_-]*))\s*(?:(?<operator>!=|<=|>=|=|<|>|~)\s*(?<value>.*))?$/isu

const HINT =
  'write it as "region=North", "size!=small", "name~pier", "last-contact>30d" or "property:Fleet>10"'

/** `1000,5`, `1.000,50`, `1,000`. */
const COMMA_NUMBER = /^[+-]?\d[\d.,' ]*,\d+(?:\.\d+)?$/

/** Splits a list at its commas; a part in double quotes may contain commas. */
function splitList(text: string): string[] {
  const parts = text.match(/"[^"]*"|[^,"]+|"/g) ?? []
  return parts
    .map((part) => part.trim())
    .map((part) => (/^".*"$/s.test(part) ? part.slice(1, -1).trim() : part))
    .filter((part) => part !== '')
}

/**
 * Reads a condition: `region=North,South`, `size!=small`, `name~pier`, `property:Fleet>10`. A field on its
 * own asks for a known value: `email` is `email!=none`.
 * @throws Fault `usage` for anything else.
 */
export function parseCondition(text: string): Condition {
  const { quoted, property, field, operator, value } = SYNTAX.exec(text)?.groups ?? {}
  const named = quoted ?? property?.trim()
  const what = named ? { field: 'property', property: named } : field && { field: wordOf(field) }
  if (!what) throw new Fault('usage', `“${text}” is not a condition`, HINT)
  if (operator === undefined || value === undefined) {
    return { ...what, operator: '!=', values: [NONE] }
  }
  const values = splitList(value)
  if (values.length === 0) {
    throw new Fault('usage', `“${text}” does not say with what to compare`, HINT)
  }
  const isNumber = values.length > 1 && COMMA_NUMBER.test(value.trim())
  if (['=', '!=', '~'].includes(operator)) {
    const whole = isNumber && operator !== '~' ? { whole: value.trim() } : {}
    return { ...what, operator: operator as Operator, values, ...whole }
  }
  // Counts have no decimals.
  if (isNumber && named) return { ...what, operator: operator as Operator, values: [value.trim()] }
  if (values.length > 1) {
    throw new Fault('usage', `“${text}”: ${operator} takes one value`, HINT)
  }
  return { ...what, operator: operator as Operator, values }
}

/** `Open_Deals` is `open-deals`. */
function wordOf(text: string): string {
  return text.toLowerCase().replaceAll('_', '-')
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/

/** The text as a number; null if it is not one. */
function numberIn(text: string): number | null {
  const trimmed = text.trim()
  return NUMBER.test(trimmed) ? Number(trimmed) : null
}

/** Below 0 if a comes before b: compared as numbers if both are numbers, else as text, ignoring spelling. */
export function compareTexts(a: string, b: string): number {
  const [x, y] = [numberIn(a), numberIn(b)]
  if (x !== null && y !== null) return x - y
  const [left, right] = [nameKey(a), nameKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * Does a known text meet a condition? `<` and the like with a number need a number: “many” is not more than
 * 10.
 */
export function holds(text: string, operator: Operator, values: readonly string[]): boolean {
  const some = (test: (value: string) => boolean): boolean => values.some(test)
  if (operator === '=') return some((value) => compareTexts(text, value) === 0)
  if (operator === '!=') return !some((value) => compareTexts(text, value) === 0)
  if (operator === '~') return some((value) => nameKey(text).includes(nameKey(value)))
  return some(
    (value) =>
      (numberIn(value) === null || numberIn(text) !== null) &&
      inOrder(compareTexts(text, value), operator),
  )
}

/** Is a difference below, at or above zero, as the operator asks? */
export function inOrder(difference: number, operator: Operator): boolean {
  switch (operator) {
    case '<':
      return difference < 0
    case '<=':
      return difference <= 0
    case '>':
      return difference > 0
    case '>=':
      return difference >= 0
    case '!=':
      return difference !== 0
    default:
      return difference === 0
  }
}
