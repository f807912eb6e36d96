import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { findField, type ImportKind } from './fields.ts'
import { listHeaders } from './header.ts'
import { parseTarget, type Target } from './target.ts'

/** What the person said about columns: `Header=field`, and headers to leave out. */
export interface Wishes {
  map: string[]
  ignore: string[]
}

function findColumn(headers: readonly string[], name: string): number {
  const key = nameKey(name)
  const same = headers.flatMap((header, index) => (nameKey(header) === key ? [index] : []))
  if (key !== '' && same.length > 1) {
    const exact = same.filter((index) => headers[index]?.trim() === name.trim())
    if (exact.length === 1) return exact[0] ?? 0
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
  throw new Fault(
    'usage',
    `the file has no column “${name}”`,
    `it has: ${listHeaders(headers)}; #3 is the third`,
  )
}

/**
 * The targets that were wished for, by column. A header is compared as names are; `#3` is the
 * third column. What is ignored is ignored, even where it is mapped as well.
 * @throws Fault `usage` for an unknown or ambiguous header, an unknown field, and two columns for a
 * field that takes one.
 */
export function readWishes(
  kind: ImportKind,
  headers: readonly string[],
  wishes: Wishes,
): Map<number, Target> {
  const targets = new Map<number, Target>()
  for (const wish of wishes.map) {
    // The header may hold a `=`, and so may the name of a property, but not that of a field.
    const property = wish.search(/=\s*property:/i)
    const split = property > 0 ? property : wish.lastIndexOf('=')
    if (split < 1) {
      throw new Fault('usage', `“${wish}” is no mapping`, 'write it as --map "Header=field"')
    }
    const column = findColumn(headers, wish.slice(0, split))
    targets.set(column, parseTarget(kind, wish.slice(split + 1)))
  }
  for (const name of wishes.ignore) targets.set(findColumn(headers, name), { to: 'nothing' })
  const holders = new Map<string, number>()
  for (const [index, target] of targets) {
    if (target.to !== 'field' || findField(kind, target.field)?.many) continue
    const other = holders.get(target.field)
    if (other !== undefined) {
      const both = listHeaders([headers[other] ?? '', headers[index] ?? ''])
      throw new Fault('usage', `only one column can be ${target.field}, not ${both}`)
    }
    holders.set(target.field, index)
  }
  return targets
}
