import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Period } from '../../domain/period.ts'
import type { Chart, Column, Row, Section } from '../../domain/table.ts'
import type { Chosen, Scope } from '../scope.ts'

/** What a report can be split by. */
export const GROUPINGS = [
  'owner',
  'client',
  'process',
  'region',
  'size',
  'category',
  'product',
  'source',
  'month',
  'quarter',
  'year',
] as const

export type By = (typeof GROUPINGS)[number]

/** What is counted or added up: deals, distinct clients, amount or profit in minor units. */
export const MEASURES = ['deals', 'clients', 'amount', 'profit'] as const

export type Measure = (typeof MEASURES)[number]

/** A column of a declared report: what formats show of it, and what is only needed to make it. */
export interface ReportColumn {
  /** What every format gets. */
  column: Column
  /**
   * How it is worked out, for `--explain`. Keys of other columns in braces become their names, and
   * in the example their numbers: `{passed} / {reached}`.
   */
  formula: string
  /** What `--explain` puts the numbers of a row into, if the formula would be too long. */
  numbers?: string
  /** Numbers of the formula that are not columns of the report, by their keys in the rows. */
  parts?: readonly Column[]
  /**
   * The cases and the trials of a share, by their keys. Such a share is compared by its interval,
   * and called a change only beyond chance.
   */
  of?: readonly [cases: string, trials: string]
  /** The key of the deals that may still change such a share; it is compared only if there are none. */
  open?: string
  /** Only for these measures, in every format; without it for all. */
  measures?: readonly Measure[]
  /** On a screen only for these measures, in other formats always. */
  shownFor?: readonly Measure[]
  /** Shown for every group with `--by`; for some measures only, if they are named. */
  banded?: true | readonly Measure[]
  /** Also shown next to its earlier value with `--compare`. */
  compared?: boolean
}

/** An option of one report. With `noun` its text names a record; with `choices` it is one of them. */
interface OwnOption {
  flags: string
  help: string
  choices?: readonly string[]
  noun?: 'stage' | 'reason' | 'client' | 'category'
}

/** What a report is asked: everything that changes its figures. */
export interface Ask {
  db: Db
  scope: Scope
  today: Day
  /** For a report of a day: everything up to that day. */
  period: Period
  /** The earlier period, for a report that compares by itself. */
  compare?: Period | null
  by: By | null
  measure: Measure
  /** Are pictures wanted? False saves their cost. */
  charts: boolean
  /** The report's own options: text, true for a switch, a record for an option with a noun. */
  own: Record<string, string | boolean | Chosen | undefined>
}

/** Figures of one group, before they become a table. */
export interface FrameGroup {
  key: string | null
  label: string
  rows: Row[]
  totals: Row
  /** Its own picture. */
  chart?: Chart | undefined
  /** What a row that only the other figures have says here, unless that is all 0. */
  blank?: Row
}

/** A report's figures for one question; comparing and grouping are done with frames. */
export interface Frame {
  rows: Row[]
  totals: Row
  blank?: Row
  /** The line under the rows, with totals in their columns. */
  footer?: Row
  groups?: FrameGroup[]
  /** What was counted, for people: `7 deals closed`. */
  counted: string
  notes: string[]
  /** The sentences to be read first. */
  lead?: string[]
  charts: Chart[]
  /** Further tables below the main one. */
  more?: Section[]
  /** The deals behind the figures: on a screen and in CSV, shown instead of them. */
  list?: Omit<Section, 'columns'> & { columns: readonly ReportColumn[] }
  /** What is said instead of an empty table, if the declaration's words do not fit. */
  empty?: string
}

/** A report, declared once: its command, its help and all its formats are made from this. */
export interface ReportSpec {
  name: string
  title: string
  description: string
  /** About the end of a day, or about a period; `usual` is the period by default. */
  span: { kind: 'day' } | { kind: 'period'; usual: string }
  /** The common options that it takes besides the filters; a picture needs `charts`. */
  takes: {
    by?: readonly By[]
    measures?: readonly Measure[]
    /** `own` compares by itself, by default with the period before. */
    compare?: boolean | 'own'
    /** The columns that rows can be sorted by, if they have no order of their own. */
    sort?: readonly string[]
    charts?: boolean
    /** Which filters; by default all. */
    filters?: readonly ('process' | 'owner' | 'source' | 'where')[]
  }
  /**
   * Why the common options that it does not take make no sense here: by their flag,
   * `--sort`, or with the word that is refused, `--measure clients`.
   */
  refuses?: Readonly<Record<string, string>>
  own?: Record<string, OwnOption>
  /** False if it has no amounts. */
  money?: false
  /** Does it sum amounts of open deals? Then it stops if the currency of one has no rate. */
  countsOpen?: true
  /** The name of the main rows in JSON; the first column names the rows. */
  section: { key: string; title?: string }
  columns: readonly ReportColumn[]
  totals: readonly ReportColumn[]
  examples: readonly string[]
  /** What is said if there is nothing to count. */
  empty: string
  frame: (ask: Ask) => Promise<Frame>
}

/** Declares a report. */
export function defineReport(spec: ReportSpec): ReportSpec {
  return spec
}
