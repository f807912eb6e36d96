import { isAboutMoney } from '../values/currency.ts'
import { isNotYet } from '../values/not-yet.ts'
import { isTicked, yesNo } from '../values/words.ts'
import { filledCells, holdsFigures, holdsMoney } from './content.ts'
import { findField, type ImportKind } from './fields.ts'

/** At least this many of the cells must be able to be what the header says. */
const HALF = 0.5

/** Types whose cells cannot be read if they do not look like them. */
const NEEDS: Partial<Record<string, (cell: string) => boolean>> = {
  money: (cell) => /\p{Nd}/u.test(cell),
  number: (cell) => /\p{Nd}/u.test(cell),
  date: (cell) => /\p{Nd}/u.test(cell),
  chance: (cell) => /^\d{1,3}(?:[.,]\d+)?\s*%?$/.test(cell),
  yesno: (cell) => yesNo(cell) !== null || isTicked(cell),
}

/** Does a header name a currency, above numbers? Then it is about money, whatever else it says. */
export function isSum(
  header: string,
  samples: readonly (readonly string[])[],
  index: number,
): boolean {
  if (!isAboutMoney(header)) return false
  return filledCells(samples, index).length === 0 || holdsFigures(samples, index)
}

/**
 * Can a column be the field that its header says? A percentage is neither a sum nor a day nor a
 * name, and a column of words is neither a sum, a day, nor a yes or no, whatever its header. If the
 * header names a currency (`Deal (EUR)`), or all cells are sums, it is not a name. A chance is only
 * what this program calls so: in others it follows from the stage.
 */
export function suits(
  kind: ImportKind,
  field: string,
  header: string,
  samples: readonly (readonly string[])[],
  index: number,
): boolean {
  const type = findField(kind, field)?.type ?? ''
  const needs = NEEDS[type]
  if (type === 'chance' && header !== 'chance') return false
  if (header.includes('%') && type !== 'number' && (needs || type === 'name')) return false
  if (type !== 'money' && field !== 'currency' && isSum(header, samples, index)) return false
  if (type === 'name' && holdsMoney(samples, index)) return false
  if (!needs || field === 'consent') return true
  const filled = filledCells(samples, index)
  const cells = type === 'date' ? filled.filter((cell) => !isNotYet(cell)) : filled
  return cells.filter(needs).length >= HALF * cells.length
}
