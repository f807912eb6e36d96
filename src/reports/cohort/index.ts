import { sql } from 'kysely'
import { monthsIn, type Period } from '../../domain/period.ts'
import { share } from '../../domain/share.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { COHORT_COLUMNS, COHORT_TOTALS, MONTH_COLUMNS } from './columns.ts'
import { cohortFunnel, type CohortStage } from './funnel.ts'
import { type DealsAsOf, dealsAsOf } from '../deals-as-of.ts'
import { type Ask, type By, defineReport, type Frame, GROUPINGS } from '../family/declare.ts'
import { cellGroups, frameGroups, grouped, severalGroupsNote } from '../family/group.ts'
import {
  amountNote,
  countWithoutOpening,
  OPENING_KNOWN,
  outcomeOnlyNote,
  profitSql,
  type Scope,
  stagelessNote,
  within,
  withoutOpeningNote,
  withoutAmount,
} from '../scope.ts'
import { type FunnelStage, funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'

function loadCells(deals: DealsAsOf, scope: Scope, { from, to }: Period, by: By | null) {
  let query = within(deals, scope).where(OPENING_KNOWN)
  if (from !== null) query = query.where('d.opened_on', '>=', from)
  if (to !== null) query = query.where('d.opened_on', '<=', to)
  const month = sql<string>`substr(d.opened_on, 1, 7)`
  return grouped(query, by, 'd.opened_on')
    .select([
      'd.process_id as processId',
      'd.furthest_stage_id as furthestStageId',
      sql<DealStatus>`d.status`.as('status'),
      month.as('month'),
      sql<number>`count(*)`.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profitSql(scope.settings.margin)}), 0)`.as('profit'),
      withoutAmount(deals).as('withoutAmount'),
      sql<number>`coalesce(sum(d.outcome_only), 0)`.as('outcomeOnly'),
    ])
    .groupBy(['d.process_id', 'd.furthest_stage_id', 'd.status', month])
    .execute()
}

type Cells = Awaited<ReturnType<typeof loadCells>>
type Value = 'deals' | 'amount' | 'profit'

function add(cells: Cells, key: Value | 'withoutAmount' | 'outcomeOnly'): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0)
}

function totalsOf(cells: Cells): Row {
  const count = (status: DealStatus): number =>
    add(
      cells.filter((cell) => cell.status === status),
      'deals',
    )
  const [deals, won, open] = [add(cells, 'deals'), count('won'), count('open')]
  return {
    deals,
    won,
    lost: count('lost'),
    open,
    at_least: share(won, deals),
    at_most: share(won + open, deals),
    amount: add(cells, 'amount'),
    amount_won: add(
      cells.filter((cell) => cell.status === 'won'),
      'amount',
    ),
  }
}

function cellsOf(stage: CohortStage, prefix: string): Row {
  return Object.fromEntries(Object.entries(stage).map(([key, value]) => [prefix + key, value]))
}

function rowsOf(cells: Cells, stages: readonly FunnelStage[]): Row[] {
  const by = (key: Value, prefix: string): Row[] =>
    cohortFunnel(
      cells.map((cell) => ({ ...cell, value: cell[key] })),
      stages,
    ).map((stage) => cellsOf(stage, prefix))
  const [deals, amount, profit] = [
    by('deals', ''),
    by('amount', 'amount_'),
    by('profit', 'profit_'),
  ]
  return stages.map(({ name }, index) => ({
    stage: name,
    ...deals[index],
    ...amount[index],
    ...profit[index],
  }))
}

/** The months of opening, including those without deals. */
function monthRows(cells: Cells, { from, to }: Period, asOf: Ask['scope']['asOf']): Row[] {
  const months = cells.map(({ month }) => month).toSorted()
  const [first] = months
  if (first === undefined) return []
  const last = to !== null && to < asOf ? to : asOf
  const start = from ?? (`${first}-01` as typeof asOf)
  return monthsIn(start, last).map((day) => {
    const month = day.slice(0, 7)
    return { month, ...totalsOf(cells.filter((cell) => cell.month === month)) }
  })
}

function chartOf(rows: readonly Row[], { measure }: Ask): Chart[] {
  const prefix = measure === 'amount' || measure === 'profit' ? `${measure}_` : ''
  return [
    {
      kind: 'funnel',
      title: 'What became of the deals that reached each stage',
      unit: prefix === '' ? 'count' : 'money',
      bars: rows.map((row) => {
        const [all, won] = [Number(row[`${prefix}reached`]), Number(row[`${prefix}won`])]
        const later = rows.slice(rows.indexOf(row))
        const open = later.reduce((sum, one) => sum + Number(one[`${prefix}open`]), 0)
        return {
          label: String(row.stage),
          value: all,
          parts: [
            { name: 'won', value: won },
            { name: 'open', value: open },
            { name: 'lost', value: all - won - open },
          ],
          notes: [],
        }
      }),
    },
  ]
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const cells = await loadCells(deals, scope, period, null)
  const processes = new Set(cells.map(({ processId }) => processId))
  const used = new Set(cells.flatMap(({ furthestStageId }) => furthestStageId ?? []))
  const stages = funnelStages(await loadPlaces(db), processes, used)
  const build = (some: Cells) => ({ rows: rowsOf(some, stages), totals: totalsOf(some) })
  const { rows, totals } = build(cells)
  const pictured = (some: Cells) => {
    const own = build(some)
    return { ...own, chart: ask.charts ? chartOf(own.rows, ask)[0] : undefined }
  }
  const split = by && (await cellGroups(db, by, await loadCells(deals, scope, period, by)))
  const inGroups = (split ?? []).reduce((sum, group) => sum + add(group.cells, 'deals'), 0)
  const stageless = cells.filter(({ furthestStageId }) => furthestStageId === null)
  const open = Number(totals.open)
  const unknown = await countWithoutOpening(deals, scope, period.from)
  return {
    rows,
    totals,
    ...(split ? { groups: frameGroups(split, pictured) } : {}),
    counted: `${counted(Number(totals.deals), 'deal')} opened, ${open} still open`,
    notes: [
      ...(open > 0
        ? [
            `${counted(open, 'deal')} ${open === 1 ? 'is' : 'are'} still open: shares lie between ` +
              'at least (what has passed already) and at most (if all that is open passes).',
          ]
        : []),
      ...mergedNote(processes, stages),
      ...severalGroupsNote(by, inGroups, Number(totals.deals)),
      ...stagelessNote(add(stageless, 'deals')),
      ...withoutOpeningNote(unknown, 'cohorts'),
      ...outcomeOnlyNote(add(cells, 'outcomeOnly')),
      ...amountNote(add(cells, 'withoutAmount')),
    ],
    charts: ask.charts && Number(totals.deals) > 0 && rows.length > 0 ? chartOf(rows, ask) : [],
    more: [
      {
        key: 'months',
        title: 'Month by month',
        columns: [...MONTH_COLUMNS],
        rows: monthRows(cells, period, scope.asOf),
      },
    ],
  }
}

/** The cohort funnel: what has become, so far, of the deals opened in the period. */
export const cohort = defineReport({
  name: 'cohort',
  title: 'Cohort funnel',
  description:
    'The deals opened in the period, and what has become of them so far: for each stage, how ' +
    'many reached it, passed it, were lost there, or are still open. While some are open, a ' +
    'conversion is a range: from what has passed already to what will have passed if all open ' +
    'deals do.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: GROUPINGS,
    measures: ['deals', 'amount', 'profit'],
    compare: true,
    charts: true,
  },
  refuses: {
    '--sort': 'stages stand in the order in which deals pass them',
    '--measure clients': 'a client can have deals that were won, lost and are open at once',
  },
  countsOpen: true,
  section: { key: 'stages' },
  columns: COHORT_COLUMNS,
  totals: COHORT_TOTALS,
  examples: [
    'cohort',
    'cohort --period 2026-Q3 --by source',
    'cohort --period 2026 --measure amount --json',
  ],
  empty: 'No deal was opened in this period; --period all shows every one.',
  frame,
})
