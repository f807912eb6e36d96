import { Fault } from '../../../domain/fault.ts'
import { tooLong } from '../kind.ts'
import { LONGEST_RECORD } from '../records.ts'
import { isBlank, type RawRow } from '../source.ts'
import { type Scan, type Scanned, scanRecord, type QuoteStyle } from './scan.ts'

/** What a backslash before a quote means: a quote within the text. */
export const ESCAPED_QUOTE = '\\"'

/** A record in both styles, and what it shows. */
export interface Judged {
  /** The style that it must have; `either` if both give the same, `open` if they do not. */
  shows: QuoteStyle | 'either' | 'open'
  record: Scanned
}

function isScanned(scan: Scan): scan is Scanned {
  return typeof scan !== 'string'
}

function same(one: Scanned, other: Scanned): boolean {
  return one.end === other.end && JSON.stringify(one.cells) === JSON.stringify(other.cells)
}

/** The fault of quotes that fit neither style. */
function unsound(name: string, row: number): Fault {
  const what = `${name} is not sound: the quotes of row ${row} do not pair`
  const hint = 'write each quote twice where it belongs to the text, or save the list as .xlsx'
  return new Fault('usage', what, hint)
}

/** The fault of a record that fits both styles. */
export function ambiguous(name: string, row: number): Fault {
  const what = `${name}: in row ${row} a backslash before a quote (\\") can be read in two ways`
  const hint = 'write each quote twice where it belongs to the text, or save the list as .xlsx'
  return new Fault('usage', what, hint)
}

/**
 * What the record at a place is; `more` if the text ends before that is known. Of two readings that
 * are sound, the right one has as many cells as the other rows.
 * @throws Fault `usage` if it is sound in neither style.
 */
function judge(
  text: string,
  at: number,
  delimiter: string,
  about: { isWhole: boolean; width: number | null; name: string; row: number },
): Judged | 'more' {
  const { isWhole, width, name, row } = about
  const doubled = scanRecord(text, at, delimiter, 'doubled', { isWhole })
  if (isScanned(doubled) && !text.slice(at, doubled.end).includes(ESCAPED_QUOTE)) {
    return { shows: 'either', record: doubled }
  }
  const escaped = scanRecord(text, at, delimiter, 'backslash', { isWhole })
  if (doubled === 'more' || escaped === 'more') {
    if (text.length - at > LONGEST_RECORD) throw tooLong(name, row)
    return 'more'
  }
  if (isScanned(doubled) && isScanned(escaped)) {
    if (same(doubled, escaped)) return { shows: 'either', record: doubled }
    const fits = (scan: Scanned): boolean => scan.cells.length === width
    if (fits(doubled) === fits(escaped)) return { shows: 'open', record: escaped }
    return fits(doubled)
      ? { shows: 'doubled', record: doubled }
      : { shows: 'backslash', record: escaped }
  }
  if (isScanned(doubled)) return { shows: 'doubled', record: doubled }
  if (isScanned(escaped)) return { shows: 'backslash', record: escaped }
  // A quote in a cell without quotes, as people type inches; nothing of it is escaped.
  const relaxed = scanRecord(text, at, delimiter, 'doubled', { isWhole, isRelaxed: true })
  if (relaxed === 'more') return 'more'
  if (!isScanned(relaxed) || text.slice(at, relaxed.end).includes(ESCAPED_QUOTE)) {
    throw unsound(name, row)
  }
  return { shows: 'either', record: relaxed }
}

const ROWS_AT_ONCE = 500

/** The records of a text as some reader has them, with what they show. */
export async function* judged(
  pieces: AsyncIterable<string>,
  delimiter: string,
  name: string,
  widthOf: () => number | null,
): AsyncGenerator<Judged & { row: number; raw: string }> {
  let text = ''
  let at = 0
  let row = 1
  function* read(isWhole: boolean): Generator<Judged & { row: number; raw: string }> {
    while (at < text.length) {
      const found = judge(text, at, delimiter, { isWhole, width: widthOf(), name, row })
      if (found === 'more') break
      const raw = text.slice(at, found.record.end)
      at = found.record.end
      yield { ...found, row, raw }
      row += 1
    }
  }
  for await (const piece of pieces) {
    text = text.slice(at) + piece
    at = 0
    yield* read(false)
  }
  yield* read(true)
}

/** The rows of a text whose quotes are escaped, or written in both ways. */
export async function* escapedRecords(
  pieces: AsyncIterable<string>,
  delimiter: string,
  name: string,
  { style, width }: { style: QuoteStyle | 'mixed'; width: number | null },
): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = []
  for await (const { shows, record, row, raw } of judged(pieces, delimiter, name, () => width)) {
    if (shows === 'open' && style === 'mixed') throw ambiguous(name, row)
    const again =
      style === 'backslash' && shows === 'either' && raw.includes('\\')
        ? scanRecord(raw, 0, delimiter, style, { isWhole: true, isRelaxed: true })
        : record
    const { cells } = isScanned(again) ? again : record
    if (!isBlank(cells)) batch.push({ number: row, cells })
    if (batch.length < ROWS_AT_ONCE) continue
    yield batch
    batch = []
  }
  yield batch
}
