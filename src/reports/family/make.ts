import { hasForeign } from '../../book/worth.ts'
import { closedUnratedNote, ratesNote, unratedNote } from '../rates-needed.ts'
import { Fault } from '../../domain/fault.ts'
import { type Period, periodBefore } from '../../domain/period.ts'
import { nameOrder } from '../../domain/name-order.ts'
import type { Cell, Column, Report, Row } from '../../domain/table.ts'
import { filledGroups } from './empty-rows.ts'
import { comparedNote, futureNotes, headOf, subtitleOf, titleOf } from './words.ts'
import type { Ask, Frame, Measure, ReportColumn, ReportSpec } from './declare.ts'

/** How rows are sorted. */
export interface Sort {
  key: string
  /** Numbers come largest first and names from A, unless the other way round is asked for. */
  reverse: boolean
}

/** What is asked of a report besides its figures. */
export interface Wishes {
  /** The earlier period; for a report of a day its `to` is the earlier day. */
  compare: Period | null
  sort: Sort | null
  explain: boolean
}

/** What formats are told about columns. */
function shown(columns: readonly ReportColumn[]): Column[] {
  return columns.map(({ column }) => column)
}

/** The columns for a measure: those for others are left out, or hidden on a screen. */
function columnsFor(columns: readonly ReportColumn[], measure: Measure): ReportColumn[] {
  return columns
    .filter(({ measures }) => !measures || measures.includes(measure))
    .map((one) => {
      const { column, shownFor } = one
      const hidden = column.hidden ?? (shownFor ? !shownFor.includes(measure) : false)
      return { ...one, column: { ...column, hidden } }
    })
}

function order(a: Cell, b: Cell, locale: string | null): number {
  if (typeof a === 'string' && typeof b === 'string') return nameOrder(locale)(a, b)
  return Number(b) - Number(a)
}

/** Rows sorted by one column; those without a value come last, equal ones keep their order. */
function sortRows(rows: readonly Row[], { key, reverse }: Sort, locale: string | null): Row[] {
  const valueOf = (row: Row): Cell => row[key] ?? null
  const filled = rows.filter((row) => valueOf(row) !== null)
  const empty = rows.filter((row) => valueOf(row) === null)
  const sign = reverse ? -1 : 1
  return [...filled.toSorted((a, b) => sign * order(valueOf(a), valueOf(b), locale)), ...empty]
}

/** A frame with empty rows in its groups. */
async function filledFrame(spec: ReportSpec, ask: Ask, { columns }: Columns): Promise<Frame> {
  const frame = await spec.frame(ask)
  if (!frame.groups) return frame
  return { ...frame, groups: filledGroups(columns, frame.rows, frame.groups) }
}

async function frameOf(spec: ReportSpec, ask: Ask, columns: Columns, compare: Period | null) {
  const comparesItself = spec.takes.compare === 'own'
  const now = await filledFrame(spec, comparesItself ? { ...ask, compare } : ask, columns)
  if (compare === null || comparesItself) return now
  const scope =
    spec.span.kind === 'day' && compare.to !== null ? { ...ask.scope, asOf: compare.to } : ask.scope
  const earlier = { ...ask, scope, period: compare, charts: false }
  const before = await filledFrame(spec, earlier, columns)
  const { compareFrames } = await import('./compare.ts')
  return compareFrames(columns, now, before)
}

/** The earlier period: as asked, else the one before if the report always compares. */
function earlierPeriod(spec: ReportSpec, { by, period }: Ask, compare: Period | null) {
  if (spec.takes.compare !== 'own') return compare
  if (by !== null && compare !== null) {
    throw new Fault(
      'usage',
      '--compare and --by cannot be used together here',
      'leave one of them out',
    )
  }
  return compare ?? (by === null ? periodBefore(period) : null)
}

interface Columns {
  columns: readonly ReportColumn[]
  totals: readonly ReportColumn[]
}

/** The row whose numbers an explanation uses: the second, as the first is often the whole. */
function exampleRow(rows: readonly Row[], columns: readonly ReportColumn[]): Row | undefined {
  const numbers = shown(columns)
    .filter(({ type }) => type !== 'text')
    .map(({ key }) => key)
  const telling = rows.filter((row) => numbers.some((key) => row[key] !== null && row[key] !== 0))
  return telling[1] ?? telling[0]
}

