import { share } from '../../domain/share.ts'
import type { Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { closedFunnels, groupFunnel, wonByMonth } from './charts.ts'
import { CLOSED_COLUMNS, CLOSED_TOTALS } from './columns.ts'
import { clientFunnel, closedFunnel, type Passage } from './funnel.ts'
import { type LoadedCell, loadClientLevels, loadClosedCells } from './load.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame, GROUPINGS, MEASURES } from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { amountNote, NO_FUNNEL, outcomeOnlyNote, profitNote, stagelessNote } from '../scope.ts'
import { type FunnelStage, funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'

type Figure = Exclude<keyof LoadedCell, 'groupValue' | 'processId' | 'furthestStageId' | 'outcome'>

function add(cells: readonly LoadedCell[], key: Figure): number {
  return cells.reduce((total, cell) => total + cell[key], 0)
}

const won = (cells: readonly LoadedCell[]) => cells.filter(({ outcome }) => outcome === 'won')
const lost = (cells: readonly LoadedCell[]) => cells.filter(({ outcome }) => outcome === 'lost')

function totalsOf(cells: readonly LoadedCell[]): Row {
  const [gained, gone] = [won(cells), lost(cells)]
  return {
    deals: add(cells, 'deals'),
    won: add(gained, 'deals'),
    lost: add(gone, 'deals'),
    win_rate: share(add(gained, 'deals'), add(cells, 'deals')),
    amount_won: add(gained, 'amount'),
    amount_lost: add(gone, 'amount'),
    profit_won: add(gained, 'profit'),
  }
}

/** A passage as cells: `amount_reached`, `amount_passed` … */
function cellsOf(passage: Passage, prefix: string): Row {
  return Object.fromEntries(Object.entries(passage).map(([key, value]) => [prefix + key, value]))
}

/** The rows of a funnel; `levels` only where clients are counted. */
function rowsOf(
  cells: readonly LoadedCell[],
  stages: readonly FunnelStage[],
  levels: readonly { level: number; clients: number }[] | null,
): Row[] {
  const clients = levels && clientFunnel(levels, stages.length)
  return closedFunnel(cells, stages).map(({ stage, deals, amount, profit }, index) => ({
    stage,
    ...cellsOf(deals, ''),
    ...cellsOf(amount, 'amount_'),
    ...cellsOf(profit, 'profit_'),
    ...(clients?.[index] ? cellsOf(clients[index], 'clients_') : {}),
  }))
}

/** Notes on closed deals: those without a history, an amount or a cost. */
export function closedNotes(cells: readonly LoadedCell[], { scope }: Pick<Ask, 'scope'>): string[] {
  const stageless = cells.filter((cell) => cell.furthestStageId === null)
  const gained = won(cells)
  return [
    ...outcomeOnlyNote(add(cells, 'outcomeOnly')),
    ...stagelessNote(add(stageless, 'deals')),
    ...amountNote(add(cells, 'withoutAmount')),
    ...profitNote(add(gained, 'withoutCost'), add(gained, 'deals'), scope.settings.margin),
  ]
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by, measure } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const cells = await loadClosedCells(deals, scope, period, null)
  const processes = new Set(cells.map((cell) => cell.processId))
  const used = new Set(cells.flatMap((cell) => cell.furthestStageId ?? []))
  const stages = funnelStages(await loadPlaces(db), processes, used)
  const levelsBy = (group: Ask['by']) =>
    measure === 'clients' ? loadClientLevels(db, deals, scope, period, group, stages) : null
  const rows = rowsOf(cells, stages, await levelsBy(null))
  const totals = totalsOf(cells)

  const split = by && (await cellGroups(db, by, await loadClosedCells(deals, scope, period, by)))
  const levels = by && (await levelsBy(by))
  const levelGroups = by && levels && (await cellGroups(db, by, levels))
  const groups =
    split &&
    frameGroups(split, (own, key) => {
      const group = levelGroups?.find((one) => one.key === key)
      const some = rowsOf(own, stages, group?.cells ?? null)
      return {
        rows: some,
        totals: totalsOf(own),
        chart: ask.charts ? groupFunnel(some, measure) : undefined,
      }
    })
  const inGroups = (split ?? []).reduce((sum, group) => sum + add(group.cells, 'deals'), 0)
  return {
    rows,
    totals,
    ...(groups ? { groups } : {}),
    counted: `${counted(Number(totals.deals), 'deal')} closed`,
    ...(cells.length > 0 ? { empty: NO_FUNNEL } : {}),
    notes: [
      ...mergedNote(processes, stages),
      ...severalGroupsNote(by, inGroups, Number(totals.deals)),
      ...closedNotes(cells, ask),
    ],
    charts:
      ask.charts && cells.length > 0
        ? [...closedFunnels(rows, measure), ...(await wonByMonth(deals, scope, period, measure))]
        : [],
  }
}

/** The closed funnel: the deals whose outcome stands and came inside the period, by stage. */
export const closed = defineReport({
  name: 'closed',
  title: 'Closed funnel',
  description:
    'The deals that were won or lost in the period. For each stage: how many reached it, ' +
    'passed it, and were lost there; step is passed / reached, overall is reached / reached at ' +
    'the first stage. A won deal reached every stage.',
  // A calendar year is empty in January.
  span: { kind: 'period', usual: 'last-365d' },
  takes: { by: GROUPINGS, measures: MEASURES, compare: true, charts: true },
  refuses: {
    '--sort': 'stages stand in the order in which deals pass them',
  },
  section: { key: 'stages' },
  columns: CLOSED_COLUMNS,
  totals: CLOSED_TOTALS,
  examples: [
    'closed',
    'closed --period all --json',
    'closed --period 2026-Q3 --process typical --csv',
    'closed --period last-month --compare previous --by owner',
    'closed --measure amount --explain --md',
  ],
  empty: 'No deal was closed in this period; --period all shows every one.',
  frame,
})
