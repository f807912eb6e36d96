import { Fault } from '../../domain/fault.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { openDealsAsOf } from '../deals-as-of.ts'
import {
  type Ask,
  defineReport,
  type Frame,
  GROUPINGS,
  type Measure,
  MEASURES,
} from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { type Cells, type ClientCount, clientsIn, loadCells, loadClients } from './cells.ts'
import { DEAL_COLUMNS, OPEN_COLUMNS, OPEN_TOTALS } from './columns.ts'
import { loadFacts } from './facts.ts'
import { openStage } from './funnel.ts'
import { chanceNote, setNote, sinceNote } from './notes.ts'
import { amountNote, type Chosen, profitNote } from '../scope.ts'
import { funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'
import { wholeNumber } from '../../domain/whole-number.ts'

/** The name of the row of deals whose process has no stages. */
const NO_STAGE = '(no stages)'

const PICTURES: Record<Measure, { title: string; unit: 'count' | 'money'; key: string }> = {
  deals: { title: 'Open deals by stage', unit: 'count', key: 'deals' },
  clients: { title: 'Clients with open deals by stage', unit: 'count', key: 'clients' },
  amount: { title: 'Amount of open deals by stage', unit: 'money', key: 'amount' },
  profit: { title: 'Profit of open deals by stage', unit: 'money', key: 'profit' },
}

/** The stages as bars; for deals, the overdue ones are drawn around the others. */
function funnelChart(rows: readonly Row[], measure: Measure): Chart {
  const { title, unit, key } = PICTURES[measure]
  const stuck = measure === 'deals' && rows.some((row) => Number(row.overdue) > 0)
  return {
    kind: 'funnel',
    title,
    unit,
    bars: rows.map((row) => {
      const [value, overdue] = [Number(row[key]), Number(row.overdue)]
      return {
        label: String(row.stage),
        value,
        ...(stuck
          ? {
              parts: [
                { name: 'timely' as const, value: value - overdue },
                { name: 'stuck' as const, value: overdue },
              ],
            }
          : {}),
        notes: stuck && overdue > 0 ? [`${overdue} stuck`] : [],
      }
    }),
  }
}

/** How many deals are listed by default. */
const USUAL_LIMIT = 1000

function readLimit(text: Ask['own'][string]): number {
  if (typeof text !== 'string') return USUAL_LIMIT
  return wholeNumber(text)
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, by, own, measure } = ask
  const { deals, counts } = await openDealsAsOf(db, scope.asOf, scope)
  // Whoever says where chances come from does not mean those set by hand.
  const usesSet = own.probability === undefined
  const cells = await loadCells(deals, scope, null, usesSet)
  const places = await loadPlaces(db)
  const facts = await loadFacts({ db, places, asOf: scope.asOf, counts }, own.probability)
  const processes = new Set(cells.map((cell) => cell.processId))
  const used = new Set(cells.flatMap((cell) => cell.stageId ?? []))
  const stages = funnelStages(places, processes, used)
  const hasStageless = cells.some((cell) => cell.stageId === null)
  const figures = (some: Cells, clients: readonly ClientCount[]) => {
    const row = (stage: string, stageId: number | null): Row => ({
      stage,
      clients: clientsIn(clients, stageId),
      ...openStage(
        some.filter((cell) => cell.stageId === stageId),
        scope.asOf,
        facts.of,
      ),
    })
    const {
      probability: _,
      probability_learnt: __,
      ...totals
    } = openStage(some, scope.asOf, facts.of)
    return {
      rows: [
        ...stages.map(({ name, id }) => row(name, id)),
        ...(hasStageless ? [row(NO_STAGE, null)] : []),
      ],
      totals: { ...totals, clients: clientsIn(clients, undefined) } as Row,
    }
  }
  const { rows, totals } = figures(cells, await loadClients(deals, scope, null))
  const split = by && (await cellGroups(db, by, await loadCells(deals, scope, by, usesSet)))
  const clientGroups = by && (await cellGroups(db, by, await loadClients(deals, scope, by)))
  const groups =
    split &&
    frameGroups(split, (some, key) => {
      const made = figures(some, clientGroups?.find((group) => group.key === key)?.cells ?? [])
      return { ...made, chart: ask.charts ? funnelChart(made.rows, measure) : undefined }
    })
  const sum = (some: Cells, key: 'withoutCost' | 'withoutAmount' | 'deals'): number =>
    some.reduce((total, cell) => total + cell[key], 0)
  const open = sum(cells, 'deals')
  const inGroups = (split ?? []).reduce((total, group) => total + sum(group.cells, 'deals'), 0)
  const wantsList = own.list === true || own.stage !== undefined
  if (wantsList && ask.by) {
    const hint = `leave out --by ${ask.by}; --owner, --where and the like choose deals`
    throw new Fault('usage', 'a list of deals is not split into groups', hint)
  }
  const limit = readLimit(own.limit)
  if (own.limit !== undefined && !wantsList) {
    throw new Fault('usage', '--limit is of the list of deals', 'add --list, or --stage STAGE')
  }
  const list = wantsList
    ? await (
        await import('./list.ts')
      ).listOpenDeals(deals, scope, {
        stage: own.stage as Chosen | undefined,
        limit,
        factsOf: facts.of,
        by: facts.by,
        usesSet,
      })
    : undefined
  return {
    rows,
    totals,
    footer: { stage: 'Total', ...totals },
    ...(groups ? { groups } : {}),
    ...(list ? { list } : {}),
    counted: `${counted(open, 'deal')} open`,
    notes: [
      facts.note,
      ...setNote(totals, scope.settings.currency),
      ...(list && list.rows.length === limit && open > limit
        ? [`The first ${limit} deals; --limit shows more.`]
        : []),
      ...mergedNote(processes, stages),
      ...severalGroupsNote(by, inGroups, open),
      ...sinceNote(cells),
      ...amountNote(sum(cells, 'withoutAmount')),
      ...chanceNote(cells, facts.of, scope.settings.currency),
      ...profitNote(sum(cells, 'withoutCost'), open, scope.settings.margin),
    ],
    charts: ask.charts && rows.length > 0 && !list ? [funnelChart(rows, measure)] : [],
  }
}

