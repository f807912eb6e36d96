import { sql } from 'kysely'
import { sortedByName } from '../../book/locale.ts'
import { share } from '../../domain/share.ts'
import { wilsonInterval } from '../../domain/statistics/proportions.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { WIN_RATE } from '../family/win-rate.ts'
import { countWithoutOpening, profitNote, withoutOpeningNote } from '../scope.ts'
import { loadSources, type SourceCell } from './load.ts'

const FIGURES: readonly ReportColumn[] = [
  {
    column: { key: 'leads', label: 'Leads', type: 'count' },
    banded: true,
    compared: true,
    formula: 'clients from this source that were added in the period',
  },
  {
    column: { key: 'opened', label: 'Deals', type: 'count' },
    compared: true,
    formula: 'deals from this source that were opened in the period',
  },
  {
    column: { key: 'won', label: 'Won', type: 'count' },
    banded: true,
    compared: true,
    formula: 'deals from this source that were won in the period',
  },
  ...WIN_RATE,
  {
    column: { key: 'amount_won', label: 'Amount won', type: 'money' },
    compared: true,
    formula: 'amount of the deals won',
  },
  {
    column: { key: 'profit_won', label: 'Profit won', type: 'money' },
    banded: true,
    compared: true,
    formula: 'profit of the deals won',
  },
]

/** What people read if the source is not known. */
const NO_SOURCE = 'No source'

const COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'source', label: 'Source', type: 'text', none: NO_SOURCE },
    formula: 'where client or deal came from',
  },
  ...FIGURES,
]

type Figure = Exclude<keyof SourceCell, 'groupValue' | 'sourceId'>

function add(cells: readonly SourceCell[], key: Figure): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0)
}

/** @param leads false if clients cannot be split by what is asked for. */
function figures(cells: readonly SourceCell[], leads: boolean): Row {
  const [won, lost] = [add(cells, 'won'), add(cells, 'lost')]
  const interval = wilsonInterval(won, won + lost)
  return {
    leads: leads ? add(cells, 'leads') : null,
    opened: add(cells, 'opened'),
    won,
    lost,
    closed: won + lost,
    win_rate: share(won, won + lost),
    win_low: interval?.low ?? null,
    win_high: interval?.high ?? null,
    amount_won: add(cells, 'amount'),
    profit_won: add(cells, 'profit'),
  }
}

function chartOf(rows: readonly Row[]): Chart {
  return {
    kind: 'funnel',
    title: 'Profit won by source',
    unit: 'money',
    aligned: 'left',
    bars: rows.map((row) => ({
      label: row.source === null ? NO_SOURCE : String(row.source),
      value: Number(row.profit_won),
      notes: [],
    })),
  }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const { rows: known } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM sources ORDER BY name_key`.execute(db)
  const sources = await sortedByName(db, known)
  const leads = scope.process === undefined && by !== 'process'
  const build = (cells: readonly SourceCell[]) => {
    const named = [...sources, { id: null, name: null }]
    const rows = named.flatMap(({ id, name }): Row[] => {
      const own = cells.filter(({ sourceId }) => sourceId === id)
      return own.length > 0 ? [{ source: name, ...figures(own, leads) }] : []
    })
    return {
      rows: rows.toSorted((a, b) => Number(b.profit_won) - Number(a.profit_won)),
      totals: figures(cells, leads),
      blank: figures([], leads),
    }
  }
  const buildGroup = (own: readonly SourceCell[]) => {
    const built = build(own)
    return { ...built, ...(ask.charts ? { chart: chartOf(built.rows) } : {}) }
  }
  const cells = await loadSources(db, deals, scope, period, null)
  const { rows, totals, blank } = build(cells)
  const unknown = await countWithoutOpening(deals, scope, period.from)
  const split = by && (await cellGroups(db, by, await loadSources(db, deals, scope, period, by)))
  const inGroups = (split ?? []).reduce(
    (sum, group) => sum + add(group.cells, 'opened') + add(group.cells, 'leads'),
    0,
  )
  return {
    rows,
    totals,
    blank,
    footer: { source: 'Total', ...totals },
    ...(split ? { groups: frameGroups(split, buildGroup) } : {}),
    counted: [
      ...(leads ? [counted(Number(totals.leads), 'lead')] : []),
      `${counted(Number(totals.opened), 'deal')} opened`,
      `${counted(Number(totals.closed), 'deal')} closed`,
    ].join(', '),
    notes: [
      'Leads are clients added in the period, deals those opened in it; won and lost are of deals closed in it.',
      ...withoutOpeningNote(unknown, 'deals opened'),
      ...(leads ? [] : ['A lead belongs to no process, so leads are not counted here.']),
      ...severalGroupsNote(by, inGroups, add(cells, 'opened') + add(cells, 'leads')),
      ...profitNote(add(cells, 'withoutCost'), Number(totals.won), scope.settings.margin),
    ],
    charts: ask.charts && rows.length > 0 ? [chartOf(rows)] : [],
  }
}

/** What each source brings. */
export const sources = defineReport({
  name: 'sources',
  title: 'Sources',
  description:
    'For each source: clients that came from it in the period (leads), deals opened, won and lost, ' +
    'the win rate with its 95% interval, amount and profit won.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: ['owner', 'process', 'region', 'size', 'category', 'month', 'quarter', 'year'],
    compare: true,
    charts: true,
    sort: COLUMNS.map(({ column }) => column.key),
  },
  refuses: {
    '--measure': 'leads, deals, amount and profit stand side by side already',
  },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: FIGURES,
  examples: [
    'sources',
    'sources --period 2026-Q3 --compare year-ago',
    'sources --sort win_rate --json',
  ],
  empty: 'No client came, and no deal was opened or closed in this period.',
  frame,
})
