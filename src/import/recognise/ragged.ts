import { quoted } from '../../domain/plain-text.ts'
import { counted } from '../../domain/text.ts'

const SIGN: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }

// “1 | 234 | 567.00” and “€ 12 | 50”: what a mark within a number leaves in its cells.
const THOUSANDS = /^\D{0,4}\d{1,3}$/
const THREE_MORE = /^\d{3}(?:\.\d+)?\D{0,4}$/
const WHOLE = /^\D{0,4}\d[\d.' ]*$/
const DECIMALS = /^\d{1,2}\D{0,4}$/

const SHOWN = 3
// If a row is split more often, nobody can say where.
const MOST_TORN = 50

function isNumber(parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts.map((part) => part.trim())
  if (THOUSANDS.test(first) && rest.every((part) => THREE_MORE.test(part))) return true
  const last = rest.at(-1) ?? ''
  return rest.length === 1 && WHOLE.test(first) && DECIMALS.test(last)
}

/** “Smith, John”: people write a blank after a comma, and programs do not. */
function isText(parts: readonly string[]): boolean {
  return parts.every((part, place) => part.trim() !== '' && (place === 0 || part.startsWith(' ')))
}

/** The only run of neighbouring cells that reads as one cell cut at its delimiters. */
function torn(cells: readonly string[], length: number, delimiter: string): string | null {
  if (length > MOST_TORN) return null
  const runs = cells
    .slice(0, cells.length - length + 1)
    .map((_, at) => cells.slice(at, at + length))
  const numbers = delimiter === ',' ? runs.filter(isNumber) : []
  const found = numbers.length > 0 ? numbers : runs.filter(isText)
  const [run] = found
  return run && found.length === 1 ? run.join(delimiter).trim() : null
}

/**
 * Why a row of delimited text is not a record: it has filled cells beyond the headers, so
 * a cell before them was split, and the others may be under wrong headers. Null for a
 * row that is as long as the headers or shorter, and for one followed only by blank cells.
 * @param width how many cells the line of headers has, empty ones too.
 * @example raggedReason(['Nord', 'Boiler', '2', '450'], 3, ',')
 * // it has 4 cells under 3 headers, with “450” left over: “2,450” needs quotes if it is one cell
 */
export function raggedReason(
  cells: readonly string[],
  width: number,
  delimiter: string,
): string | null {
  if (cells.length <= width) return null
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  if (last < width) return null
  const extra = cells.slice(width, last + 1).filter((cell) => cell.trim() !== '')
  const named = extra.slice(0, SHOWN).map(quoted).join(', ')
  const more = extra.length > SHOWN ? ` and ${extra.length - SHOWN} more` : ''
  const whole = torn(cells.slice(0, last + 1), last + 2 - width, delimiter)
  const sign = SIGN[delimiter] ?? `“${delimiter}”`
  const cause =
    whole === null
      ? `a cell that holds a ${sign} needs quotes, or a header is missing`
      : `${quoted(whole)} needs quotes if it is one cell`
  const has = `${counted(last + 1, 'cell')} under ${counted(width, 'header')}`
  return `it has ${has}, with ${named}${more} left over: ${cause}`
}
