import { stringify } from 'csv-stringify/sync'
import { replaceFile } from '../book/new-file.ts'
import { REASON_HEADER } from './map/header.ts'
import type { Reject } from './tally.ts'

/**
 * Writes the rejected rows as they came, with the reason in a last column, so that they can be mended
 * and imported again: with the delimiter that they came with, and a byte order mark where a spreadsheet
 * program would need one. Readable by its owner alone, and complete or not there.
 * @throws NodeJS.ErrnoException where the file cannot be written.
 */
export function writeRejects(
  file: string,
  headers: readonly string[],
  rejects: readonly Reject[],
  delimiter: string,
): void {
  const width = rejects.reduce((most, { cells }) => Math.max(most, cells.length), headers.length)
  // Rows that are rejected again come with an earlier reason.
  const earlier = headers.indexOf(REASON_HEADER)
  const line = (cells: readonly string[], last: string): string[] => [
    ...Array.from({ length: width }, (_, index) => cells[index] ?? '').filter(
      (_, index) => index !== earlier,
    ),
    last,
  ]
  const lines = rejects.map(({ cells, reason }) => line(cells, reason))
  const text = stringify([line(headers, REASON_HEADER), ...lines], {
    quoted_match: /\r/,
    delimiter,
  })
  replaceFile(file, /^[\0-\u007F]*$/.test(text) ? text : `\uFEFF${text}`)
}
