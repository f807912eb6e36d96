import { decoded, findEncoding } from './encoding.ts'
import { findDelimiter, SEPARATOR_LINE } from './delimiter.ts'
import { startOf } from './file.ts'
import { emptyFormOf, formOf, notASpreadsheet, type TextForm } from './kind.ts'
import { escapedRecords } from './quotes/judge.ts'
import { foreignSigns, quotesOf } from './quotes/style.ts'
import { csvOptions, readRecords } from './records.ts'
import type { Lines, Progress, RawRow, TextFile } from './source.ts'
import type { ImportKind } from '../map/fields.ts'

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

/** How a text file is to be read; what is left out is detected. */
export interface TextOptions {
  /** In bytes. */
  size: number
  encoding?: string | undefined
  /** What is to be imported. */
  kind: ImportKind
  /** Which of several tables or lists is meant. */
  sheet?: string | undefined
}

type Opened = Omit<Lines, 'encoding' | 'delimiter'>

/** Opens what is not delimited text. The readers of each form are loaded when needed. */
async function openForm(form: TextForm, file: TextFile, options: TextOptions): Promise<Opened> {
  if (form === 'cards') return (await import('./cards/open.ts')).openCards(file, options.kind)
  if (form === 'calendar') {
    return (await import('./calendar/open.ts')).openCalendar(file, options.kind)
  }
  if (form === 'statement') {
    return (await import('./statement/open.ts')).openStatement(file, options)
  }
  if (form === 'e-invoice') {
    return (await import('./einvoice/open.ts')).openEInvoice(file, options)
  }
  if (form === 'json') {
    return (await import('./json/open.ts')).openJson(file, options.kind, options.sheet)
  }
  return (await import('./markup/open.ts')).openMarkup(file, form, options.sheet)
}

const ESCAPED = String.raw`quotes are written with a backslash (\") in this file, and were read so`

/** The rows of delimited text. */
async function openDelimited({
  name,
  text,
  whole,
  pieces,
}: TextFile): Promise<Omit<Lines, 'encoding'>> {
  const [separatorLine = '', separator] = SEPARATOR_LINE.exec(text) ?? []
  const delimiter = separator ?? findDelimiter(text, whole)
  const csv = csvOptions(delimiter, text)
  async function* below(onBytes?: Progress): AsyncGenerator<string> {
    let skip = separatorLine.length
    for await (const piece of pieces(onBytes)) {
      yield skip > 0 ? piece.slice(skip) : piece
      // The line is at the very start, far within the first piece.
      skip = 0
    }
  }
  const { escapedQuotes, entities } = await foreignSigns(pieces())
  if (escapedQuotes) {
    const quotes = await quotesOf(below(), delimiter, name)
    if (quotes.style !== 'doubled') {
      const batches = (onBytes?: Progress): AsyncIterable<RawRow[]> =>
        escapedRecords(below(onBytes), delimiter, name, quotes)
      return { sheet: null, delimiter, notes: [ESCAPED], noEntities: !entities, batches }
    }
  }
  const batches = (onBytes?: Progress): AsyncIterable<RawRow[]> =>
    readRecords(below(onBytes), csv, name)
  return { sheet: null, delimiter, notes: [], noEntities: !entities, batches }
}

/**
 * Opens CSV or text with another delimiter, a web page, XML Spreadsheet 2003, JSON, cards, or a calendar. Rows are read from the file as they are
 * wanted, again each time.
 * @throws Fault `usage` if it is neither a text nor a table.
 */
export async function openText(file: string, name: string, options: TextOptions): Promise<Lines> {
  const start = await startOf(file, name)
  const encoding = await findEncoding(file, name, start, options.encoding)
  const { text, whole } = await beginning(file, name, encoding.name)
  async function* pieces(onBytes?: Progress): AsyncGenerator<string> {
    let done = 0
    for await (const piece of decoded(file, name, encoding.name)) {
      yield piece.text
      done += piece.bytes
      onBytes?.(done, options.size)
    }
  }
  const source = { name, text, whole, pieces }
  const form = text === '' ? emptyFormOf(name) : formOf(text.slice(0, 4000))
  if (form === null && isBinary(text)) {
    throw notASpreadsheet(name, 'neither text nor a workbook')
  }
  const opened: Omit<Lines, 'encoding'> =
    form === null
      ? await openDelimited(source)
      : { ...(await openForm(form, source, options)), delimiter: null }
  return { ...opened, encoding: encoding.name, notes: [...encoding.notes, ...opened.notes] }
}