/** The totals are explained as well, if none of them is the total of a column. */
function explained(rows: readonly Row[], { columns, totals }: Columns, sums: Row | null) {
  const name = shown(columns).find(({ type }) => type === 'text')
  const visible = columns.filter(({ column }) => !column.hidden)
  const row = exampleRow(rows, visible)
  if (!row || !name) return {}
  const keys = new Set(shown(columns).map(({ key }) => key))
  const apart = shown(totals).every(({ key }) => !keys.has(key))
  const formulas = [...visible, ...(apart ? totals : [])].map(
    ({ column, formula, numbers = formula, parts = [] }) => ({ column, formula, numbers, parts }),
  )
  return { explained: { name, row: apart ? { ...row, ...sums } : row, formulas } }
}

async function withCompared({ columns, totals }: Columns, measure: Measure): Promise<Columns> {
  const { comparedColumns } = await import('./compare.ts')
  return {
    columns: columnsFor(comparedColumns(columns), measure),
    totals: comparedColumns(totals),
  }
}

/** In a band named after a column, the column itself is called `now`. */
function inBands(columns: readonly ReportColumn[]): Column[] {
  return shown(columns).map((column) =>
    column.band === column.label ? { ...column, label: 'now' } : column,
  )
}

function bandsOf(columns: readonly ReportColumn[], measure: Measure): Column[] {
  return shown(
    columns.filter(
      ({ banded, column }) => !column.hidden && (banded === true || banded?.includes(measure)),
    ),
  )
}

/** What is to be said of deals in another currency: those that are not summed, and in explanations the rates. */
async function rateNotes(
  spec: ReportSpec,
  { db, scope, period }: Ask,
  { explain }: Wishes,
): Promise<string[]> {
  if (!(await hasForeign(db))) return []
  return [
    ...(spec.countsOpen === true ? await unratedNote(db, scope) : []),
    ...(spec.span.kind === 'day' ? [] : await closedUnratedNote(db, scope, period)),
    ...(explain ? await ratesNote(db, scope) : []),
  ]
}

/** Makes a declared report: all that formats need, in one model. */
export async function makeReport(spec: ReportSpec, ask: Ask, wishes: Wishes): Promise<Report> {
  const { by, measure, scope } = ask
  const { sort } = wishes
  const locale = scope.settings.locale?.tag ?? null
  const compare = earlierPeriod(spec, ask, wishes.compare)
  const own = { columns: columnsFor(spec.columns, measure), totals: spec.totals }
  const frame = await frameOf(spec, ask, own, compare)
  const rated = spec.money === false ? [] : await rateNotes(spec, ask, wishes)
  const { columns, totals } =
    compare && spec.takes.compare === true ? await withCompared(own, measure) : own
  const { list, footer, more = [] } = frame
  const ordered = (rows: Row[]): Row[] => (sort ? sortRows(rows, sort, locale) : rows)
  const rows = list ? frame.rows : ordered(frame.rows)
  const listed = ordered(list?.rows ?? [])
  const groups = frame.groups?.map((group) => ({ ...group, rows: ordered(group.rows) }))
  return {
    name: spec.name,
    title: titleOf(spec, ask, compare),
    subtitle: [subtitleOf(spec, ask, frame)].filter((text) => text !== ''),
    currency: spec.money === false ? null : scope.settings.currency,
    head: headOf(spec, ask, compare),
    sections: [
      ...(list ? [{ ...list, columns: shown(list.columns), rows: listed }] : []),
      {
        ...spec.section,
        columns: inBands(columns),
        rows,
        ...(footer ? { footer } : {}),
        ...(list ? { hidden: true } : {}),
      },
      ...more,
    ],
    totals: frame.totals,
    totalColumns: inBands(totals),
    notes: [
      ...futureNotes(spec, ask, compare),
      ...(compare ? comparedNote([...columns, ...totals]) : []),
      ...frame.notes,
      ...rated,
    ],
    ...(frame.lead ? { lead: frame.lead } : {}),
    charts: frame.charts,
    ...(by !== null && groups ? { groups: { by, bands: bandsOf(columns, measure), groups } } : {}),
    ...(wishes.explain
      ? list
        ? explained(listed, { columns: list.columns, totals }, frame.totals)
        : explained(rows, { columns, totals }, frame.totals)
      : {}),
    empty: frame.empty ?? spec.empty,
  }
}
