import { Fault } from '../../../domain/fault.ts'
import type { RawRow } from '../source.ts'

/** What a reader of a document reports for each row of its tables, by the table's place, from 0. */
export type OnRow = (place: number, row: RawRow) => void

/** A table of a document, as far as it was read. */
export interface MarkupPage {
  title: string
  isHidden: boolean
  /** How many cells have errors, or formulas without their results. */
  errors: number
  formulas: number
}

/** Reads a document piece by piece. */
export interface MarkupReader {
  write: (piece: string) => void
  /** Ends the reading. Returns its tables. */
  end: () => MarkupPage[]
}

/** Makes a reader. @param wanted the table whose texts are kept whole; for others only their beginnings. */
export type NewReader = (name: string, onRow: OnRow, wanted: number | null) => MarkupReader

// Pages that people make are a few dozen elements deep; each closing tag looks through all of them.
const DEEPEST = 400

/** Counts how deep a document goes. @throws Fault `usage` if it is deeper than any list. */
export class Depth {
  readonly #name: string
  #depth = 0

  constructor(name: string) {
    this.#name = name
  }

  open(): void {
    this.#depth += 1
    if (this.#depth <= DEEPEST) return
    const hint = 'open it in a spreadsheet program and save it as .xlsx'
    throw new Fault('usage', `${this.#name} is nested too deeply for a table`, hint)
  }

  close(): void {
    this.#depth -= 1
  }
}
