import { isBlank, type RawRow, type TypedValue } from '../source.ts'
import { tooLong } from '../kind.ts'
import { LAST_COLUMN, LONGEST_CELL, LONGEST_MERGE, MOST_PLACES } from '../sheet.ts'
import { tooLarge } from '../zip.ts'

/** A cell of a table in a document. */
export interface MarkupCell {
  text: string
  typed?: TypedValue | undefined
  /** How many columns and rows it covers, including its own. */
  columns: number
  rows: number
}

/** No figure is longer; longer texts need no closer look. */
const LONGEST_FIGURE = 64
const FIGURE = /^[-+(]?[\p{Sc}\s]*[\d.,'’\s]+[\p{Sc}%)\s]*$/u

/**
 * The rows of one table, as they are read. A cell over several rows gives each of them its text; a
 * figure, which might be summed, stays in the first row alone.
 */
export class Grid {
  /** The number of the row that is open, or of the last one. */
  number = 0
  readonly #name: string
  readonly #above = new Map<number, { left: number; text: string }>()
  #cells: string[] = []
  #typed: (TypedValue | undefined)[] = []
  #column = 0
  #fromAbove = false
  #places = 0

  constructor(name: string) {
    this.#name = name
  }

  /** Opens a row. @param number if it states its own. */
  open(number = this.number + 1): void {
    this.number = number
    this.#cells = []
    this.#typed = []
    this.#column = 0
    this.#fromAbove = false
  }

  #put(column: number, text: string): void {
    if (text === '') return
    while (this.#cells.length < column) this.#cells.push('')
    this.#cells[column] = text
  }

  /** Gives a column the content of a cell of an earlier row that reaches into it. */
  #takeAbove(column: number): void {
    const above = this.#above.get(column)
    if (!above) return
    this.#count(1)
    this.#put(column, above.text)
    this.#fromAbove ||= above.text !== ''
    if (above.left <= 1) this.#above.delete(column)
    else above.left -= 1
  }

  #count(places: number): void {
    this.#places += places
    if (this.#places > MOST_PLACES) throw tooLarge(this.#name)
  }

  /** Goes on to a column, or to the next one without a cell reaching down from an earlier row. */
  #goOn(column?: number): void {
    if (column === undefined || column < this.#column) {
      for (; this.#above.has(this.#column); this.#column += 1) this.#takeAbove(this.#column)
      return
    }
    this.#takeAll(column)
    this.#column = column
  }

  /** What reaches into the columns from where the row is up to another one. */
  #takeAll(end: number): void {
    for (const column of this.#above.keys()) {
      if (column >= this.#column && column < end) this.#takeAbove(column)
    }
  }

  /** The column that the next cell stands in, from 0. */
  next(): number {
    this.#goOn()
    return this.#column
  }

  /**
   * Adds a cell. @param column if it states its own, from 0.
   * @throws Fault `usage` if it is further out, or longer, than any in a table.
   */
  add({ text, typed, columns, rows }: MarkupCell, column?: number): void {
    this.#goOn(column)
    const at = this.#column
    if (at + columns > LAST_COLUMN) throw tooLarge(this.#name)
    if (text.length > LONGEST_CELL) throw tooLong(this.#name, this.number)
    this.#put(at, text)
    if (typed) this.#typed[at] = typed
    this.#column += columns
    this.#count(columns)
    if (rows < 2 || rows > LONGEST_MERGE) return
    const isFigure = text.length <= LONGEST_FIGURE && FIGURE.test(text)
    const repeated = typed || isFigure ? '' : text
    for (let next = at; next < at + columns; next += 1) {
      this.#above.set(next, { left: rows - 1, text: next === at ? repeated : '' })
    }
  }

  /** The row that was open; null if it is empty. */
  close(): RawRow | null {
    this.#takeAll(Infinity)
    const cells = this.#cells
    const typed = this.#typed
    if (typed.length === 0 && isBlank(cells)) return null
    const row: RawRow = { number: this.number, cells }
    if (typed.length > 0) row.typed = typed
    if (this.#fromAbove) row.fromAbove = true
    return row
  }
}
