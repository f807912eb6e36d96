import { sql } from 'kysely'
import { sortedByName } from '../../book/locale.ts'
import { numberOf, QUANTITY_DIGITS } from '../../domain/lines/scaled.ts'
import { share } from '../../domain/share.ts'
import { wilsonInterval } from '../../domain/statistics/proportions.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups, severalGroupsNote } from '../family/group.ts'
import { profitNote } from '../scope.ts'
import { WIN_RATE } from '../family/win-rate.ts'
import { countClosed, loadProducts, type ProductCell } from './load.ts'

const FIGURES: readonly ReportColumn[] = [
  {
    column: { key: 'won', label: 'Won', type: 'count' },
    banded: true,
    compared: true,
    formula: 'deals with a line of it that were won in the period',
  },
  ...WIN_RATE,
  {
    column: { key: 'amount_won', label: 'Amount won', type: 'money' },
    banded: true,
    compared: true,
    formula: 'net of its lines in the deals won',
  },
  {
    column: { key: 'profit_won', label: 'Profit won', type: 'money' },
    compared: true,
    formula: 'net of its lines in the deals won, less their cost',
  },
]

/** What people read for lines that are only a text. */
const NO_PRODUCT = 'Without a product'

const COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'product', label: 'Product', type: 'text', none: NO_PRODUCT },
    formula: 'the product of lines of deals',
  },
  { column: { key: 'code', label: 'Code', type: 'text', hidden: true }, formula: 'its code' },
  {
    column: { key: 'quantity', label: 'Sold', type: 'number' },
    compared: true,
    formula: 'quantity of its lines in the deals won',
  },
  { column: { key: 'unit', label: 'Unit', type: 'text', optional: true }, formula: 'its unit' },
  ...FIGURES,
]

function sumOf(
  cells: readonly ProductCell[],
  key: 'deals' | 'quantity' | 'amount' | 'profit',
): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0)
}

function figures(cells: readonly ProductCell[]): Row {
  const won = cells.filter(({ outcome }) => outcome === 'won')
  const deals = sumOf(won, 'deals')
  const closed = sumOf(cells, 'deals')
  const interval = wilsonInterval(deals, closed)
  return {
    won: deals,
    lost: closed - deals,
    closed,
    win_rate: share(deals, closed),
    win_low: interval?.low ?? null,
    win_high: interval?.high ?? null,
    amount_won: sumOf(won, 'amount'),
    profit_won: sumOf(won, 'profit'),
  }
}

function quantityOf(cells: readonly ProductCell[]): number {
  const won = cells.filter(({ outcome }) => outcome === 'won')
  return numberOf(sumOf(won, 'quantity'), QUANTITY_DIGITS)
}

interface Named {
  id: number | null
  name: string | null
  code: string | null
  unit: string | null
}

function chartOf(rows: readonly Row[]): Chart {
  return {
    kind: 'funnel',
    title: 'Amount won by product',
    unit: 'money',
    aligned: 'left',
    bars: rows.map((row) => ({
      label: row.product === null ? NO_PRODUCT : String(row.product),
      value: Number(row.amount_won),
      notes: [],
    })),
  }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, by } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const { rows: known } = await sql<Named & { id: number; name: string }>`
    SELECT id, name, code, unit FROM products ORDER BY name_key`.execute(db)
  const products = await sortedByName(db, known)
  const nobody: Named = { id: null, name: null, code: null, unit: null }
  const rowsOf = (cells: readonly ProductCell[]): Row[] =>
    [...products, nobody]
      .flatMap(({ id, name, code, unit }): Row[] => {
        const own = cells.filter(({ productId }) => productId === id)
        if (own.length === 0) return []
        // Lines without a product are of many things: their quantities do not add up to anything.
        const quantity = id === null ? null : quantityOf(own)
        return [{ product: name, code, unit, quantity, ...figures(own) }]
      })
      .toSorted((a, b) => Number(b.amount_won) - Number(a.amount_won))
  const cells = await loadProducts(deals, scope, period, null, true)
  const all = await loadProducts(deals, scope, period, null, false)
  const rows = rowsOf(cells)
  const totals = figures(all)
  const closed = await countClosed(deals, scope, period)
  const without = closed - Number(totals.closed)
  const split = by && (await cellGroups(db, by, await loadProducts(deals, scope, period, by, true)))
  const whole =
    by && (await cellGroups(db, by, await loadProducts(deals, scope, period, by, false)))
  const inGroups = (whole ?? []).reduce((sum, group) => sum + sumOf(group.cells, 'deals'), 0)
  const buildGroup = (own: readonly ProductCell[], key: string | null) => {
    const built = rowsOf(own)
    const together = whole?.find((group) => group.key === key)?.cells ?? []
    return {
      rows: built,
      totals: figures(together),
      blank: { quantity: 0, ...figures([]) },
      ...(ask.charts ? { chart: chartOf(built) } : {}),
    }
  }
  const isSeveral = sumOf(cells, 'deals') > sumOf(all, 'deals')
  const wonWithoutCost = all
    .filter(({ outcome }) => outcome === 'won')
    .reduce((sum, cell) => sum + cell.withoutCost, 0)
  return {
    rows,
    totals,
    blank: { quantity: 0, ...figures([]) },
    footer: { product: 'Total', ...totals },
    ...(split ? { groups: frameGroups(split, buildGroup) } : {}),
    counted: `${counted(Number(totals.closed), 'deal')} with lines closed`,
    notes: [
      ...(without > 0 ? [`Left out: ${counted(without, 'closed deal')} without lines.`] : []),
      ...(isSeveral
        ? ['A deal with several products counts in the row of each; the total has it once.']
        : []),
      ...(scope.asOf < ask.today ? ['Lines are those that the deals have now.'] : []),
      ...severalGroupsNote(by, inGroups, Number(totals.closed)),
      ...profitNote(wonWithoutCost, Number(totals.won), scope.settings.margin),
    ],
    charts: ask.charts && rows.length > 0 ? [chartOf(rows)] : [],
  }
}

/** What was sold. */
export const products = defineReport({
  name: 'products',
  title: 'Products',
  description:
    'For each product in lines of deals: what was sold of it in the period, deals won and lost with ' +
    'it, the win rate with its 95% interval, amount and profit won. Options and alternatives count ' +
    'only if they were chosen.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: ['owner', 'process', 'region', 'size', 'category', 'source', 'month', 'quarter', 'year'],
    compare: true,
    charts: true,
    sort: COLUMNS.map(({ column }) => column.key),
  },
  refuses: { '--measure': 'quantity, deals, amount and profit stand side by side already' },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: FIGURES,
  examples: ['products', 'products --period 2026-Q3 --by owner', 'products --sort win_rate --json'],
  empty: 'No deal with lines was closed in this period.',
  frame,
})
