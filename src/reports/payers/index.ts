import { bookLocale } from '../../book/locale.ts'
import { BUCKETS } from '../../domain/invoices/ageing.ts'
import { formatMoney } from '../../domain/money.ts'
import { nameOrder } from '../../domain/name-order.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { FEWEST_DEALS } from '../chance.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups } from '../family/group.ts'
import { CLIENT_GROUPS, clientNames, groupValues } from '../receivables/clients.ts'
import { loadDebts } from '../receivables/load.ts'
import { unratedMoneyNote } from '../receivables/worth.ts'
import { daysOutstanding, PaymentTally } from './figures.ts'
import { billedLately, DSO_DAYS, loadPaid, type PaidInvoice } from './load.ts'

const FIGURES: readonly ReportColumn[] = [
  {
    column: { key: 'invoices', label: 'Invoices', type: 'count' },
    formula: 'issued in the period, but for those voided or credited in full',
  },
  {
    column: { key: 'paid', label: 'Paid', type: 'count' },
    formula: 'those of which nothing is open any more, none of it written off',
  },
  {
    column: { key: 'days_to_pay', label: 'Days to pay', type: 'number' },
    banded: true,
    compared: true,
    formula: 'days from issue to the last payment of those paid, each weighted by its amount',
    numbers: '{paid} paid',
  },
  {
    column: { key: 'median_days', label: 'Median days', type: 'days', lasting: true },
    banded: true,
    compared: true,
    formula:
      'the first day by which half are paid (Kaplan–Meier): open invoices count as not yet paid',
    numbers: '{paid} paid of {invoices}',
  },
  {
    column: { key: 'days_late', label: 'Days late', type: 'number' },
    banded: true,
    compared: true,
    formula: 'days from the due day to the last payment of those paid, each weighted by its amount',
    numbers: '{paid} paid',
  },
  {
    column: { key: 'fallen_due', label: 'Fallen due', type: 'count', hidden: true },
    formula: 'invoices that are paid or late',
  },
  {
    column: { key: 'paid_on_time', label: 'Paid on time', type: 'count', hidden: true },
    formula: 'those paid by their due day',
  },
  {
    column: { key: 'on_time', label: 'On time', type: 'share' },
    of: ['paid_on_time', 'fallen_due'],
    banded: true,
    compared: true,
    formula: '{paid_on_time} / {fallen_due}',
  },
  {
    column: { key: 'open', label: 'Open', type: 'money' },
    formula: 'what is open of these invoices',
  },
]

const COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'client', label: 'Client', type: 'text' }, formula: 'who pays' },
  {
    column: { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
    formula: 'the number of the client',
  },
  ...FIGURES,
]

const TOTALS: readonly ReportColumn[] = [
  ...FIGURES,
  {
    column: { key: 'balance', label: 'Balance', type: 'money' },
    formula: 'what is owed on the day, whenever it was billed: as report receivables has it',
  },
  {
    column: { key: 'billed_90d', label: 'Billed in 90 days', type: 'money' },
    formula: 'gross of the invoices of the last 90 days, less credit notes',
  },
  {
    column: { key: 'dso', label: 'DSO', type: 'number' },
    formula: '{balance} / {billed_90d} × 90',
  },
]

interface Cell {
  id: number
  name: string
  invoices: PaidInvoice[]
  balance: number
  billed: number
}

function figures(cells: readonly Cell[]): Row {
  const tally = new PaymentTally()
  for (const { invoices } of cells) for (const invoice of invoices) tally.add(invoice)
  return tally.row()
}

function totalsOf(cells: readonly Cell[]): Row {
  const balance = cells.reduce((sum, cell) => sum + cell.balance, 0)
  const billed = cells.reduce((sum, cell) => sum + cell.billed, 0)
  const dso = daysOutstanding(balance, billed, DSO_DAYS)
  return { ...figures(cells), balance, billed_90d: billed, dso }
}

/** Those that take longest come first, and those that have paid nothing yet last. */
function rowsOf(cells: readonly Cell[], order: (a: string, b: string) => number): Row[] {
  const slowness = ({ days_to_pay: days }: Row): number => (days === null ? -1 : Number(days))
  return cells
    .filter(({ invoices }) => invoices.length > 0)
    .map((cell): Row => ({ client: cell.name, client_id: cell.id, ...figures([cell]) }))
    .toSorted((a, b) => slowness(b) - slowness(a) || order(String(a.client), String(b.client)))
}

const MOST_BARS = 12

