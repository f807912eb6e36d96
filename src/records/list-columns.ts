import { distance } from 'fastest-levenshtein'
import { Fault } from '../domain/fault.ts'

/** The name of a column as it is typed: `open-deals` for `open_deals`. */
export function typedName(key: string): string {
  return key.replaceAll('_', '-')
}

/** Other names of columns that lists have: those of conditions, and of other lists. */
const OTHER_NAMES: Partial<Record<string, string>> = {
  no: 'id',
  number: 'id',
  deal: 'title',
  name: 'title',
  opened: 'opened_on',
  closed: 'closed_on',
  expected: 'expected_close',
}

/**
 * The column that a typed name means: `expected-close`, `Expected_Close`.
 * @param of what the list is of: `deals`.
 * @throws Fault `usage` where there is none, with the nearest, or with all.
 */
export function columnNamed(of: string, keys: readonly string[], name: string): string {
  const key = name.trim().toLowerCase().replaceAll('-', '_')
  if (keys.includes(key)) return key
  const other = OTHER_NAMES[key]
  if (other !== undefined && keys.includes(other)) return other
  throw noColumn(of, name, keys.map(typedName))
}

/** The refusal of a name that no column of a list has. */
export function noColumn(of: string, name: string, names: readonly string[]): Fault {
  const typed = typedName(name.toLowerCase())
  const [near] = names.toSorted((a, b) => distance(a, typed) - distance(b, typed))
  const isNear = near !== undefined && distance(near, typed) <= 2
  const hint = isNear ? `did you mean ${near}?` : `there are ${names.join(', ')}`
  return new Fault('usage', `a list of ${of} has no column “${name.trim()}”`, hint)
}

/** The names in a list of them: `name,email`. */
export function readNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** What to sort by, as it is typed: `region,-open-deals`; `-` starts with the last. */
export function readSorts(text: string): { name: string; descending: boolean }[] {
  return readNames(text).map((name) => ({
    name: name.replace(/^[+-]/, ''),
    descending: name.startsWith('-'),
  }))
}
