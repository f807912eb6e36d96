import { parse } from 'csv-parse/sync'
import { csvOptions } from './records.ts'
import { isBlank } from './source.ts'

// Those that are rarer in ordinary text come first: they win where two fit as well.
const DELIMITERS = ['\t', '|', ';', ',']

const ENOUGH_ROWS = 200

/** The first rows that a delimiter makes of a text, as far as quotes allow. */
function firstRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = []
  try {
    const keep = (row: string[]): null => {
      if (!isBlank(row)) rows.push(row)
      return null
    }
    parse(text, { ...csvOptions(delimiter, text), to: ENOUGH_ROWS, on_record: keep })
  } catch {
    // The text breaks off within quotes, or the delimiter is not the one.
  }
  return rows
}

/** How regular a table a delimiter makes of a text: 0 for none. */
function regularity(text: string, delimiter: string, whole: boolean): number {
  const rows = firstRows(text, delimiter)
  // The last row may have been cut.
  if (!whole && rows.length < ENOUGH_ROWS) rows.pop()
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const scores = [...counts].map(([width, count]) =>
    width < 2 ? 0 : (count / rows.length) * Math.log2(width),
  )
  return Math.max(0, ...scores)
}

/**
 * The delimiter by which the lines of a text fall into the same number of cells, as many as may be:
 * the share of rows with that number times its binary logarithm. A comma where none does so.
 * @param whole false where the text goes on.
 */
export function findDelimiter(text: string, whole: boolean): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const score = regularity(text, delimiter, whole)
    if (score > best.score * 1.1) best = { delimiter, score }
  }
  return best.delimiter
}

/** What Excel writes above the header to name the delimiter: `sep=;` and a line end. */
export const SEPARATOR_LINE = /^"?sep=([^\r\n"])"?(?:\r\n|\r|\n|$)/i
