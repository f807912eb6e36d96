import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { share } from '../../domain/share.ts'
import type { Chart, Row, Section } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame, GROUPINGS, type Measure } from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { timeLine, trendText } from '../family/trend.ts'
import { BY_STAGE_COLUMNS, LOSS_COLUMNS, LOSS_TOTALS, NO_REASON, stageTable } from './columns.ts'
import { type LossCell, loadLosses } from './load.ts'
import { testLosses } from './stages.ts'
import { amountNote, outcomeOnlyNote } from '../scope.ts'
import { funnelStages, loadPlaces, mergedNote, type StagePlace } from '../stage-order.ts'

type Measured = Exclude<Measure, 'clients'>
type Figure = Measured | 'withoutAmount' | 'outcomeOnly'

function add(cells: readonly LossCell[], key: Figure): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0)
}

async function reasonNames(db: Db): Promise<Map<number | null, string>> {
  const { rows } = await sql<{ id: number; name: string }>`SELECT id, name FROM reasons`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function by<K>(cells: readonly LossCell[], key: (cell: LossCell) => K): Map<K, LossCell[]> {
  const groups = new Map<K, LossCell[]>()
  for (const cell of cells) {
    const own = groups.get(key(cell))
    if (own) own.push(cell)
    else groups.set(key(cell), [cell])
  }
  return groups
}

/** The reasons, the one with the largest losses first. */
function rowsOf(
  cells: readonly LossCell[],
  what: Measured,
  names: ReadonlyMap<number | null, string>,
  trend: (cells: readonly LossCell[]) => string,
): Row[] {
  const all = { deals: add(cells, 'deals'), amount: add(cells, 'amount') }
  const profit = add(cells, 'profit')
  return [...by(cells, ({ reasonId }) => reasonId)]
    .toSorted(([, a], [, b]) => add(b, what) - add(a, what))
    .map(([reason, own]) => ({
      reason: names.get(reason) ?? null,
      deals: add(own, 'deals'),
      share: share(add(own, 'deals'), all.deals),
      amount: add(own, 'amount'),
      amount_share: share(add(own, 'amount'), all.amount),
      profit: add(own, 'profit'),
      profit_share: share(add(own, 'profit'), profit),
      trend: trend(own),
      all: all.deals,
      all_amount: all.amount,
      all_profit: profit,
    }))
}

/** A reason without losses. */
function blankOf(cells: readonly LossCell[], trend: string): Row {
  const all = add(cells, 'deals')
  return {
    share: share(0, all),
    amount_share: share(0, add(cells, 'amount')),
    profit_share: share(0, add(cells, 'profit')),
    trend,
    all,
    all_amount: add(cells, 'amount'),
    all_profit: add(cells, 'profit'),
  }
}

const totalsOf = (cells: readonly LossCell[]): Row => ({
  deals: add(cells, 'deals'),
  amount: add(cells, 'amount'),
  profit: add(cells, 'profit'),
})

/** The first stage of each process. */
function firstStages(places: readonly StagePlace[]): Map<number, number> {
  const firsts = new Map<number, number>()
  for (const { processId, stageId } of places.toSorted((a, b) => a.position - b.position)) {
    if (!firsts.has(processId)) firsts.set(processId, stageId)
  }
  return firsts
}

/**
 * Losses at the first stage: if only their outcome was imported, they may be there just because
 * no stage was named.
 */
function unplaced(
  cells: readonly LossCell[],
  firsts: ReadonlyMap<number, number>,
): readonly LossCell[] {
  return cells.filter(({ processId, stageId }) => stageId === firsts.get(processId))
}

/** Stage × reason, as a list for programs and as a table for people. */
function stageSections(
  cells: readonly LossCell[],
  stages: readonly { id: number | null; name: string }[],
  reasons: readonly (number | null)[],
  names: ReadonlyMap<number | null, string>,
  firsts: ReadonlyMap<number, number>,
): { sections: Section[]; notes: string[] } {
  const losses = stages.flatMap(({ id, name }, stage) => {
    const here = cells.filter(({ stageId }) => stageId === id)
    return [...by(here, ({ reasonId }) => reasonId)]
      .map(([reasonId, own]) => ({
        stage,
        reason: reasons.indexOf(reasonId),
        called: { stage: name, reason: names.get(reasonId) ?? null },
        deals: add(own, 'deals'),
        amount: add(own, 'amount'),
        placed: add(own, 'deals') - add(unplaced(own, firsts), 'outcomeOnly'),
      }))
      .toSorted((a, b) => a.reason - b.reason)
  })
  const rows = testLosses(losses, stages.length, reasons.length).map(
    ({ placed: _, called, ...loss }) => ({ ...loss, ...called }),
  )
  const isMarked = rows.some(({ over }) => over)
  return {
    sections: [
      stageTable(
        rows,
        reasons.map((reason) => names.get(reason) ?? null),
      ),
      { key: 'by_stage', columns: [...BY_STAGE_COLUMNS], rows, hidden: true },
    ],
    notes: [
      ...testedNotes(rows, isMarked),
      ...unplacedNotes(add(unplaced(cells, firsts), 'outcomeOnly')),
    ],
  }
}

function unplacedNotes(deals: number): string[] {
  if (deals === 0) return []
  return [
    `Of ${counted(deals, 'deal')} at the first stage the import names no way there: ` +
      `${deals === 1 ? 'it is' : 'they are'} left out of that test.`,
  ]
}

function testedNotes(rows: readonly { over: boolean | null }[], isMarked: boolean): string[] {
  return isMarked
    ? ['* more than chance gives: standardised residuals, false discovery rate 10%.']
    : rows.some(({ over }) => over === false)
      ? ['No reason weighs more at one stage than at others beyond chance.']
      : ['Too few deals were lost to tell whether a reason weighs more at one stage.']
}

function chartOf(rows: readonly Row[], what: Measured): Chart {
  return {
    kind: 'funnel',
    title: { deals: 'Deals', amount: 'Amount', profit: 'Profit' }[what] + ' lost by reason',
    unit: what === 'deals' ? 'count' : 'money',
    aligned: 'left',
    bars: rows.map((row) => ({
      label: row.reason === null ? NO_REASON : String(row.reason),
      value: Number(row[what]),
      notes: [],
    })),
  }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, measure } = ask
  const what = measure === 'clients' ? 'deals' : measure
  const deals = await dealsAsOf(db, scope.asOf)
  const cells = await loadLosses(deals, scope, period, null)
  const names = await reasonNames(db)
  const line = timeLine(
    period,
    scope.asOf,
    cells.map(({ month }) => month),
  )
  const trend = (own: readonly LossCell[]): string => trendText(line, own, (cell) => cell.deals)
  const build = (own: readonly LossCell[]) => ({
    rows: rowsOf(own, what, names, trend),
    totals: totalsOf(own),
    blank: blankOf(own, trend([])),
  })
  const buildGroup = (own: readonly LossCell[]) => {
    const built = build(own)
    return { ...built, ...(ask.charts ? { chart: chartOf(built.rows, what) } : {}) }
  }
  const processes = new Set(cells.map(({ processId }) => processId))
  const used = new Set(cells.flatMap(({ stageId }) => stageId ?? []))
  const allPlaces = await loadPlaces(db)
  const places = funnelStages(allPlaces, processes, used)
  const stages = [
    ...places.filter(({ id }) => used.has(id)),
    ...(cells.some(({ stageId }) => stageId === null) ? [{ id: null, name: '(no stages)' }] : []),
  ]
  const { rows, totals, blank } = build(cells)
  const reasons = [...by(cells, ({ reasonId }) => reasonId)]
    .toSorted(([, a], [, b]) => add(b, 'deals') - add(a, 'deals'))
    .map(([reason]) => reason)
  const detail =
    cells.length > 0
      ? stageSections(cells, stages, reasons, names, firstStages(allPlaces))
      : { sections: [], notes: [] }
  const split =
    ask.by && (await cellGroups(db, ask.by, await loadLosses(deals, scope, period, ask.by)))
  const inGroups = (split ?? []).reduce((sum, group) => sum + add(group.cells, 'deals'), 0)
  return {
    rows,
    totals,
    blank,
    footer: { reason: 'Total', ...totals },
    ...(split ? { groups: frameGroups(split, buildGroup) } : {}),
    counted: `${counted(Number(totals.deals), 'deal')} lost`,
    notes: [
      ...detail.notes,
      ...(rows.length > 0
        ? [`Trend: deals lost by ${line.name}, ${line.points[0]} to ${line.points.at(-1)}.`]
        : []),
      ...mergedNote(processes, places),
      ...severalGroupsNote(ask.by, inGroups, Number(totals.deals)),
      ...outcomeOnlyNote(add(cells, 'outcomeOnly')),
      ...amountNote(add(cells, 'withoutAmount')),
    ],
    charts: ask.charts && rows.length > 0 ? [chartOf(rows, what)] : [],
    more: detail.sections,
  }
}

/** Why deals are lost: by reason, where, and what they would have brought. */
export const losses = defineReport({
  name: 'losses',
  title: 'Lost deals',
  description:
    'The deals lost in the period, by reason: how many, their share, their amount, and the ' +
    'trend over time; below that, by the furthest stage they reached. A star marks a reason ' +
    'that is more common at a stage than at the others, beyond chance.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: GROUPINGS,
    measures: ['deals', 'amount', 'profit'],
    compare: true,
    charts: true,
    sort: ['reason', 'deals', 'share', 'amount'],
  },
  refuses: {
    '--measure clients':
      'a client can lose deals for several reasons, so the shares would add up to more than all',
  },
  section: { key: 'rows' },
  columns: LOSS_COLUMNS,
  totals: LOSS_TOTALS,
  examples: [
    'losses',
    'losses --period 2026-Q3 --compare previous',
    'losses --by owner --measure amount --json',
  ],
  empty: 'No deal was lost in this period; --period all shows every one.',
  frame,
})
