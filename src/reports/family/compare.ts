import { newcombeInterval } from '../../domain/statistics/proportions.ts'
import type { Column, ColumnType, Row } from '../../domain/table.ts'
import { FEWEST_DEALS, newcombeFormula } from '../chance.ts'
import type { Frame, FrameGroup, ReportColumn } from './declare.ts'
import { namingKey, emptyRow } from './empty-rows.ts'

const BEFORE = '_before'
const CHANGE = '_change'
const LOW = '_low'
const HIGH = '_high'
const CHANGED = '_changed'
const INTERVAL = '_interval'
const VERDICT = '_said'
const CASES_BEFORE = '_cases_before'
const TRIALS_BEFORE = '_trials_before'

/** What is said of a share: its change, and whether it counts as one. */
function shareColumns(
  key: string,
  of: readonly [cases: string, trials: string],
  look: Partial<Column>,
  place: Partial<ReportColumn>,
): ReportColumn[] {
  const hidden = (
    end: string,
    label: string,
    formula: string,
    type: ColumnType = 'points',
  ): ReportColumn => ({ column: { key: key + end, label, type, hidden: true }, formula })
  const said = (end: string, label: string): Column => ({
    ...look,
    key: key + end,
    label,
    type: 'text',
    whole: true,
    spoken: true,
  })
  return [
    hidden(LOW, 'lower', 'the lower end of the 95 % interval of the change (Newcombe)'),
    hidden(HIGH, 'upper', 'the upper end of the 95 % interval of the change (Newcombe)'),
    {
      ...place,
      column: said(VERDICT, 'sure?'),
      formula: `yes where the interval leaves out zero; too few under ${FEWEST_DEALS} cases in a period`,
    },
    {
      ...place,
      column: said(INTERVAL, '95%'),
      ...newcombeFormula(of, [key + CASES_BEFORE, key + TRIALS_BEFORE]),
      parts: [
        { key: of[0], label: 'cases', type: 'count' },
        { key: of[1], label: 'trials', type: 'count' },
        { key: key + CASES_BEFORE, label: 'cases before', type: 'count' },
        { key: key + TRIALS_BEFORE, label: 'trials before', type: 'count' },
      ],
    },
    hidden(CHANGED, 'changed', 'yes where the interval leaves out zero', 'flag'),
  ]
}

/** The columns next to one that is compared, under its name. */
function comparisonColumns({ column, of, shownFor, banded }: ReportColumn): ReportColumn[] {
  const { key, label, type, rough, digits } = column
  const look = {
    band: label,
    ...(rough === undefined ? {} : { rough }),
    ...(digits === undefined ? {} : { digits }),
  }
  const place = {
    ...(shownFor === undefined ? {} : { shownFor }),
    ...(banded === undefined ? {} : { banded }),
  }
  return [
    {
      ...place,
      column: { ...look, key: key + BEFORE, label: 'before', type },
      formula: `${label} of the earlier period`,
    },
    {
      ...place,
      column: {
        ...look,
        key: key + CHANGE,
        label: 'change',
        type: type === 'share' ? 'points' : type,
        signed: true,
      },
      formula: `{${key}} − {${key}${BEFORE}}`,
    },
    ...(of ? shareColumns(key, of, look, place) : []),
  ]
}

/** The columns of a comparison: those that belong together stand under one name. */
export function comparedColumns(columns: readonly ReportColumn[]): ReportColumn[] {
  return columns.flatMap((one) => {
    if (!one.compared) return [one]
    const { column } = one
    return [{ ...one, column: { ...column, band: column.label } }, ...comparisonColumns(one)]
  })
}

function number(row: Row, key: string): number | null {
  const value = row[key]
  return typeof value === 'number' ? value : null
}

/** `-28.1 … -5.2`: the ends of an interval in percentage points. */
function intervalText(low: number, high: number): string {
  return [low, high].map((end) => (end * 100).toFixed(1)).join(' … ')
}

/**
 * Is a difference of shares a change? Yes, if its Newcombe 95 % interval leaves out zero:
 * 31 of 100 against 48 of 100 is −17 points, from −29.6 to −3.3, a change. Under ten cases on either
 * side nothing is said, as a single deal would decide it; nor while deals are open that may change it.
 */
