import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { Period } from '../../domain/period.ts'
import type { Chart, Column, Row, Section } from '../../domain/table.ts'
import type { Chosen, Scope } from '../scope.ts'

/** What a report can be split by. */
export const GROUPINGS = [
  'owner',
  'process',
  'region',
  'size',
  'category',
  'source',
  'month',
  'quarter',
  'year',
] as const

export type By = (typeof GROUPINGS)[number]

/** What is counted or added up: deals, distinct clients, amount or profit in minor units. */
export const MEASURES = ['deals', 'clients', 'amount', 'profit'] as const

export type Measure = (typeof MEASURES)[number]

/** A column of a declared report: what formats show of it, and what only the making of it needs. */
export interface ReportColumn {
  /** What every format is told. */
  column: Column
  /**
   * How it comes about, for `--explain`. Keys of other columns in braces become their names, and
   * in the example their numbers: `{passed} / {reached}`.
   */
  formula: string
  /** What `--explain` puts the numbers of a row into, where the formula would be too long. */
  numbers?: string
  /** Numbers of the formula that are not columns of the report, by their keys in the rows. */
  parts?: readonly Column[]
  /**
   * The cases and the trials of a share, by their keys. Such a share is compared with its interval,
   * and is called a change only beyond chance.
   */
  of?: readonly [cases: string, trials: string]
  /** The deals that may still change such a share, by their key; only without any is it compared. */
  open?: string
  /** Only for these measures, in every format; without it for all. */
  measures?: readonly Measure[]
  /** On a screen only for these measures, in other formats always. */
  shownFor?: readonly Measure[]
  /** Seen of every group with `--by`; of some measures only, where they are named. */
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

/** What is asked of a report: everything that changes its figures. */
export interface Ask {
  db: Db
  scope: Scope
  today: Day
  /** For a report of a day: all up to that day. */
  period: Period
  /** The earlier period, for a report that compares by itself. */
  compare?: Period | null
  by: By | null
  measure: Measure
  /** Pictures are wanted; false saves what they cost. */
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
  /** What a row says that is only in the figures it is compared with, where that is not all 0. */
  blank?: Row
}

/** A report's figures for one question; comparing and grouping are done with frames. */
export interface Frame {
  rows: Row[]
  totals: Row
  blank?: Row
  /** The line under the rows, where totals stand in their columns. */
  footer?: Row
  groups?: FrameGroup[]
  /** What was counted, for people: `7 deals closed`. */
  counted: string
  notes: string[]
  /** The sentences that a person needs first. */
  lead?: string[]
  charts: Chart[]
  /** Further tables below the main one. */
  more?: Section[]
  /** The deals behind the figures: on a screen and in CSV instead of them. */
  list?: Omit<Section, 'columns'> & { columns: readonly ReportColumn[] }
  /** What is said instead of an empty table, where the declaration's words do not fit. */
  empty?: string
}

/** A report, declared once: its command, its help and all its formats are made from this. */
export interface ReportSpec {
  name: string
  title: string
  description: string
  /** Of the end of a day, or of a period; `usual` is the period where none is given. */
  span: { kind: 'day' } | { kind: 'period'; usual: string }
  /** The common options that it understands besides the filters; a picture needs `charts`. */
  takes: {
    by?: readonly By[]
    measures?: readonly Measure[]
    /** `own` compares by itself, and with the period before where nothing else is asked. */
    compare?: boolean | 'own'
    /** The columns that rows can be put in order by, where they have no order of their own. */
    sort?: readonly string[]
    charts?: boolean
    /** Which filters; without it all. */
    filters?: readonly ('process' | 'owner' | 'source' | 'where')[]
  }
  /**
   * Why the common options that it does not take have no honest meaning here: by their flag,
   * `--sort`, or with the word that is refused, `--measure clients`.
   */
  refuses?: Readonly<Record<string, string>>
  own?: Record<string, OwnOption>
  /** False where no amount occurs in it. */
  money?: false
  /** The name of the main rows in JSON; the first column names the rows. */
  section: { key: string; title?: string }
  columns: readonly ReportColumn[]
  totals: readonly ReportColumn[]
  examples: readonly string[]
  /** What is said where there is nothing to count. */
  empty: string
  frame: (ask: Ask) => Promise<Frame>
}

/** Declares a report. */
export function defineReport(spec: ReportSpec): ReportSpec {
  return spec
}
