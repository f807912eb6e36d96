import { TAX_CATEGORIES } from '../../domain/firm/tax-category.ts'
import { percentText } from '../../domain/lines/scaled.ts'
import { formatMoney } from '../../domain/money.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups } from '../family/group.ts'
import { unratedMoneyNote } from '../receivables/worth.ts'
import { countDocuments, type LeftOut, leftOut } from './apart.ts'
import { BASES, type Basis, type TaxAsk } from './ask.ts'
import type { TaxCell } from './cells.ts'
import { TAX_GROUPS, type TaxBy } from './group.ts'
import { loadTax } from './load.ts'

const FIGURES: readonly ReportColumn[] = [
  {
    column: { key: 'net', label: 'Net', type: 'money' },
    banded: true,
    compared: true,
    formula: 'net of what was invoiced (or paid) in the period, less what was taken back',
  },
  {
    column: { key: 'tax', label: 'Tax', type: 'money', lasting: true },
    banded: true,
    compared: true,
    formula: 'tax of the same, as it stands in the invoices',
  },
  {
    column: { key: 'gross', label: 'Gross', type: 'money' },
    formula: '{net} + {tax}',
  },
]

const COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'name', label: 'Rate', type: 'text' },
    formula: 'a tax rate; of 0%, by why none is charged',
  },
  {
    column: { key: 'category', label: 'Category', type: 'text', hidden: true },
    formula: 'the category code of EN 16931',
  },
  {
    column: { key: 'rate', label: 'Rate %', type: 'number', hidden: true },
    formula: 'the rate in percent',
  },
  ...FIGURES,
  {
    column: { key: 'reason', label: 'Why', type: 'text', optional: true },
    formula: 'why no tax is charged, as the invoices say',
  },
]

function sum(cells: readonly TaxCell[]): Row {
  const net = cells.reduce((all, cell) => all + cell.net, 0)
  const tax = cells.reduce((all, cell) => all + cell.tax, 0)
  return { net, tax, gross: net + tax }
}

/** A row for each rate, the highest first; of those at 0%, one for each category. */
function rowsOf(cells: readonly TaxCell[]): Row[] {
  const own = new Map<string, TaxCell[]>()
  for (const cell of cells) {
    const key = `${cell.category} ${cell.rate}`
    own.set(key, [...(own.get(key) ?? []), cell])
  }
  return [...own.values()]
    .flatMap((of) => (of[0] ? [{ of, category: of[0].category, rate: of[0].rate }] : []))
    .toSorted((a, b) => b.rate - a.rate || (a.category < b.category ? -1 : 1))
    .map(({ of, category, rate }): Row => {
      const text = percentText(rate)
      const reasons = new Set(of.flatMap(({ reason }) => (reason === null ? [] : [reason])))
      return {
        name: category === 'S' ? text : `${text}, ${TAX_CATEGORIES[category]}`,
        category,
        rate: Number(text.slice(0, -1)),
        ...sum(of),
        reason: reasons.size === 0 ? null : [...reasons].join('; '),
      }
    })
}

const BASIS_WORDS: Record<Basis, readonly [one: string, several: string]> = {
  invoice: ['invoice or credit note, as invoiced', 'invoices and credit notes, as invoiced'],
  payment: ['payment, as paid', 'payments, as paid'],
}

function leftOutNotes({ scope }: TaxAsk, { unknown, writtenOff, notAllocated }: LeftOut): string[] {
  const money = (minor: number): string =>
    `${formatMoney(minor, scope.settings.currency, true)} ${scope.settings.currency.code}`
  return [
    ...(unknown.count > 0
      ? [
          `Left out: ${money(unknown.amount)} gross of ${counted(unknown.count, 'invoice')} from another program: the book does not know the rates of tax in ${unknown.count === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(writtenOff.count > 0
      ? [
          `Not taken off: ${money(writtenOff.amount)} gross that was written off. When its tax may be reclaimed is for your tax law to say.`,
        ]
      : []),
    ...(notAllocated.count > 0
      ? [
          `Left out: ${money(notAllocated.amount)} of ${counted(notAllocated.count, 'payment')} that settle${notAllocated.count === 1 ? 's' : ''} no invoice yet: funnel payment list --unallocated`,
        ]
      : []),
  ]
}

function chartOf(rows: readonly Row[]): Chart[] {
  const bars = rows.map((row) => ({
    label: String(row.name),
    value: Math.max(0, Number(row.net)),
    notes: [],
  }))
  if (bars.every(({ value }) => value === 0)) return []
  return [{ kind: 'funnel', title: 'Net by rate', unit: 'money', aligned: 'left', bars }]
}

async function frame({ db, scope, period, by, own, charts }: Ask): Promise<Frame> {
  const basis = (own.basis ?? 'invoice') as Basis
  const asked: TaxAsk = { scope, period, basis, by: null }
  const { cells, unrated } = await loadTax(db, asked)
  const totals = sum(cells)
  const groups: Pick<Frame, 'groups'> = {}
  if (by !== null) {
    const split = await loadTax(db, { ...asked, by: by as TaxBy })
    // Every rate has a row in every group.
    const none = cells.map((cell): TaxCell => ({ ...cell, net: 0, tax: 0, reason: null }))
    groups.groups = frameGroups(await cellGroups(db, by, split.cells), (of) => ({
      rows: rowsOf([...of, ...none]),
      totals: sum(of),
    }))
  }
  const rows = rowsOf(cells)
  return {
    rows,
    totals,
    blank: sum([]),
    footer: { name: 'All', ...totals },
    ...groups,
    counted: counted(await countDocuments(db, asked), ...BASIS_WORDS[basis]),
    notes: [
      ...leftOutNotes(asked, await leftOut(db, asked)),
      ...unratedMoneyNote(unrated.size, 'document', 'documents'),
    ],
    charts: charts ? chartOf(rows) : [],
  }
}

/** What tax is owed. */
export const tax = defineReport({
  name: 'tax',
  title: 'Tax',
  description:
    'Net and tax of the period by rate, as it stands in the invoices. By invoice (the usual) an invoice counts on its ' +
    'day; credit notes, voided invoices and discounts take back on theirs. With --basis payment each payment brings its ' +
    'share of net and tax of what it settles, on its day. Taxes that you pay to others are not in the book.',
  span: { kind: 'period', usual: 'this-quarter' },
  takes: {
    by: TAX_GROUPS,
    compare: true,
    charts: true,
    filters: ['owner', 'where'],
  },
  refuses: {
    '--sort': 'rates are in order, the highest first',
    '--measure': 'tax is an amount',
  },
  own: {
    basis: { flags: '--basis <basis>', help: 'when tax counts (default: invoice)', choices: BASES },
  },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: FIGURES,
  examples: [
    'tax --period last-quarter',
    'tax --period last-quarter --basis payment',
    'tax --period this-year --by month',
    'tax --period 2026-Q3 --by client --json',
  ],
  empty: 'No tax counts in this period; see --period all.',
  frame,
})