/** What is open of those that owe most of it. */
function chartOf(rows: readonly Row[]): Chart[] {
  const bars = rows
    .filter(({ open }) => Number(open) > 0)
    .toSorted((a, b) => Number(b.open) - Number(a.open))
    .slice(0, MOST_BARS)
    .map((row) => ({ label: String(row.client), value: Number(row.open), notes: [] }))
  if (bars.length === 0) return []
  const title = 'Open, by client'
  return [{ kind: 'funnel', title, unit: 'money', aligned: 'left', bars }]
}

function dsoSentence({ scope }: Ask, { dso, balance, billed_90d: billed }: Row): string[] {
  if (dso === null) return []
  const money = (minor: unknown): string => formatMoney(Number(minor), scope.settings.currency)
  return [
    `DSO ${Number(dso).toFixed(1)} days: ${money(balance)} owed / ${money(billed)} billed in the last 90 days × 90.`,
  ]
}

function fewNote({ paid }: Row): string[] {
  if (Number(paid) >= FEWEST_DEALS) return []
  return [`Too few to rely on: ${counted(Number(paid), 'paid invoice')}.`]
}

/** Everything counted about each client that was billed or owes anything. */
async function cellsOf({ db, scope, period }: Ask): Promise<{ cells: Cell[]; unrated: number }> {
  const { invoices, unrated } = await loadPaid(db, scope, period)
  const { debts } = await loadDebts(db, scope)
  const billed = await billedLately(db, scope)
  const own = new Map<number, PaidInvoice[]>()
  for (const invoice of invoices) {
    const known = own.get(invoice.client)
    if (known) known.push(invoice)
    else own.set(invoice.client, [invoice])
  }
  const ids = [...new Set([...own.keys(), ...debts.keys(), ...billed.keys()])]
  const names = await clientNames(db, ids)
  const cells = ids.map((id): Cell => {
    const debt = debts.get(id)
    const owed = debt ? BUCKETS.reduce((sum, bucket) => sum + debt[bucket], 0) : 0
    return {
      id,
      name: names.get(id) ?? '',
      invoices: own.get(id) ?? [],
      balance: owed - (debt?.unallocated ?? 0),
      billed: billed.get(id) ?? 0,
    }
  })
  return { cells, unrated }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, by, charts } = ask
  const { cells, unrated } = await cellsOf(ask)
  const order = nameOrder((await bookLocale(db))?.tag ?? null)
  const totals = totalsOf(cells)
  const rows = rowsOf(cells, order)
  const groups: Pick<Frame, 'groups'> = {}
  if (by !== null) {
    const groupsOf = await groupValues(db, by as (typeof CLIENT_GROUPS)[number])
    const inGroups = cells
      .filter(({ invoices }) => invoices.length > 0)
      .flatMap((cell) => groupsOf(cell.id).map((groupValue) => ({ ...cell, groupValue })))
    groups.groups = frameGroups(await cellGroups(db, by, inGroups), (own) => ({
      rows: rowsOf(own, order),
      totals: totalsOf(own),
    }))
  }
  const isEmpty = rows.length === 0
  return {
    rows,
    totals,
    footer: { client: 'All', ...totals },
    ...groups,
    counted: `${counted(Number(totals.invoices), 'invoice')} issued`,
    lead: isEmpty ? [] : dsoSentence(ask, totals),
    notes: [
      ...(isEmpty ? [] : fewNote(totals)),
      ...unratedMoneyNote(unrated, 'invoice', 'invoices'),
    ],
    charts: charts ? chartOf(rows) : [],
  }
}

/** How long clients take to pay. */
export const payers = defineReport({
  name: 'payers',
  title: 'Days to pay',
  description:
    'How long clients take to pay the invoices that were issued in the period: the mean, weighted by amount, of those ' +
    'paid; the median (Kaplan–Meier), which allows for those still open; days late, and the share that was paid on ' +
    'time, out of those paid or late. An invoice is paid on the day on which nothing is open of it any more. What is ' +
    'written off was not paid; what is voided or credited in full is left out.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: CLIENT_GROUPS,
    compare: true,
    charts: true,
    sort: COLUMNS.map(({ column }) => column.key),
    filters: ['owner', 'where'],
  },
  refuses: { '--measure': 'days are those of invoices' },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: TOTALS,
  examples: [
    'payers',
    'payers --period 2026-Q3 --compare previous',
    'payers --by owner --sort open',
    'payers --where region=North --json',
  ],
  empty: 'No invoice was issued in this period; see --period all.',
  frame,
})
