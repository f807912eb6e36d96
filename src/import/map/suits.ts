import { isBlankWord } from '../values/blank.ts'
import { isNotYet } from '../values/not-yet.ts'
import { isTicked, yesNo } from '../values/words.ts'
import { findField, type ImportKind } from './fields.ts'

/** So many of the cells at least must be able to be what the header says. */
const HALF = 0.5

function filledCells(samples: readonly (readonly string[])[], index: number): string[] {
  return samples
    .map((row) => row[index]?.trim() ?? '')
    .filter((cell) => cell !== '' && !isBlankWord(cell))
}

/** Types whose cells cannot be read where they do not look like them. */
const NEEDS: Partial<Record<string, (cell: string) => boolean>> = {
  money: (cell) => /\p{Nd}/u.test(cell),
  date: (cell) => /\p{Nd}/u.test(cell),
  yesno: (cell) => yesNo(cell) !== null || isTicked(cell),
}

/**
 * Can a column be the field that its header says? A share in per cent is no sum, no day and nobody's
 * name, and a column of words is no sum, no day, and no yes or no, whatever its header.
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
  if (header.includes('%') && (needs || type === 'name')) return false
  if (!needs || field === 'consent') return true
  const filled = filledCells(samples, index)
  const cells = type === 'date' ? filled.filter((cell) => !isNotYet(cell)) : filled
  return cells.filter(needs).length >= HALF * cells.length
}
