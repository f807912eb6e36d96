import { numberText } from '../../domain/number-text.ts'
import { isBlankWord } from '../values/blank.ts'

/** What the cells of a column look like. */
export type Look = 'email' | 'phone' | 'date'

const LOOKS: Record<Look, RegExp> = {
  email: /^(mailto:)?[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}\.[^\s@<>,;.]{2,}$/iu,
  // A bare number may be anything; a plus or brackets in front are a phone's.
  phone: /^(\+\d|\+?\d{0,3}[\s-]?\(\d{2,5}\))[\d\s().\-/]{4,20}((x|ext\.?)\s?\d+)?$/i,
  date: /^(\d{4}([-/.])\d{1,2}\2\d{1,2}|\d{1,2}([-/.])\d{1,2}\3(\d{2}|\d{4})|\d{1,2} \p{L}{3,12}\.? \d{4}|\d{4}年\d{1,2}月\d{1,2}日)([T ,].{0,30})?$/u,
}

/** At least this share of the cells that are not empty must look alike. */
const MOSTLY = 0.8

/** What the samples of a column mostly look like; null if that is nothing known, or all are empty. */
export function lookOf(samples: readonly (readonly string[])[], column: number): Look | null {
  const cells = samples.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  if (cells.length === 0) return null
  const looks = Object.keys(LOOKS) as Look[]
  return (
    looks.find((look) => {
      const alike = cells.filter((cell) => cell.length < 300 && LOOKS[look].test(cell)).length
      return alike >= MOSTLY * cells.length
    }) ?? null
  )
}

/** No amount is longer, and the patterns for them are slow on long texts. */
const LONGEST_AMOUNT = 40

const SUM =
  /^(\p{Sc}|[A-Z]{3}\s)\s*[\d.,'\s]*\d$|^\d[\d.,'\s]*(\p{Sc}|\s(руб\.?|р\.|บาท|元|[A-Z]{3})|บาท|元)$/u

/** True for a column of amounts with a currency next to them: `€ 1,200`, `1 200 руб.` */
export function isMoney(samples: readonly (readonly string[])[], column: number): boolean {
  return isMostly(samples, column, (cell) => cell.length < LONGEST_AMOUNT && SUM.test(cell))
}

const WITH_CENTS = /^-?\d[\d.,' ]*[.,]\d\d$/
const SIGNED =
  /^[-(]?\s*(?:(?:\p{Sc}|[A-Z]{3})\s*[\d.,' ]*\d|\d[\d.,' ]*\s*(?:\p{Sc}|[A-Z]{3}))\)?$/u

/** True for a column of amounts, with a currency next to them or with cents: `€ 1,200`, `1.200,00`. */
export function holdsMoney(samples: readonly (readonly string[])[], column: number): boolean {
  const cells = filledCells(samples, column)
  const money = cells.filter(
    (cell) => cell.length < LONGEST_AMOUNT && (SIGNED.test(cell) || WITH_CENTS.test(cell)),
  ).length
  const isMost = cells.length > 0 && money >= MOSTLY * cells.length
  return isMost && lookOf(samples, column) === null
}

/** True if most of the cells that are not empty are numbers, with a currency or without. */
export function holdsFigures(samples: readonly (readonly string[])[], column: number): boolean {
  const cells = filledCells(samples, column)
  const figures = cells.filter((cell) => {
    const { point, comma } = numberText(cell)
    return point !== null || comma !== null
  })
  return cells.length > 0 && figures.length >= MOSTLY * cells.length
}

/** The cells of a column that are not empty. */
export function filledCells(samples: readonly (readonly string[])[], column: number): string[] {
  return samples
    .map((row) => row[column]?.trim() ?? '')
    .filter((cell) => cell !== '' && !isBlankWord(cell))
}

/** True if most of the cells that are not empty, and at least two, pass a test. */
export function isMostly(
  samples: readonly (readonly string[])[],
  column: number,
  test: (cell: string) => boolean,
): boolean {
  const cells = samples.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  return cells.length > 1 && cells.filter(test).length >= MOSTLY * cells.length
}

/** True if all samples of the column are empty. */
export function isBlank(samples: readonly (readonly string[])[], column: number): boolean {
  return samples.every((row) => (row[column]?.trim() ?? '') === '')
}

/** True for a column of numbers, which does not contain names whatever its header. */
export function isNumeric(samples: readonly (readonly string[])[], column: number): boolean {
  const cells = samples.map((row) => row[column]?.trim() ?? '').filter((cell) => cell !== '')
  const numbers = cells.filter((cell) => /^\p{Sc}?[\d\s.,'%+-]+\p{Sc}?$/u.test(cell)).length
  return cells.length > 0 && numbers >= MOSTLY * cells.length
}
