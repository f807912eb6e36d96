import { escapeFormula } from '../domain/csv-injection.ts'
import type { LongTable } from '../domain/table.ts'
import { csvCell, csvText } from './csv.ts'

/** How CSV is written. */
export interface CsvStyle {
  delimiter: string
  /** Begin with a byte order mark, by which Excel knows UTF-8. */
  bom: boolean
  /** Leave text that a spreadsheet program would take for a formula as it is. */
  raw: boolean
}

const ROWS_AT_ONCE = 100

/** A table as CSV (RFC 4180, UTF-8), piece by piece. */
export async function* longCsv(
  { columns, currency, rows }: LongTable,
  { delimiter, bom, raw }: CsvStyle,
): AsyncGenerator<string> {
  const protect = raw ? (text: string): string => text : escapeFormula
  let lines = [columns.map(({ key }) => protect(key))]
  if (bom) yield '\uFEFF'
  for await (const cells of rows) {
    lines.push(columns.map((column, index) => csvCell(cells[index], column, currency, protect)))
    if (lines.length < ROWS_AT_ONCE) continue
    yield csvText(lines, delimiter)
    lines = []
  }
  yield csvText(lines, delimiter)
}
