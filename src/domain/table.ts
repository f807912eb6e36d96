import type { Currency } from './money.ts'

/**
 * How a column's values are to be read: money is minor units, a share 0…1, days a whole number, points the
 * difference of two shares, a number any quantity; a trend is counts in order, separated by spaces; names are
 * several texts, and pairs names with their values, each as the JSON text of a list.
 */
export type ColumnType =
  | 'text'
  | 'count'
  | 'money'
  | 'share'
  | 'points'
  | 'number'
  | 'days'
  | 'day'
  | 'flag'
  | 'trend'
  | 'names'
  | 'pairs'

/** A column: `key` is its name in JSON and CSV and never changes, `label` is for people. */
export interface Column {
  key: string
  label: string
  type: ColumnType
  /** Decimals of a number on a screen; one by default. */
  digits?: number
  /** An estimate: shown without cents on a screen. */
  rough?: boolean
  /** A difference: increases get a plus. */
  signed?: boolean
  /** Never cut to fit a screen: a command to be typed. */
  whole?: boolean
  /** Text of any length: on a terminal it is broken over several lines, and keeps its own. */
  wrap?: boolean
  /** Text in the program's own words: the days in it are written as the locale has them. */
  worded?: boolean
  /** Left out on a terminal if no row has a value. */
  optional?: boolean
  /** Goes on a line of its own below its row if it leaves the others too little room. */
  under?: boolean
  /** Left out only after all others if a screen is too narrow for them. */
  lasting?: boolean
  /** What people read if a value is not known; – by default. */
  none?: string
  /** Left out of the table on a screen, kept in JSON and CSV. */
  hidden?: boolean
  /** Says for people what other columns say for programs: left out of JSON and CSV. */
  spoken?: boolean
  /** Folded words that are set off on a terminal. */
  emphasis?: readonly string[]
  /** The name over several columns that belong together. */
  band?: string
}

/** A value in a table. Null is unknown, never zero. */
export type Cell = string | number | boolean | null

export type Row = Record<string, Cell>

/** Rows under one set of columns; `key` is the rows' name in JSON. */
export interface Section {
  key: string
  /** Shown above the rows if a report has several sections. */
  title?: string
  columns: Column[]
  rows: Row[]
  /** Left out on a screen, kept in JSON. */
  hidden?: boolean
  /** Says for people what other sections say for programs: left out of JSON. */
  spoken?: boolean
  /** The column that a page draws as a bar in each row. */
  bar?: string
  /** The line under the rows on a screen; in JSON the totals are separate. */
  footer?: Row
}

/** What a part of a bar means; each has its own colour and shade. */
export type BarPart = 'won' | 'lost' | 'open' | 'timely' | 'stuck'

/** One stage's bar: `value` is its width, `parts` split it from the core out, `notes` stand next to it. */
export interface FunnelBar {
  label: string
  value: number
  parts?: { name: BarPart; value: number }[]
  notes: string[]
}

/** A stage on the way through a process: `facts` stand next to it, `requirements` below it. */
export interface RouteStop {
  label: string
  facts: string[]
  requirements: string[]
}

/**
 * A period of a fan: the result if it is past, else a mean and the band around it, all including what the
 * period has brought already, `won`.
 */
export type FanPoint =
  | { label: string; value: number }
  | { label: string; mean: number; p10: number; p90: number; won?: number }

/** A picture, described without saying how it is drawn. */
export type Chart =
  | { kind: 'route'; title: string; ordered: boolean; stops: RouteStop[]; ends: string }
  | {
      kind: 'funnel'
      title: string
      unit: 'count' | 'money'
      /** Bars that are not a funnel start at the left. */
      aligned?: 'left'
      bars: FunnelBar[]
    }
  | {
      kind: 'line'
      title: string
      unit: 'count' | 'money'
      points: { label: string; value: number }[]
    }
  | {
      kind: 'fan'
      title: string
      unit: 'count' | 'money'
      /** What the past periods are; `won` by default. */
      past?: string
      points: FanPoint[]
    }

/** The same figures for a part of the deals: one owner's, one month's. */
interface Group {
  /** Its name in JSON; null for deals that have none. */
  key: string | null
  /** Its name for people. */
  label: string
  rows: Row[]
  totals: Row | null
  /** Its own picture, if a page has room for one per group. */
  chart?: Chart | undefined
}

/** A column with how its values are worked out: keys of columns in braces, `{passed} / {reached}`. */
export interface Formula {
  column: Column
  formula: string
  /** What is shown with the numbers of a row, if the formula itself would be too long. */
  numbers?: string
  /** Numbers in it that are not columns, by their keys in the row. */
  parts?: readonly Column[]
}

/**
 * What a report or a list returns, and what every format is made from. `head` and `totals` go into JSON
 * unchanged; `totalColumns` says how to read the totals.
 */
export interface Report {
  name: string
  title: string
  /** The head is a record of its own, and CSV is that record in one row. */
  card?: boolean
  /** The lines under the title that say what was counted. */
  subtitle: string[]
  currency: Currency | null
  head: Record<string, Cell | Record<string, Cell> | readonly string[]>
  sections: Section[]
  totals: Row | null
  totalColumns: Column[]
  notes: string[]
  /** The sentences that a person needs first; programs find them among the notes. */
  lead?: string[]
  charts: Chart[]
  /** The first section's figures by group; `bands` are the columns that people see of each. */
  groups?: { by: string; bands: Column[]; groups: Group[] }
  /** How each column is worked out, to be shown with the numbers of one row. */
  explained?: { name: Column; row: Row; formulas: Formula[] }
  /** What to say instead of an empty table. */
  empty: string
}

/** The parts of a report that are empty for most lists. */
export function listReport(
  name: string,
  title: string,
  section: Section,
  options: { currency?: Currency; empty?: string } = {},
): Report & { sections: [Section] } {
  return {
    name,
    title,
    subtitle: [],
    currency: options.currency ?? null,
    head: {},
    sections: [section],
    totals: null,
    totalColumns: [],
    notes: [],
    charts: [],
    empty: options.empty ?? `no ${name}`,
  }
}

/**
 * A table of any length, for files: its rows come one after another, their cells in the order of
 * the columns.
 */
export interface LongTable {
  /** What the rows are: `clients`. */
  name: string
  columns: Column[]
  currency: Currency | null
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>
}
