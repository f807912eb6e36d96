import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { type Day, monthEnd, monthStart } from '../../domain/day.ts'
import { monthsIn } from '../../domain/period.ts'
import type { VisitCourse } from '../../domain/visits.ts'
import type { Chart, Row, Section } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { closedDeals, type LoadedCell, loadClosedCells } from '../closed/load.ts'
import { type DealsAsOf, dealsAsOf } from '../deals-as-of.ts'
import { type Ask, type By, defineReport, type Frame, type FrameGroup } from '../family/declare.ts'
import { cellGroups, grouped, inGroup, severalGroupsNote } from '../family/group.ts'
import { loadVisitCourses } from '../pace/visits.ts'
import { openedBy, type Window, windowOf } from '../pace/window.ts'
import { loadWinCourses, paceOf } from '../pace/wins.ts'
import { amountNote, type Scope, within, withoutOpeningNote } from '../scope.ts'
import { type FunnelStage, funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'
import { VELOCITY_COLUMNS, VELOCITY_TOTALS } from './columns.ts'
import { velocityOf } from './figures.ts'

/** Deals open at the end of a window, and of which processes they are. */
async function loadOpen(deals: DealsAsOf, scope: Scope, { end }: Window) {
  const load = (query: ReturnType<DealsAsOf>) =>
    query
      .where(openedBy(end))
      .select([
        'd.process_id as processId',
        sql<number>`count(*)`.as('deals'),
        sql<number>`count(*) - sum(d.opened_known)`.as('withoutOpening'),
      ])
      .groupBy('d.process_id')
      .execute()
  return [
    ...(await load(within(deals, scope).where('d.closed_on', 'is', null))),
    ...(end < scope.asOf ? await load(within(deals, scope).where('d.closed_on', '>', end)) : []),
  ]
}

interface Month {
  month: string
  won: number
  amount: number
}

async function loadMonths(deals: DealsAsOf, scope: Scope, { from, end }: Window): Promise<Month[]> {
  const month = sql<string>`substr(d.closed_on, 1, 7)`
  return closedDeals(deals, scope, { from, to: end })
    .where('d.status', '=', 'won')
    .select([
      month.as('month'),
      sql<number>`count(*)`.as('won'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
    ])
    .groupBy(month)
    .orderBy(month)
    .execute()
}

/** The day that months are counted from: the period's first, else that of the first outcome. */
async function firstDay(
  deals: DealsAsOf,
  scope: Scope,
  { from, end }: Window,
): Promise<Day | null> {
  if (from !== null) return from
  const { first } = await closedDeals(deals, scope, { from: null, to: end })
    .select(sql<Day | null>`min(d.closed_on)`.as('first'))
    .executeTakeFirstOrThrow()
  return first
}

/** Every month from the first to the last day, also those without a win. */
function everyMonth(months: readonly Month[], from: Day | null, end: Day): Month[] {
  if (from === null || from > end) return []
  const won = new Map(months.map((month) => [month.month, month]))
  return monthsIn(from, end).map((day) => {
    const month = day.slice(0, 7)
    return won.get(month) ?? { month, won: 0, amount: 0 }
  })
}

function monthSection(months: readonly Month[]): Section {
  return {
    key: 'months',
    title: 'Won by month',
    columns: [
      { key: 'month', label: 'Month', type: 'text' },
      { key: 'won', label: 'Won', type: 'count' },
      { key: 'amount', label: 'Amount', type: 'money' },
    ],
    rows: months.map((month) => ({ ...month })),
  }
}

const FEWEST_POINTS = 3
const MOST_POINTS = 36

/** Deals won, month by month; undefined where there are too few months for a line. */
function wonChart(months: readonly Month[]): Chart | undefined {
  const shown = months.slice(-MOST_POINTS)
  if (shown.length < FEWEST_POINTS) return undefined
  const points = shown.map(({ month, won }) => ({ label: month, value: won }))
  return { kind: 'line', title: 'Deals won by month', unit: 'count', points }
}

function partMonths({ from, end }: Window): string[] {
  const parts = [
    ...(from !== null && from !== monthStart(from) ? [from.slice(0, 7)] : []),
    ...(end === monthEnd(end) ? [] : [end.slice(0, 7)]),
  ]
  return parts.length === 0 ? [] : [`Only a part of the month: ${[...new Set(parts)].join(', ')}.`]
}

function stageRow(stage: FunnelStage, visits: readonly VisitCourse[]): Row {
  const pace = paceOf(visits.filter(({ stageId }) => stageId === stage.id))
  return {
    stage: stage.name,
    visits: pace.courses,
    left: pace.ended,
    median_days: pace.median_days,
    p90_days: pace.p90_days,
  }
}

const FEWEST = 10

function fewNotes(rows: readonly Row[], won: number): string[] {
  const few = rows.filter(({ left }) => Number(left) < FEWEST).map(({ stage }) => String(stage))
  return [
    ...(won < FEWEST ? [`Too few to rely on: days to win of ${counted(won, 'won deal')}.`] : []),
    ...(few.length > 0 ? [`Too few to rely on, under ${FEWEST} left: ${few.join(', ')}.`] : []),
  ]
}

/** Everything that is counted of some deals in a window. */
async function figuresOf(db: Db, deals: DealsAsOf, scope: Scope, window: Window) {
  const cells = await loadClosedCells(deals, scope, { from: window.from, to: window.end }, null)
  const won = cells.filter(({ outcome }) => outcome === 'won')
  const sum = (
    of: readonly LoadedCell[],
    key: 'deals' | 'amount' | 'withoutAmount' | 'withoutOpening',
  ): number => of.reduce((total, cell) => total + cell[key], 0)
  const toWin = paceOf(await loadWinCourses(deals, scope, window))
  const from = await firstDay(deals, scope, window)
  const open = await loadOpen(deals, scope, window)
  const totals = velocityOf({
    won: sum(won, 'deals'),
    lost: sum(cells, 'deals') - sum(won, 'deals'),
    open: open.reduce((all, cell) => all + cell.deals, 0),
    amount: sum(won, 'amount'),
    valued: sum(won, 'deals') - sum(won, 'withoutAmount'),
    toWin,
    from,
    end: window.end,
  })
  return {
    totals: { ...totals },
    toWin,
    from,
    visits: await loadVisitCourses(db, deals, scope, window),
    processes: new Set([...cells, ...open].map(({ processId }) => processId)),
    withoutOpening:
      sum(cells, 'withoutOpening') + open.reduce((all, cell) => all + cell.withoutOpening, 0),
    withoutAmount: sum(won, 'withoutAmount'),
  }
}

/** Deals under way in a window, by group. */
async function loadUnderWay(deals: DealsAsOf, scope: Scope, { from, end }: Window, by: By | null) {
  const isUnderWay = sql<SqlBool>`(d.closed_on IS NULL OR d.closed_on >= ${from ?? ''})`
  return grouped(within(deals, scope).where(openedBy(end)).where(isUnderWay), by, 'd.opened_on')
    .select(sql<number>`count(*)`.as('deals'))
    .execute()
}

/** The same figures for each group, of its deals alone. @param from the first month of its picture. */
async function groupsOf(
  { db, scope, charts }: Ask,
  deals: DealsAsOf,
  window: Window,
  by: By,
  { stages, from }: { stages: readonly FunnelStage[]; from: Day | null },
) {
  const underWay = await loadUnderWay(deals, scope, window, by)
  const groups: FrameGroup[] = []
  for (const { key, label, cells } of await cellGroups(db, by, underWay)) {
    const values = cells.map(({ groupValue }) => groupValue)
    const own: DealsAsOf = () => deals().where(inGroup(by, values, 'd.opened_on'))
    const { totals, visits } = await figuresOf(db, own, scope, window)
    const rows = stages.map((stage) => stageRow(stage, visits))
    const chart = charts
      ? wonChart(everyMonth(await loadMonths(own, scope, window), from, window.end))
      : undefined
    groups.push({ key, label, rows, totals, chart })
  }
  const count = (of: readonly { deals: number }[]): number =>
    of.reduce((sum, { deals: each }) => sum + each, 0)
  const all = by === 'category' ? await loadUnderWay(deals, scope, window, null) : underWay
  return { groups, notes: severalGroupsNote(by, count(underWay), count(all)) }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const window = windowOf(period, scope.asOf)
  const all = await figuresOf(db, deals, scope, window)
  const { totals, toWin, visits, processes } = all
  const used = new Set(visits.map(({ stageId }) => stageId))
  const stages = funnelStages(await loadPlaces(db), processes, used)
  const rows = stages.map((stage) => stageRow(stage, visits))
  const months = everyMonth(await loadMonths(deals, scope, window), all.from, window.end)
  const underWay = toWin.courses + all.withoutOpening
  const nothing = underWay === 0
  const split =
    by && !nothing ? await groupsOf(ask, deals, window, by, { stages, from: all.from }) : null
  const picture = ask.charts && !nothing ? wonChart(months) : undefined
  return {
    rows: nothing ? [] : rows,
    totals,
    ...(split ? { groups: split.groups } : {}),
    counted: `${counted(underWay, 'deal')} under way`,
    notes: nothing
      ? []
      : [
          ...fewNotes(rows, toWin.ended),
          ...partMonths(window),
          ...mergedNote(processes, stages),
          ...(split?.notes ?? []),
          ...withoutOpeningNote(all.withoutOpening, 'days to win and of days in the first stage'),
          ...amountNote(all.withoutAmount),
        ],
    charts: picture ? [picture] : [],
    more: [monthSection(nothing ? [] : months)],
  }
}

/** Days run from one month to the next, so the deals of a month are not a group: periods are compared. */
const GROUPS = ['owner', 'process', 'region', 'size', 'category', 'source'] as const

/** How fast deals pass the stages, and become money. */
export const velocity = defineReport({
  name: 'velocity',
  title: 'Velocity',
  description:
    'Days in each stage and days to win, as they went in the period: Kaplan–Meier median and P90, ' +
    'with what has not ended yet counted as such; deals won by month; sales velocity = open deals × ' +
    'mean deal × win rate / median days to win.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: { by: GROUPS, compare: true, charts: true },
  refuses: {
    '--sort': 'stages stand in the order in which deals pass them',
    '--measure': 'days are those of deals, each counted once, however much it is worth',
  },
  section: { key: 'stages' },
  columns: VELOCITY_COLUMNS,
  totals: VELOCITY_TOTALS,
  examples: [
    'velocity',
    'velocity --period 2026-Q3 --compare previous',
    'velocity --by owner',
    'velocity --owner Ann --json',
  ],
  empty: 'No deal was under way in this period; --period all looks at every one.',
  frame,
})
