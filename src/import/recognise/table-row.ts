import type { TypedValue } from '../read/source.ts'

/** A row below the headers. */
export interface TableRow {
  /** Its number in the file: the row of the spreadsheet; in text, the record, blank ones counted. */
  number: number
  /** Its cells by column, as they stand; fewer or more than there are headers. */
  cells: string[]
  /** In workbooks: what is known of the cell in the same place. */
  typed?: (TypedValue | undefined)[]
  /** Its cells as they were written, if values in them were replaced by what they stand for. */
  written?: string[]
  /** Why the row is not a record of the table. */
  reject?: string
}
