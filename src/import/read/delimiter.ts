import { parse } from 'csv-parse/sync'
import { csvOptions } from './records.ts'
import { ESCAPED_QUOTE } from './quotes/judge.ts'
import { isBlank } from './source.ts'
import { maxOf } from '../../domain/lists.ts'

// Those that are rarer in ordinary text come first: they win if two fit equally well.
const DELIMITERS = ['\t', '|', ';', ',']

const ENOUGH_ROWS = 200

/** The first rows that a delimiter makes of a text, as far as quotes allow. */
function firstRows(text: string, delimiter: string, escape: string): string[][] {
  const rows: string[][] = []
  try {
    const keep = (row: string[]): null => {
      if (!isBlank(row)) rows.push(row)
      return null
    }
    parse(text, { ...csvOptions(delimiter, text), escape, to: ENOUGH_ROWS, on_record: keep })
  } catch {
    // The text breaks off within quotes, or this is not the delimiter.
  }
  return rows
}

/** How regular a table a delimiter makes of a text: 0 for none. */
function regularity(text: string, delimiter: string, whole: boolean, escape = '"'): number {
  const rows = firstRows(text, delimiter, escape)
  // The last row may have been cut.
  if (!whole && rows.length < ENOUGH_ROWS) rows.pop()
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const scores = [...counts].map(([width, count]) =>
    width < 2 ? 0 : (count / rows.length) * Math.log2(width),
  )
  return maxOf(scores, 0)
}

/**
 * The delimiter that splits the lines of a text into the same number of cells, as many as possible:
 * the share of rows with that number times its binary logarithm. A comma if none does.
 * @param whole false if the text goes on.
 */
export function findDelimiter(start: string, whole: boolean): string {
  // The sign that ends `&amp;` does not separate cells.
  const text = start.replaceAll(/&#?\w{2,8};/g, ' ')
  let best = { delimiter: ',', score: 0 }
  const isEscaped = text.includes(ESCAPED_QUOTE)
  for (const delimiter of DELIMITERS) {
    const doubled = regularity(text, delimiter, whole)
    const escaped = isEscaped ? regularity(text, delimiter, whole, '\\') : 0
    const score = Math.max(doubled, escaped)
    if (score > best.score * 1.1) best = { delimiter, score }
  }
  return best.delimiter
}

/** What Excel writes above the header to name the delimiter: `sep=;` and a line end. */
export const SEPARATOR_LINE = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)/i
