import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import type { ImportKind } from './fields.ts'
import { nearest } from './field-words.ts'
import { listHeaders } from './header.ts'
import { isFieldWord, parseTarget, soleTarget, type Target, writeTarget } from './target.ts'

/** What the person said about columns: `Header=field`, and headers to leave out. */
export interface Wishes {
  map: string[]
  ignore: string[]
}

function findColumn(headers: readonly string[], name: string): number {
  const key = nameKey(name)
  const same = headers.flatMap((header, index) => (nameKey(header) === key ? [index] : []))
  if (key !== '' && same.length > 1) {
    const [exact, ...others] = same.filter((index) => headers[index]?.trim() === name.trim())
    if (exact !== undefined && others.length === 0) return exact
    const places = same.slice(0, 10).map((index) => `#${index + 1}`)
    throw new Fault(
      'usage',
      `the file has ${same.length} columns “${name.trim()}”`,
      `name one by its place: ${places.join(', ')}`,
    )
  }
  if (key !== '' && same[0] !== undefined) return same[0]
  const place = Number(/^#(\d+)$/.exec(key)?.[1])
  if (place >= 1 && place <= headers.length) return place - 1
  const near = nearest(name, headers)
  const which = near === null ? '' : `did you mean “${listHeaders([near])}”? `
  throw new Fault(
    'usage',
    `the file has no column “${name}”`,
    `${which}it has: ${listHeaders(headers)}; #3 is the third`,
  )
}

/** What a column is called: its header, or its place if it has none. */
function columnName(headers: readonly string[], index: number): string {
  return listHeaders(headers.slice(index, index + 1)) || `#${index + 1}`
}

function requireOneEach(
  kind: ImportKind,
  headers: readonly string[],
  targets: ReadonlyMap<number, Target>,
): void {
  const holders = new Map<string, number>()
  for (const [index, target] of targets) {
    const sole = soleTarget(kind, target)
    if (sole === null) continue
    const other = holders.get(sole)
    if (other !== undefined) {
      const both = `${columnName(headers, other)}, ${columnName(headers, index)}`
      throw new Fault('usage', `only one column can be ${writeTarget(target)}, not ${both}`)
    }
    holders.set(sole, index)
  }
}

/** A mapping's header and its target. @throws Fault `usage` if it has no `=`. */
function parted(wish: string): [header: string, target: string] {
  // The header may hold a `=`, and so may the name of a property, but not that of a field.
  const property = wish.search(/=\s*property:/i)
  const split = property > 0 ? property : wish.lastIndexOf('=')
  if (split >= 1) return [wish.slice(0, split), wish.slice(split + 1)]
  throw new Fault('usage', `“${wish}” is not a mapping`, 'write it as --map "Header=field"')
}

/** The words for fields that mappings are written with. */
export function fieldWords({ map }: Wishes): string[] {
  return map.map((wish) => parted(wish)[1]).filter(isFieldWord)
}

/**
 * The targets that were wished for, by column. A header is compared like a name; `#3` is the
 * third column.
 * @throws Fault `usage` for an unknown or ambiguous header, an unknown field, a column given two
 * targets, and two columns for a field or a property that takes one.
 */
export function readWishes(
  kind: ImportKind,
  headers: readonly string[],
  wishes: Wishes,
): Map<number, Target> {
  const targets = new Map<number, Target>()
  for (const wish of wishes.map) {
    const [header, text] = parted(wish)
    const column = findColumn(headers, header)
    const target = parseTarget(kind, text)
    const other = targets.get(column)
    if (other) {
      const ways = `as ${writeTarget(other)} and as ${writeTarget(target)}`
      const what = `the column “${columnName(headers, column)}” is to be read twice, ${ways}`
      throw new Fault('usage', what, 'give one --map for each column')
    }
    targets.set(column, target)
  }
  for (const name of wishes.ignore) {
    const column = findColumn(headers, name)
    const other = targets.get(column)
    if (other && other.to !== 'nothing') {
      const ways = `as ${writeTarget(other)} and left out`
      const what = `the column “${columnName(headers, column)}” is to be read ${ways}`
      throw new Fault('usage', what, 'give --map or --ignore for it, not both')
    }
    targets.set(column, { to: 'nothing' })
  }
  requireOneEach(kind, headers, targets)
  return targets
}
