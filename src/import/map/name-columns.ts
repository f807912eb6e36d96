import { tidyName } from '../../domain/name.ts'
import { isBlank, isNumeric, lookOf } from './content.ts'
import type { ImportKind } from './fields.ts'
import { headerKey } from './header.ts'
import { isStranger } from './synonyms/index.ts'
import type { Proposal } from './target.ts'

const NAMES = new Set(['name', 'contact', 'first-name', 'last-name'])
const SHOWN = 3

function isFree({ header, target }: Proposal): boolean {
  return target.to !== 'field' && tidyName(header) !== '' && !isStranger(headerKey(header))
}

function distinct(samples: readonly (readonly string[])[], index: number): number {
  return new Set(samples.map((row) => row[index]?.trim() ?? '')).size
}

/**
 * The headers of columns of text that could be the clients' names, in a list of clients where no
 * column is: those whose cells differ most first, at most three. Null if a column or a default
 * gives a name.
 */
export function nameColumns(
  kind: ImportKind,
  columns: readonly Proposal[],
  samples: readonly (readonly string[])[],
  defaults: ReadonlyMap<string, string>,
): string[] | null {
  const isName = ({ target }: Proposal): boolean => target.to === 'field' && NAMES.has(target.field)
  if (kind !== 'clients' || columns.some(isName)) return null
  if ([...NAMES].some((field) => defaults.has(field))) return null
  return columns
    .filter(isFree)
    .filter(({ index }) => !isBlank(samples, index) && !isNumeric(samples, index))
    .filter(({ index }) => lookOf(samples, index) === null)
    .toSorted((a, b) => distinct(samples, b.index) - distinct(samples, a.index))
    .slice(0, SHOWN)
    .map(({ header }) => tidyName(header))
}
