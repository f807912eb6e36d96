import { Fault } from '../../domain/fault.ts'
import { statementKind } from '../../money/bank/recognise.ts'
import { CALENDAR_TASK } from '../../domain/task-record.ts'
import { isEInvoice } from './einvoice/recognise.ts'

/** What a file is, by its first bytes. `old` is a workbook of Excel before 2007. */
export type Kind = 'zip' | 'old' | 'text'

// The beginnings of files that people mistake for spreadsheets.
const OTHERS: [start: string, what: string][] = [
  ['%PDF-', 'a PDF document'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['II*\0', 'a picture'],
  ['MM\0*', 'a picture'],
  ['{\\rtf', 'a text document (RTF)'],
  ['\u001f\u008b', 'compressed with gzip'],
  ['BZh', 'compressed with bzip2'],
  ['7z\u00bc\u00af', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['\u00fd7zXZ', 'compressed with xz'],
  ['(\u00b5/\u00fd', 'compressed with zstd'],
  ['SQLite format 3\0', 'a database (SQLite)'],
  ['PK\u0005\u0006', 'an empty zip archive'],
  ['MIME-Version:', 'a web archive (MHTML)'],
]

const HINT = 'save the list as .xlsx or .csv and try again'

/** Is it a PDF document, which may have an e-invoice in it? */
export function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-'
}

/** The fault of a file that is something other than a spreadsheet. */
export function notASpreadsheet(name: string, what: string, cause?: unknown): Fault {
  return new Fault('usage', `${name} is not a spreadsheet: it is ${what}`, HINT, cause)
}

/** The fault of a row that cannot be in any table. */
export function tooLong(name: string, row: number, cause?: unknown): Fault {
  const hint = 'check that it is a list with a row a line, and that quotes are closed'
  return new Fault('usage', `${name}: row ${row} is too long for a table`, hint, cause)
}

/**
 * Says what a file is, whatever its name says.
 * @throws Fault `usage` for a document, a picture, an archive and the like.
 */
export function kindOf(bytes: Buffer, name: string): Kind {
  const start = bytes.subarray(0, 16).toString('latin1')
  if (start.startsWith('PK\u0003\u0004')) return 'zip'
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return 'old'
  // A bare stream of BIFF records: a beginning-of-file record of Excel 2 to 5.
  if (/^\t[\0\u0002\u0004\u0008][\u0004-\u0010]\0/.test(start)) return 'old'
  const other = OTHERS.find(([beginning]) => start.startsWith(beginning))
  if (other) throw notASpreadsheet(name, other[1])
  return 'text'
}

const CALENDAR = new RegExp(`^BEGIN:(?:VCALENDAR|${CALENDAR_TASK})\\s`, 'i')

/** What a text may be other than delimited: cards, a calendar, JSON, a web page, another XML document, an e-invoice, or a statement of a bank. */
export type TextForm = 'cards' | 'calendar' | 'json' | 'html' | 'xml' | 'statement' | 'e-invoice'

/** The form of a text by its beginning; null if it may be delimited. */
export function formOf(start: string): TextForm | null {
  const text = start.trimStart()
  if (statementKind(text) !== null) return 'statement'
  if (isEInvoice(text)) return 'e-invoice'
  if (/^BEGIN:VCARD\s/i.test(text)) return 'cards'
  if (CALENDAR.test(text)) return 'calendar'
  if (/^(?:\[\s*(?:\{|\]\s*$)|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}))/.test(text)) return 'json'
  const isXml = /^<\?xml|^<(?:\w+:)?workbook\b/i.test(text)
  if (isXml && !/<(?:!doctype\s+)?html\b/i.test(text)) return 'xml'
  const isPage = /^<(?:!doctype|!--|html|head|body|meta|table|div|style|center|title)\b/i.test(text)
  return isXml || isPage ? 'html' : null
}

/** What an empty file is by its name: lists of records that need no header; else null. */
export function emptyFormOf(name: string): TextForm | null {
  if (/\.(?:jsonl|ndjson)$/i.test(name)) return 'json'
  return /\.(?:vcf|vcard)$/i.test(name) ? 'cards' : null
}
