import type { KnownNames } from './by-content.ts'
import { currencyColumn } from './codes.ts'
import { findField, hasProperties, type ImportKind } from './fields.ts'
import { columnKeys, propertyNames, REASON_HEADER } from './header.ts'
import { settleByHeader } from './settle-by-header.ts'
import { Settled } from './settled.ts'
import type { Proposal, Target } from './target.ts'
import { readWishes, type Wishes } from './wishes.ts'

export { headerKey } from './header.ts'
export { requireFields } from './require.ts'
export { describeTarget, type Proposal, type Target } from './target.ts'
export type { KnownNames } from './by-content.ts'
export type { Wishes } from './wishes.ts'

/**
 * Proposes what to read each column as: as wished; else as in the saved profile (by
 * `columnKeys`); else by its header, in the languages and programs that the dictionary knows; else
 * by a header that is misspelt; else by what its cells look like. Of several columns for a field
 * that takes one, the one whose header is the better word for it gets it. What is left over becomes
 * a property of the client, and is left out for other kinds of import.
 *
 * `samples` are the cells of the first rows.
 *
 * `known` are names of the book, by which columns of owners, stages and sources are recognised.
 *
 * @example proposeColumns('clients', ['Name', 'Firma', 'Fleet'], { map: [], ignore: [] }, [])
 * // contact, name, property:Fleet
 * @throws Fault `usage` if a wish names an unknown column or field.
 */
export function proposeColumns(
  kind: ImportKind,
  headers: readonly string[],
  wishes: Wishes,
  samples: readonly (readonly string[])[],
  saved: ReadonlyMap<string, Target> = new Map(),
  known: KnownNames = {},
): Proposal[] {
  const settled = new Settled(kind)
  for (const [index, target] of readWishes(kind, headers, wishes)) {
    settled.settle(index, target, 'wish')
  }
  const reason = headers.indexOf(REASON_HEADER)
  if (reason >= 0 && !settled.has(reason)) settled.settle(reason, { to: 'nothing' }, 'header')
  columnKeys(headers).forEach((key, index) => {
    const target = saved.get(key)
    if (!target || settled.has(index)) return
    if (target.to === 'field' && !settled.isFree(target.field)) return
    settled.settle(index, target, 'profile')
  })
  settleByHeader(kind, headers, samples, settled, known)
  settleCurrency(headers, samples, settled, known.currency)
  const names = propertyNames(headers, settled.properties())
  return headers.map((header, index) => {
    const found = settled.get(index)
    if (found) return { header, index, ...found }
    const target: Target = hasProperties(kind)
      ? { to: 'property', name: names[index] ?? header }
      : { to: 'nothing' }
    return { header, index, target, by: 'none' }
  })
}

/** Amounts in another currency must not pass for the book's because a header is unknown. */
function settleCurrency(
  headers: readonly string[],
  samples: readonly (readonly string[])[],
  settled: Settled,
  own: string | undefined,
): void {
  if (!findField(settled.kind, 'currency') || settled.isTaken('currency')) return
  const open = [...headers.keys()].filter((index) => !settled.has(index))
  const index = currencyColumn(open, samples, own)
  if (index !== null) settled.settle(index, { to: 'field', field: 'currency' }, 'content')
}
