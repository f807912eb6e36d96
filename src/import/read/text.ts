import { decoded, findEncoding } from './encoding.ts'
import { findDelimiter, SEPARATOR_LINE } from './delimiter.ts'
import { startOf } from './file.ts'
import { notASpreadsheet, otherText } from './kind.ts'
import { csvOptions, readRecords } from './records.ts'
import type { Lines, Progress, RawRow } from './source.ts'

const ENOUGH_TEXT = 1 << 16

/** The first 64 Ki characters, and whether they are all. */
async function beginning(
  file: string,
  name: string,
  encoding: string,
): Promise<{ text: string; whole: boolean }> {
  let text = ''
  for await (const piece of decoded(file, name, encoding)) {
    if (text.length > ENOUGH_TEXT) return { text: text.slice(0, ENOUGH_TEXT), whole: false }
    text += piece.text
  }
  const whole = text.length <= ENOUGH_TEXT
  return { text: whole ? text : text.slice(0, ENOUGH_TEXT), whole }
}

function isBinary(text: string): boolean {
  const strange = text.match(/[\0-\u0008\u000E-\u0019\u001C-\u001F\u007F]/g)?.length ?? 0
  return strange > text.length / 50
}

/**
 * Opens CSV, or text with another delimiter. Rows are read from the file as they are wanted, anew
 * each time.
 * @throws Fault `usage` where it is no text or no table.
 */
export async function openText(
  file: string,
  name: string,
  options: { size: number; encoding?: string | undefined },
): Promise<Lines> {
  const start = await startOf(file, name)
  const encoding = await findEncoding(file, name, start, options.encoding)
  const { text, whole } = await beginning(file, name, encoding.name)
  const other = otherText(text.slice(0, 1000))
  if (other) throw notASpreadsheet(name, other)
  if (isBinary(text)) throw notASpreadsheet(name, 'neither text nor a workbook')
  const [separatorLine = '', separator] = SEPARATOR_LINE.exec(text) ?? []
  const delimiter = separator ?? findDelimiter(text, whole)
  const csv = csvOptions(delimiter, text)
  async function* pieces(onBytes?: Progress): AsyncGenerator<string> {
    let skip = separatorLine.length
    let done = 0
    for await (const piece of decoded(file, name, encoding.name)) {
      yield skip > 0 ? piece.text.slice(skip) : piece.text
      // The line is at the very start, far within the first piece.
      skip = 0
      done += piece.bytes
      onBytes?.(done, options.size)
    }
  }
  const batches = (onBytes?: Progress): AsyncIterable<RawRow[]> =>
    readRecords(pieces(onBytes), csv, name)
  return { sheet: null, encoding: encoding.name, delimiter, notes: encoding.notes, batches }
}