/** The open funnel: what is in each stage at the end of a day. */
export const open = defineReport({
  name: 'open',
  title: 'Open funnel',
  description:
    'For each stage: deals now in it, their clients, amount, profit, chance to win, amount × ' +
    'chance, median days in the stage so far, and how many are over the stage’s time limit. ' +
    'Months, quarters and years are those of the opening day.',
  span: { kind: 'day' },
  takes: {
    by: GROUPINGS,
    measures: MEASURES,
    compare: true,
    charts: true,
    sort: DEAL_COLUMNS.map(({ column }) => column.key),
  },
  refuses: {
    '--period': 'it is of the end of a day, which --as-of names',
  },
  own: {
    probability: {
      flags: '--probability <which>',
      help:
        'take chances from stage and age, from the share of closed deals won from the stage, or from ' +
        'the process’s template; default: those set by hand, else by stage and age',
      choices: ['age', 'own', 'template'],
    },
    calibration: {
      flags: '--calibration',
      help: 'instead, how the chances of open deals, by stage and age, have come true in this book',
    },
    list: { flags: '--list', help: 'list the deals, longest in their stage first' },
    stage: { flags: '--stage <stage>', help: 'list the deals of this stage', noun: 'stage' },
    limit: { flags: '--limit <count>', help: `list at most this many; default: ${USUAL_LIMIT}` },
  },
  countsOpen: true,
  section: { key: 'stages' },
  columns: OPEN_COLUMNS,
  totals: OPEN_TOTALS,
  examples: [
    'open',
    'open --as-of 2026-10-31 --probability own --json',
    'open --by owner --compare previous',
    'open --stage proposal --sort amount',
    'open --calibration',
  ],
  empty: 'No deal is open; funnel deal add opens one.',
  frame,
})
