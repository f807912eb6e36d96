import { type Day, daysBetween } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { describePeriod, lengthInDays, type Period, periodBefore } from '../../domain/period.ts'
import { nameOrder } from '../../domain/name-order.ts'
import type { Cell, Column, Report, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { FEWEST_DEALS } from '../chance.ts'
import { describeFilters, filtersHead } from '../scope.ts'
import { filledGroups } from './empty-rows.ts'
import type { Ask, Frame, Measure, ReportColumn, ReportSpec } from './declare.ts'

/** How rows are put in order. */
export interface Sort {
  key: string
  /** Numbers come largest first and names from A, unless it is the other way round. */
  reverse: boolean
}

/** What is asked of a report beside its figures. */
export interface Wishes {
  /** The earlier period; for a report of a day its `to` is the earlier day. */
  compare: Period | null
  sort: Sort | null
  explain: boolean
}

/** The columns of a measure: those of others are left out, or hidden on a screen. */
function columnsFor(columns: readonly ReportColumn[], measure: Measure): ReportColumn[] {
  return columns
    .filter(({ measures }) => !measures || measures.includes(measure))
    .map((column) => ({
      ...column,
      hidden: column.hidden ?? (column.shownFor ? !column.shownFor.includes(measure) : false),
    }))
}

/** The columns as every format takes them. */
function plain(columns: readonly ReportColumn[]): Column[] {
  return columns.map(
    ({
      formula: _f,
      numbers: _w,
      parts: _p,
      of: _o,
      open: _n,
      measures: _m,
      shownFor: _s,
      banded: _b,
      compared: _c,
      ...column
    }) => column,
  )
}

function order(a: Cell, b: Cell, locale: string | null): number {
  if (typeof a === 'string' && typeof b === 'string') return nameOrder(locale)(a, b)
  return Number(b) - Number(a)
}

/** Rows by one column; those without a value come last, equal ones keep their order. */
function sortRows(rows: readonly Row[], { key, reverse }: Sort, locale: string | null): Row[] {
  const valueOf = (row: Row): Cell => row[key] ?? null
  const known = rows.filter((row) => valueOf(row) !== null)
  const unknown = rows.filter((row) => valueOf(row) === null)
  const sign = reverse ? -1 : 1
  return [...known.toSorted((a, b) => sign * order(valueOf(a), valueOf(b), locale)), ...unknown]
}

function spanText(spec: ReportSpec, period: Period): string {
  const { from, to } = period
  if (spec.span.kind === 'day') return `as of ${to}`
  if (from === null || to === null) return describePeriod(period)
  return `${describePeriod(period)} (${counted(lengthInDays(from, to), 'day')})`
}

function titleOf(spec: ReportSpec, { period }: Ask, compare: Period | null): string {
  const title = `${spec.title}, ${spanText(spec, period)}`
  if (!compare) return title
  return `${title}, against ${spanText(spec, compare)}`
}

/** What is said of a period that goes beyond the day of the report. */
function unfinished(name: string, { from, to }: Period, asOf: Day): string[] {
  if (to === null || to <= asOf) return []
  if (from !== null && from > asOf) return [`The ${name} has not begun: it is from ${from} on.`]
  const days = daysBetween(asOf, to)
  const left = `${counted(days, 'day')} ${days === 1 ? 'is' : 'are'} still to come`
  return [`The ${name} is not over: ${left}.`]
}

/** What is said of a day that is still to come. */
function toCome(name: string, day: Day | null, today: Day): string[] {
  if (day === null || day <= today) return []
  return [
    `The ${name} is to come, in ${counted(daysBetween(today, day), 'day')}: what is known today ` +
      'counts, and ages run on to that day.',
  ]
}

function futureNotes(spec: ReportSpec, ask: Ask, compare: Period | null): string[] {
  const { scope, today, period } = ask
  const { asOf } = scope
  const ofDay = spec.span.kind === 'day'
  return [
    ...toCome('day of this report', asOf, today),
    ...(ofDay ? [] : unfinished('period', period, asOf)),
    ...(compare === null
      ? []
      : ofDay
        ? toCome('day compared with', compare.to, today)
        : unfinished('period compared with', compare, asOf)),
  ]
}

function comparedNote(columns: readonly ReportColumn[]): string[] {
  if (!columns.some(({ of, compared }) => of && compared)) return []
  return [
    'A change of shares is sure (beyond chance) only where its 95% interval (Newcombe) leaves out ' +
      `zero; under ${FEWEST_DEALS} cases in either period it is too few to tell.`,
  ]
}

const MEASURED: Record<Measure, string> = {
  deals: 'deals',
  clients: 'distinct clients',
  amount: 'amount',
  profit: 'profit',
}

function subtitleOf(spec: ReportSpec, { scope, by, measure }: Ask, frame: Frame): string {
  return [
    ...describeFilters(scope),
    frame.counted,
    ...(by === null ? [] : [`by ${by}`]),
    ...(spec.takes.measures && measure !== 'deals' ? [`measured in ${MEASURED[measure]}`] : []),
    ...(spec.span.kind === 'period' ? [`as of ${scope.asOf}`] : []),
    ...(spec.money === false ? [] : [scope.settings.currency.code]),
  ]
    .filter((text) => text !== '')
    .join(' · ')
}

function headOf(spec: ReportSpec, { scope, period, by, measure }: Ask, compare: Period | null) {
  return {
    as_of: scope.asOf,
    ...(spec.span.kind === 'period' ? { period: { ...period } } : {}),
    ...(compare === null
      ? {}
      : { compare: spec.span.kind === 'day' ? { as_of: compare.to } : { ...compare } }),
    filters: filtersHead(scope),
    ...(by === null ? {} : { by }),
    ...(spec.takes.measures ? { measure } : {}),
  }
}

/** A frame with rows of nothing in its groups. */
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

/** The earlier period: as asked, else the one before where the report is about nothing but that. */
function earlierPeriod(spec: ReportSpec, { by, period }: Ask, compare: Period | null) {
  if (spec.takes.compare !== 'own') return compare
  if (by !== null && compare !== null) {
    throw new Fault('usage', '--compare and --by exclude each other here', 'leave one of them out')
  }
  return compare ?? (by === null ? periodBefore(period) : null)
}

interface Columns {
  columns: readonly ReportColumn[]
  totals: readonly ReportColumn[]
}

/** The row whose numbers an explanation puts in: the second, as the first is often all of it. */
function exampleRow(rows: readonly Row[], columns: readonly ReportColumn[]): Row | undefined {
  const numbers = columns.filter(({ type }) => type !== 'text').map(({ key }) => key)
  const telling = rows.filter((row) => numbers.some((key) => row[key] !== null && row[key] !== 0))
  return telling[1] ?? telling[0]
}

/** The totals are explained as well, where none of them is the total of a column. */
function explained(rows: readonly Row[], { columns, totals }: Columns, sums: Row | null) {
  const name = columns.find(({ type }) => type === 'text')
  const visible = columns.filter(({ hidden }) => !hidden)
  const row = exampleRow(rows, visible)
  if (!row || !name) return {}
  const apart = totals.every(({ key }) => !columns.some((column) => column.key === key))
  const formulas = [...visible, ...(apart ? totals : [])].map(
    ({ formula, numbers = formula, parts = [], ...column }) => ({
      column,
      formula,
      numbers,
      parts,
    }),
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

/** Under the name of a column its own value is the one of now. */
function inBands(columns: readonly Column[]): Column[] {
  return columns.map((column) =>
    column.band === column.label ? { ...column, label: 'now' } : column,
  )
}

function bandsOf(columns: readonly ReportColumn[], measure: Measure): ReportColumn[] {
  return columns.filter(
    ({ banded, hidden }) => !hidden && (banded === true || banded?.includes(measure)),
  )
}

/** Makes the report that a declaration promises: all that formats need, in one model. */
export async function makeReport(spec: ReportSpec, ask: Ask, wishes: Wishes): Promise<Report> {
  const { by, measure, scope } = ask
  const { sort } = wishes
  const locale = scope.settings.locale?.tag ?? null
  const compare = earlierPeriod(spec, ask, wishes.compare)
  const own = { columns: columnsFor(spec.columns, measure), totals: spec.totals }
  const frame = await frameOf(spec, ask, own, compare)
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
      ...(list ? [{ ...list, columns: plain(list.columns), rows: listed }] : []),
      {
        ...spec.section,
        columns: inBands(plain(columns)),
        rows,
        ...(footer ? { footer } : {}),
        ...(list ? { hidden: true } : {}),
      },
      ...more,
    ],
    totals: frame.totals,
    totalColumns: inBands(plain(totals)),
    notes: [
      ...futureNotes(spec, ask, compare),
      ...(compare ? comparedNote([...columns, ...totals]) : []),
      ...frame.notes,
    ],
    ...(frame.lead ? { lead: frame.lead } : {}),
    charts: frame.charts,
    ...(by !== null && groups
      ? { groups: { by, bands: plain(bandsOf(columns, measure)), groups } }
      : {}),
    ...(wishes.explain
      ? list
        ? explained(listed, { columns: list.columns, totals }, frame.totals)
        : explained(rows, { columns, totals }, frame.totals)
      : {}),
    empty: frame.empty ?? spec.empty,
  }
}
