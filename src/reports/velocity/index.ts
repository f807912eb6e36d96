import { type Day, fromEpochDay, monthEnd, monthStart } from '../../domain/day.ts'
import { monthsIn } from '../../domain/period.ts'
import type { Chart, Row, Section } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { type Ask, defineReport, type Frame, type FrameGroup } from '../family/declare.ts'
import { cellGroups, type GroupValue, severalGroupsNote } from '../family/group.ts'
import { dayWindow } from '../pace/days.ts'
import { eachDeal } from '../pace/deals.ts'
import { type DealBy, groupsBy } from '../pace/groups.ts'
import { type Window, windowOf } from '../pace/window.ts'
import { paceOf } from '../pace/wins.ts'
import { amountNote, withoutOpeningNote } from '../scope.ts'
import { type FunnelStage, funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'
import { VELOCITY_COLUMNS, VELOCITY_TOTALS } from './columns.ts'
import { velocityOf } from './figures.ts'
import { VelocityTally } from './tally.ts'

interface Month {
  month: string
  won: number
  amount: number
}

/** Deals won by month, earliest first. */
function monthsOf({ wonOn }: VelocityTally): Month[] {
  const months = new Map<string, Month>()
  for (const [day, { deals, amount }] of wonOn) {
    const name = fromEpochDay(day).slice(0, 7)
    const month = months.get(name) ?? { month: name, won: 0, amount: 0 }
    month.won += deals
    month.amount += amount
    months.set(name, month)
  }
  return [...months.values()].toSorted((x, y) => (x.month < y.month ? -1 : 1))
}

/** Every month from the first to the last day, including those without a win. */
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

/** Deals won, month by month; undefined if there are too few months for a line. */
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

function stageRow(stage: FunnelStage, { visits }: VelocityTally): Row {
  const pace = paceOf(visits.get(stage.id)?.spells() ?? [])
  return {
    stage: stage.name,
    visits: pace.spells,
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

/** The figures of what was counted in a window, with the day that months are counted from. */
function figuresOf(tally: VelocityTally, { from, end }: Window) {
  const { won, lost, open, amount, withoutAmount, firstClosed } = tally
  // The period's first day, else that of the first outcome.
  const first = from ?? (firstClosed === null ? null : fromEpochDay(firstClosed))
  const toWin = paceOf(tally.toWin.spells())
  const valued = won - withoutAmount
  const totals = velocityOf({ won, lost, open, amount, valued, toWin, from: first, end })
  return { totals: { ...totals }, toWin, from: first }
}

/** Counts all deals, and those of each group. */
async function load({ db, scope }: Ask, by: DealBy | null, window: Window) {
  const days = dayWindow(window)
  const all = new VelocityTally(days)
  const split = new Map<GroupValue, VelocityTally>()
  const inGroups = by && (await groupsBy(db, by))
  await eachDeal(db, scope, (deal) => {
    all.add(deal)
    for (const value of inGroups?.(deal) ?? []) {
      const own = split.get(value) ?? new VelocityTally(days)
      split.set(value, own)
      own.add(deal)
    }
  })
  const underWay = [...split].filter(([, tally]) => tally.underWay > 0)
  return { all, split: underWay.map(([groupValue, tally]) => ({ groupValue, tally })) }
}

type Loaded = Awaited<ReturnType<typeof load>>

/** The same figures for each group, from its deals alone. @param from the first month of its picture. */
async function groupsOf(
  { db, charts }: Ask,
  by: DealBy,
  { all, split }: Loaded,
  { stages, from, window }: { stages: readonly FunnelStage[]; from: Day | null; window: Window },
) {
  const groups = (await cellGroups(db, by, split)).map(({ key, label, cells }): FrameGroup => {
    const tally = new VelocityTally(dayWindow(window))
    for (const cell of cells) tally.addAll(cell.tally)
    const rows = stages.map((stage) => stageRow(stage, tally))
    const months = charts ? everyMonth(monthsOf(tally), from, window.end) : []
    return {
      key,
      label,
      rows,
      totals: figuresOf(tally, window).totals,
      chart: wonChart(months),
    }
  })
  const inGroups = split.reduce((sum, { tally }) => sum + tally.underWay, 0)
  return { groups, notes: severalGroupsNote(by, inGroups, all.underWay) }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period } = ask
  // Months and the like are refused: see GROUPS.
  const by = ask.by as DealBy | null
  const window = windowOf(period, scope.asOf)
  const loaded = await load(ask, by, window)
  const { all } = loaded
  const { totals, toWin, from } = figuresOf(all, window)
  const { processes, visits, withoutOpening } = all
  const stages = funnelStages(await loadPlaces(db), processes, new Set(visits.keys()))
  const rows = stages.map((stage) => stageRow(stage, all))
  const months = everyMonth(monthsOf(all), from, window.end)
  const underWay = toWin.spells + withoutOpening
  const nothing = underWay === 0
  const split = by && !nothing ? await groupsOf(ask, by, loaded, { stages, from, window }) : null
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
          ...withoutOpeningNote(withoutOpening, 'days to win and of days in the first stage'),
          ...amountNote(all.withoutAmount),
        ],
    charts: picture ? [picture] : [],
    more: [monthSection(nothing ? [] : months)],
  }
}

/** Days run from one month to the next, so the deals of a month are not a group: periods are compared. */
const GROUPS = ['owner', 'client', 'process', 'region', 'size', 'category', 'source'] as const

/** How fast deals pass the stages and turn into money. */
export const velocity = defineReport({
  name: 'velocity',
  title: 'Velocity',
  description:
    'Days in each stage and days to win, in the period: Kaplan–Meier median and P90, which ' +
    'allow for stays that have not ended yet; deals won by month; sales velocity = open deals ' +
    '× mean deal × win rate / median days to win.',
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
