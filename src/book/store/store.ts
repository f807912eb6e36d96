import type { Care } from './care.ts'
import type { Db } from './db.ts'
import type { Search } from './search.ts'

/** A value of a column. */
export type Value = string | number | null

/**
 * A statement that is prepared once and run for many rows, each at once: an import runs some for every
 * row of a file. Its places are `?`, or `:name` for the values of an object.
 */
export interface Statement {
  run(...bound: unknown[]): { changes: number }
  /** The first row; undefined if there is none. */
  get(...bound: unknown[]): unknown
  all(...bound: unknown[]): unknown[]
  iterate(...bound: unknown[]): IterableIterator<unknown>
  /** From now on the statement gives the first value of a row, and not a record of all. */
  pluck(): Statement
  /** From now on the statement gives a row as an array of its values. */
  raw(): Statement
}

/** What statements can do. */
export interface Statements {
  prepare: (sql: string) => Statement
  /** Runs one or more statements that need no values. */
  exec: (sql: string) => void
}

/** A turn at a book that others also write to. */
export interface Turn {
  /** How long the wait was, in ms. */
  waited: number
  /** Lets the next one come, when the transaction is over. */
  end: () => void
}

/**
 * What a book is kept in: all that the rest of the program knows of a database. What is the same in
 * every SQL database is written as SQL; what is not is here, or a helper in `sql.ts`.
 */
export interface Store extends Statements {
  readonly db: Db
  /**
   * Prepares adding rows to a table that numbers them. @returns a function that adds one and gives its id.
   */
  adding: (sql: string) => (...bound: unknown[]) => number
  /**
   * Hands over the rows of a query in its order, one at a time, where an array of all of them would
   * take too long to make.
   * @param columns what is handed over of a row.
   * @param query a SELECT that ends in its ORDER BY.
   */
  stream: (
    columns: readonly string[],
    query: string,
    bound: readonly unknown[],
    take: (...row: never[]) => void,
  ) => void

  /**
   * Begins the transaction of a change, waiting in order of arrival if another program holds the book.
   * @throws if that takes over half a minute.
   */
  takeTurn: () => Promise<Turn>
  commit: () => void
  rollback: () => void
  readonly inTransaction: boolean
  /** Does work that sees the book as it stands at one moment, whatever others write meanwhile. */
  reading: <T>(work: () => Promise<T>) => Promise<T>
  /** Is its schema the one that this program reads and writes? Another may have migrated or restored it. */
  isCurrent: () => boolean

  /** The tables whose rows operations change and the journal keeps, by name. */
  journaledTables: () => string[]
  columnsOf: (table: string) => string[]
  /** Of these, the columns that hold text. */
  textColumnsOf: (table: string) => string[]
  /** The newest id given out in a table; 0 where none was. */
  lastId: (table: string) => number
  /** The same for each journaled table that had any. */
  lastIds: () => Map<string, number>
  /** Until the end of the transaction a row may refer to one that is not there. */
  deferReferences: () => void
  /** A row that refers to one that is not there; undefined if there is none. */
  brokenReference: () => { table: string; id: number } | undefined
  /**
   * Makes ready for the adding of many rows, inside a transaction.
   * @param tables those that get so many that their indexes are better made when all are in.
   * @returns what makes these indexes.
   */
  manyRows: (tables: readonly string[]) => () => void

  /** What `funnel find` looks through; loaded where it is needed. */
  search: () => Promise<Search>
  /** What keeps the book sound; loaded where it is needed. */
  care: () => Promise<Care>
  close: () => void
}
