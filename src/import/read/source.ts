import type { StatementHead } from '../../money/bank/balance.ts'
import type { ReadInvoice } from './einvoice/invoice.ts'

/**
 * What a workbook knows of a cell beyond its text: a number, a day with perhaps a time (ISO text,
 * `2026-11-23` or `2026-11-23T14:05:00`), or an error such as #REF!. A whole number may be a day that
 * lost its format: `day` is the day that it is in the workbook's calendar, from 1954 to 2064.
 */
export type TypedValue =
  | { kind: 'number'; value: number; day?: string }
  | { kind: 'date'; value: string }
  | { kind: 'error'; value: string }

/** A row of a file as it is: its number (the first is 1) and its cells as text. */
export interface RawRow {
  number: number
  cells: string[]
  /** In workbooks: what is known of the cell in the same place. */
  typed?: (TypedValue | undefined)[]
  /** True if a cell merged with others above it brought its text along. */
  fromAbove?: boolean
  /** Why it is not a record, where only the reader of the file can know. */
  reject?: string
}

/** True if all cells of a row are empty. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** The rows of a file before a table is looked for in them. */
export interface Lines {
  /** The name of the sheet; null in a text file. */
  sheet: string | null
  /** How the text was encoded; null in a workbook. */
  encoding: string | null
  /** What separates cells; null in a workbook. */
  delimiter: string | null
  /** What a person should know about how the file was read. */
  notes: string[]
  /** True if the first row is surely the headers, and every other one a record. */
  isRecords?: true
  /** What the statements of a bank say besides their bookings. */
  statements?: StatementHead[]
  /** The e-invoice that the only row is of, with what a list of invoices has no columns for. */
  eInvoice?: ReadInvoice | undefined
  /** True if no cell can contain an entity of HTML. */
  noEntities?: boolean
  /** The rows from the first one on, blank ones left out, many at a time. */
  batches: (onBytes?: Progress) => AsyncIterable<RawRow[]>
}

/** Called with the bytes read so far and the size of the file. */
export type Progress = (done: number, total: number) => void

/** A text file as its readers need it. */
export interface TextFile {
  /** What it is called in messages. */
  name: string
  /** Its first 64 Ki characters. */
  text: string
  /** False if the file goes on. */
  whole: boolean
  /** All of it, from its beginning, piece by piece. */
  pieces: (onBytes?: Progress) => AsyncIterable<string>
}
