import { ambiguous, ESCAPED_QUOTE, judged } from './judge.ts'
import type { QuoteStyle } from './scan.ts'

/** How the quotes of a whole text are written, and how many cells its rows have. */
export interface TextQuotes {
  style: QuoteStyle | 'mixed'
  width: number | null
}

/** Traces of what other programs do to text, if a file has them anywhere. */
export interface ForeignSigns {
  /** A backslash before a quote. */
  escapedQuotes: boolean
  /** What may be an entity of HTML. */
  entities: boolean
}

/** Reads a text once, to see which traces of other programs are in it. */
export async function foreignSigns(pieces: AsyncIterable<string>): Promise<ForeignSigns> {
  const found = { escapedQuotes: false, entities: false }
  let last = ''
  for await (const piece of pieces) {
    found.escapedQuotes ||=
      piece.includes(ESCAPED_QUOTE) || (last === '\\' && piece.startsWith('"'))
    found.entities ||= piece.includes('&')
    last = piece.at(-1) ?? last
  }
  return found
}

/**
 * How to read a text with backslashes before quotes: `"C:\"` is a sound cell of RFC 4180, and
 * `"The \"Blue\" Inn"` one of programs that escape quotes. Each record must be sound in the style of
 * the text; if records show both, each is read in its own.
 * @throws Fault `usage` if a record is sound in neither style, or its meaning stays unclear.
 */
export async function quotesOf(
  pieces: AsyncIterable<string>,
  delimiter: string,
  name: string,
): Promise<TextQuotes> {
  const rows = { doubled: 0, backslash: 0, either: 0, open: 0 }
  const widths = new Map<number, number>()
  let width: number | null = null
  let firstOpen = 0
  for await (const { shows, record, row } of judged(pieces, delimiter, name, () => width)) {
    rows[shows] += 1
    if (shows === 'open' && firstOpen === 0) firstOpen = row
    if (shows !== 'either') continue
    const { length } = record.cells
    const count = (widths.get(length) ?? 0) + 1
    widths.set(length, count)
    if (width === null || count > (widths.get(width) ?? 0)) width = length
  }
  const isMixed = rows.doubled > 0 && rows.backslash > 0
  if (rows.open > 0 && (isMixed || rows.doubled + rows.backslash === 0)) {
    throw ambiguous(name, firstOpen)
  }
  if (isMixed) return { style: 'mixed', width }
  return { style: rows.backslash > 0 ? 'backslash' : 'doubled', width }
}
