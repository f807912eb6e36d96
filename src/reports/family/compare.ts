import { newcombeInterval } from '../../domain/statistics/proportions.ts'
import type { Row } from '../../domain/table.ts'
import type { Frame, FrameGroup, ReportColumn } from './declare.ts'
import { nothing } from './nothing.ts'

const BEFORE = '_before'
const CHANGE = '_change'
const LOW = '_low'
const HIGH = '_high'
const CHANGED = '_changed'
const INTERVAL = '_interval'

/** The columns that stand beside one that is compared. */
function besides(
  { key, label, type, of, rough, shownFor, banded }: ReportColumn,
  prefix: string,
): ReportColumn[] {
  const shared = {
    ...(rough === undefined ? {} : { rough }),
    ...(shownFor === undefined ? {} : { shownFor }),
    ...(banded === undefined ? {} : { banded }),
  }
  const before: ReportColumn = {
    ...shared,
    key: key + BEFORE,
    label: `${prefix}before`,
    type,
    formula: `${label} of the earlier period`,
  }
  const change: ReportColumn = {
    ...shared,
    key: key + CHANGE,
    label: `${prefix}change`,
    type: type === 'share' ? 'points' : type,
    formula: `{${key}} − {${key}${BEFORE}}`,
  }
  if (!of) return [before, { ...change, hidden: true }]
  const bound = (end: string, name: string): ReportColumn => ({
    key: key + end,
    label: prefix + name,
    type: 'points',
    hidden: true,
    formula: `the ${name} end of the 95 % interval of the change (Newcombe)`,
  })
  return [
    before,
    change,
    bound(LOW, 'lower'),
    bound(HIGH, 'upper'),
    {
      ...shared,
      key: key + INTERVAL,
      label: `${prefix}95% from–to`,
      type: 'text',
      whole: true,
      spoken: true,
      formula: 'where the change lies in 19 of 20 such cases (Newcombe)',
    },
    {
      ...shared,
      key: key + CHANGED,
      label: prefix === '' ? 'Change?' : `${prefix}changed?`,
      type: 'flag',
      formula: 'yes where the interval leaves out zero',
    },
  ]
}

/**
 * The columns of a comparison.
 * @param alone the columns do not stand side by side, and each says what it is compared with.
 */
export function comparedColumns(columns: readonly ReportColumn[], alone = false): ReportColumn[] {
  return columns.flatMap((column) =>
    column.compared ? [column, ...besides(column, alone ? `${column.label} ` : '')] : [column],
  )
}

function number(row: Row, key: string): number | null {
  const value = row[key]
  return typeof value === 'number' ? value : null
}

/** `-28.1, -5.2`: the ends of an interval in percentage points. */
function intervalText(low: number, high: number): string {
  return [low, high].map((end) => (end * 100).toFixed(1)).join(', ')
}

/**
 * What one column says beside its value. A share of cases that are counted gets the Newcombe 95 %
 * interval of its difference, and counts as changed only where that leaves out zero: 31 of 100
 * against 48 of 100 is −17 points, from −29.6 to −3.3, a change.
 */
function comparedCells(column: ReportColumn, now: Row, before: Row): Row {
  const { key, of } = column
  const [value, earlier] = [number(now, key), number(before, key)]
  const difference = value === null || earlier === null ? null : value - earlier
  const cells: Row = { [key + BEFORE]: earlier, [key + CHANGE]: difference }
  if (!of) return cells
  const counts = (row: Row) => ({
    successes: number(row, of[0]) ?? 0,
    trials: number(row, of[1]) ?? 0,
  })
  const interval = newcombeInterval(counts(now), counts(before))
  if (!interval) return { ...cells, [key + LOW]: null, [key + HIGH]: null, [key + CHANGED]: null }
  const { low, high } = interval
  return {
    ...cells,
    [key + LOW]: low,
    [key + HIGH]: high,
    [key + INTERVAL]: intervalText(low, high),
    [key + CHANGED]: low > 0 || high < 0,
  }
}

function comparedRow(columns: readonly ReportColumn[], now: Row, before: Row): Row {
  const cells = columns.filter(({ compared }) => compared)
  return Object.assign({}, now, ...cells.map((column) => comparedCells(column, now, before))) as Row
}

type Part = Pick<FrameGroup, 'rows' | 'totals' | 'blank'>

/** Joins rows by what the first column says; rows that are only in the earlier one come last. */
function comparedRows(columns: readonly ReportColumn[], now: Part, before: Part): Row[] {
  const name = columns[0]?.key ?? ''
  const earlier = new Map(before.rows.map((row) => [row[name], row]))
  const names = new Set(now.rows.map((row) => row[name]))
  const blank = (part: Part, row: Row): Row =>
    nothing(columns, { ...part.blank, [name]: row[name] ?? null })
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
  const none = nothing(totals, {})
  const neither = now.totals === null && before.totals === null
  return {
    rows: comparedRows(columns, now, before),
    totals: neither ? null : comparedRow(totals, now.totals ?? none, before.totals ?? none),
  }
}

/** A footer says nothing in some columns, and so nothing beside them. */
function comparedFooter(columns: readonly ReportColumn[], now: Row, before: Row): Row {
  return comparedRow(
    columns.filter(({ key }) => key in now),
    now,
    before,
  )
}

/** A frame with an earlier one beside it, group by group. */
export function compareFrames(columns: Columns, now: Frame, before: Frame): Frame {
  const all = [
    ...(now.groups ?? []),
    ...(before.groups ?? []).filter(({ key }) => !now.groups?.some((group) => group.key === key)),
  ]
  const none = { rows: [], totals: null }
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
