import { stringify } from 'csv-stringify/sync'
import { replaceFile } from '../book/files/new-file.ts'
import { columnTitle, REASON_HEADER } from './map/header.ts'
import type { Reject } from './tally.ts'

/** What is next to the table of a sheet is not a mistake, and gets the header that it is known by. */
function withExtraColumns(headers: readonly string[], rejects: readonly Reject[]): string[] {
  const width = rejects.reduce((most, { cells }) => Math.max(most, cells.length), headers.length)
  return Array.from({ length: width }, (_, index) => headers[index] ?? columnTitle('', index))
}

/**
 * Writes the rejected rows as they came, with the reason in a last column, so that they can be corrected
 * and imported again: with the delimiter that they came with, and a byte order mark where a spreadsheet
 * program would need one. Readable only by its owner, and either complete or absent.
 * @throws NodeJS.ErrnoException where the file cannot be written.
 */
export function writeRejects(
  file: string,
  named: readonly string[],
  rejects: readonly Reject[],
  delimiter: string | null,
): void {
  const headers = delimiter === null ? withExtraColumns(named, rejects) : named
  // Rows that are rejected again have an earlier reason.
  const earlier = headers.indexOf(REASON_HEADER)
  const line = (cells: readonly string[], reason: string): string[] => {
    const under = headers.map((_, index) => cells[index] ?? '')
    // Cells without a header come after the reason, so that such a row is never read as a sound one.
    const beyond = cells.slice(headers.length)
    return [...under.filter((_, index) => index !== earlier), reason, ...beyond]
  }
  const lines = rejects.map(({ cells, reason }) => line(cells, reason))
  const text = stringify([line(headers, REASON_HEADER), ...lines], {
    quoted_match: /\r/,
    delimiter: delimiter ?? ',',
  })
  replaceFile(file, /^[\0-\u007F]*$/.test(text) ? text : `\uFEFF${text}`)
}
