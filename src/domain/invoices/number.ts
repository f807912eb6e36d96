import { type Day, partsOf } from '../day.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../plain-text.ts'

/** How invoices are numbered unless the book says otherwise: 2026-0001, and from one again each year. */
export const USUAL_PATTERN = '{yyyy}-{nnnn}'

/** The same for proposals: P-2026-0001. */
export const USUAL_PROPOSAL_PATTERN = 'P-{yyyy}-{nnnn}'

const LONGEST = 30
const FIELD = /\{(yyyy|yy|mm|n+)\}/g

/** Why a text does not say how to number invoices, in words that follow it; null if it does. */
function patternProblem(pattern: string): string | null {
  const fields = [...pattern.matchAll(FIELD)].map(([, name = '']) => name)
  if (/[{}]/.test(pattern.replaceAll(FIELD, ''))) return 'has a word in braces that is not known'
  if (fields.filter((name) => name.startsWith('n')).length !== 1)
    return 'needs one {n}, which is the number'
  if (pattern.length > LONGEST) return `has more than ${LONGEST} signs`
  return /\{n+\}[\d{]|[\d}]\{n+\}/.test(pattern)
    ? 'puts digits next to the number, which could then be read in two ways'
    : null
}

/** Does a text say how to number invoices? */
export function isPattern(pattern: string): boolean {
  return patternProblem(pattern) === null
}

/**
 * Reads how invoices are numbered: `INV-{yyyy}-{nnnn}`. `{n…}` is the number with at least as many digits; `{yyyy}`,
 * `{yy}` and `{mm}` are those of the day of issue, and each begins a count of its own.
 * @throws Fault `usage` if it has no `{n}` or several, braces of other words, or is longer than 30 signs.
 */
export function parsePattern(text: string): string {
  const pattern = text.trim()
  const problem = patternProblem(pattern)
  if (problem === null) return pattern
  const hint = `write it as ${USUAL_PATTERN}, INV-{nnnnn} or {yy}{mm}-{nnn}`
  throw new Fault('usage', `${quoted(pattern)} ${problem}`, hint)
}

const filled = (pattern: string, day: Day): string => {
  const { year, month } = partsOf(day)
  const words: Record<string, string> = {
    yyyy: String(year),
    yy: String(year % 100).padStart(2, '0'),
    mm: String(month).padStart(2, '0'),
  }
  return pattern.replaceAll(FIELD, (field, name: string) => words[name] ?? field)
}

/** The numbers that are counted together with those of a day: `2026-{nnnn}`. */
export function seriesOf(pattern: string, day: Day): string {
  return filled(pattern, day)
}

/** A number of a series: number 42 of `2026-{nnnn}` is `2026-0042`. */
export function numberOf(series: string, serial: number): string {
  return series.replace(/\{(n+)\}/, (_, places: string) =>
    String(serial).padStart(places.length, '0'),
  )
}

/** Which number of a series a text is: `2026-0042` is number 42 of `2026-{nnnn}`; null if it is none of them. */
export function serialIn(series: string, number: string): number | null {
  const [before = '', after = ''] = series.split(/\{n+\}/)
  const digits = number.slice(before.length, number.length - after.length)
  if (!number.startsWith(before) || !number.endsWith(after) || !/^\d{1,12}$/.test(digits))
    return null
  const serial = Number(digits)
  return serial > 0 && numberOf(series, serial) === number ? serial : null
}
