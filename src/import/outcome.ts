import type { Day } from '../domain/day.ts'
import type { LeftCells } from './left-alone.ts'
import type { Cells } from './row-cells.ts'

/** What became of a row. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped'

/** Where a row came from, and when. */
export interface Origin {
  row: number
  today: Day
  /** The number of the file in the book, which is written with the first row it brings. */
  importId: () => number
}

/** What can only be said about a row when all are read. */
export interface LateOutcome {
  row: number
  outcome?: Outcome
  reason?: string
}

/** What is to be said when all rows are read. */
interface Finished {
  late: LateOutcome[]
  notes: string[]
  /** Said with `--quiet` too. */
  loud?: string[]
  /** Cells that gave way to what the book has. */
  left?: LeftCells[]
}

/** What turns the rows of one kind of file into records. */
export interface Writer {
  /**
   * Writes one row. Null: the result comes when all rows are read.
   * @throws Fault `usage` with the reason if the row cannot be imported; nothing of it is written.
   */
  write: (cells: Cells, origin: Origin) => Outcome | null | Promise<Outcome | null>
  /** Called before each row, once everything from earlier rows is to stay. */
  keep?: () => void
  /**
   * Called after a refused row was taken back, for writers that may add names before they refuse.
   * Missing: the writer refuses a row before it writes anything.
   */
  takenBack?: () => void
  /** Ends the work, and returns what is still to be said. */
  finish: () => Promise<Finished>
}

/** What to do with a row whose record is already in the book. */
export const ON_DUPLICATE = ['fill', 'update', 'skip', 'error'] as const
export type OnDuplicate = (typeof ON_DUPLICATE)[number]