function shareCells(
  { column: { key }, open }: ReportColumn,
  [cases, trials]: readonly [cases: string, trials: string],
  now: Row,
  before: Row,
): Row {
  const count = (row: Row, of: string): number => number(row, of) ?? 0
  const counts = (row: Row) => ({ successes: count(row, cases), trials: count(row, trials) })
  const [own, earlier] = [counts(now), counts(before)]
  const unfinished = open !== undefined && [now, before].some((row) => number(row, open) !== 0)
  const interval = unfinished ? null : newcombeInterval(own, earlier)
  const counted = {
    [key + CASES_BEFORE]: earlier.successes,
    [key + TRIALS_BEFORE]: earlier.trials,
  }
  const none = { ...counted, [key + LOW]: null, [key + HIGH]: null, [key + CHANGED]: null }
  const both = own.trials > 0 && earlier.trials > 0
  if (!interval) return { ...none, [key + VERDICT]: both && unfinished ? 'still open' : null }
  const { low, high } = interval
  const enough = Math.min(own.trials, earlier.trials) >= FEWEST_DEALS
  const changed = low > 0 || high < 0
  return {
    ...counted,
    [key + LOW]: low,
    [key + HIGH]: high,
    [key + INTERVAL]: intervalText(low, high),
    [key + CHANGED]: enough ? changed : null,
    [key + VERDICT]: !enough ? 'too few' : changed ? 'yes' : 'no',
  }
}

/** What a column says besides its value. */
function comparedCells(column: ReportColumn, now: Row, before: Row): Row {
  const {
    column: { key },
    of,
  } = column
  const [value, earlier] = [number(now, key), number(before, key)]
  const difference = value === null || earlier === null ? null : value - earlier
  return {
    [key + BEFORE]: earlier,
    [key + CHANGE]: difference,
    ...(of ? shareCells(column, of, now, before) : {}),
  }
}

function comparedRow(columns: readonly ReportColumn[], now: Row, before: Row): Row {
  const cells = columns.filter(({ compared }) => compared)
  return Object.assign({}, now, ...cells.map((column) => comparedCells(column, now, before))) as Row
}

type Part = Pick<FrameGroup, 'rows' | 'totals' | 'blank'>

/** Joins rows by their first column; rows that are only in the earlier one come last. */
function comparedRows(columns: readonly ReportColumn[], now: Part, before: Part): Row[] {
  const name = namingKey(columns)
  const earlier = new Map(before.rows.map((row) => [row[name], row]))
  const names = new Set(now.rows.map((row) => row[name]))
  const blank = (part: Part, row: Row): Row =>
    emptyRow(columns, { ...part.blank, [name]: row[name] ?? null })
  return [
    ...now.rows.map((row) =>
      comparedRow(columns, row, earlier.get(row[name]) ?? blank(before, row)),
    ),
    ...before.rows
      .filter((row) => !names.has(row[name]))
      .map((row) => comparedRow(columns, blank(now, row), row)),
  ]
}

interface Columns {
  columns: readonly ReportColumn[]
  totals: readonly ReportColumn[]
}

function comparedGroup({ columns, totals }: Columns, now: Part, before: Part): Part {
  return {
    rows: comparedRows(columns, now, before),
    totals: comparedRow(totals, now.totals, before.totals),
  }
}

/** A footer is empty in some columns, and so are the columns next to them. */
function comparedFooter(columns: readonly ReportColumn[], now: Row, before: Row): Row {
  return comparedRow(
    columns.filter(({ column }) => column.key in now),
    now,
    before,
  )
}

/** A frame with an earlier one next to it, group by group. */
export function compareFrames(columns: Columns, now: Frame, before: Frame): Frame {
  const all = [
    ...(now.groups ?? []),
    ...(before.groups ?? []).filter(({ key }) => !now.groups?.some((group) => group.key === key)),
  ]
  const none = { rows: [], totals: emptyRow(columns.totals, {}) }
  const of = (frame: Frame, key: string | null) =>
    frame.groups?.find((group) => group.key === key) ?? none
  return {
    ...now,
    ...comparedGroup(columns, now, before),
    ...(now.footer && before.footer
      ? { footer: comparedFooter(columns.columns, now.footer, before.footer) }
      : {}),
    ...(now.groups
      ? {
          groups: all.map(({ key, label }) => ({
            key,
            label,
            ...comparedGroup(columns, of(now, key), of(before, key)),
          })),
        }
      : {}),
    counted: `${now.counted} (before: ${before.counted})`,
    notes: [
      ...now.notes,
      ...before.notes.filter((note) => !now.notes.includes(note)).map((note) => `Before: ${note}`),
    ],
  }
}
