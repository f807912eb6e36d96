import { bookLocale } from '../../book/locale.ts'
import { BUCKETS } from '../../domain/invoices/ageing.ts'
import { nameOrder } from '../../domain/name-order.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { type Ask, defineReport, type Frame, type ReportColumn } from '../family/declare.ts'
import { cellGroups, frameGroups, type GroupValue } from '../family/group.ts'
import { CLIENT_GROUPS, clientNames, groupValues } from './clients.ts'
import { type Debt, loadDebts, sumOf } from './load.ts'
import { unratedMoneyNote } from './worth.ts'

const LABELS = {
  not_due: ['Not due', 'open of what is due today or later'],
  d1_30: ['1–30 days', 'open of what is 1 to 30 days late'],
  d31_60: ['31–60', 'open of what is 31 to 60 days late'],
  d61_90: ['61–90', 'open of what is 61 to 90 days late'],
  d90_plus: ['Over 90', 'open of what is over 90 days late'],
} as const

const FIGURES: readonly ReportColumn[] = [
  ...BUCKETS.map((key): ReportColumn => {
    const [label, formula] = LABELS[key]
    // What is latest is looked for first.
    const lasting = key === 'd90_plus'
    return { column: { key, label, type: 'money', lasting }, banded: true, formula }
  }),
  {
    column: { key: 'unallocated', label: 'Unallocated', type: 'money' },
    formula: 'payments and credit notes that settle nothing yet, as a negative amount',
  },
  {
    column: { key: 'balance', label: 'Balance', type: 'money', lasting: true },
    banded: true,
    compared: true,
    formula: '{not_due} + {d1_30} + {d31_60} + {d61_90} + {d90_plus} + {unallocated}',
  },
]

const COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'client', label: 'Client', type: 'text' }, formula: 'who owes it' },
  {
    column: { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
    formula: 'the number of the client',
  },
  ...FIGURES,
]

interface Cell {
  id: number
  name: string
  debt: Debt
}

/** The figures of some clients together. Buckets and what is unallocated add up to the balance. */
function figures(debts: readonly Debt[]): Row {
  const sum = sumOf(debts)
  const owed = BUCKETS.reduce((all, bucket) => all + sum[bucket], 0)
  const { unallocated } = sum
  // Not minus zero.
  return { ...sum, unallocated: -unallocated || 0, balance: owed - unallocated }
}

/** Those that owe most come first. */
function rowsOf(cells: readonly Cell[], order: (a: string, b: string) => number): Row[] {
  return cells
    .map(({ id, name, debt }): Row => ({ client: name, client_id: id, ...figures([debt]) }))
    .toSorted(
      (a, b) => Number(b.balance) - Number(a.balance) || order(String(a.client), String(b.client)),
    )
}

/** What is owed, by how late it is. */
function chartOf(totals: Row): Chart {
  return {
    kind: 'funnel',
    title: 'Open, by how late it is',
    unit: 'money',
    aligned: 'left',
    bars: BUCKETS.map((bucket) => ({
      label: LABELS[bucket][0],
      value: Number(totals[bucket]),
      notes: [],
    })),
  }
}

async function frame({ db, scope, by, charts }: Ask): Promise<Frame> {
  const { debts, unrated } = await loadDebts(db, scope)
  const names = await clientNames(db, [...debts.keys()])
  const cells = [...debts].map(([id, debt]): Cell => ({ id, debt, name: names.get(id) ?? '' }))
  const order = nameOrder((await bookLocale(db))?.tag ?? null)
  const totals = figures(cells.map(({ debt }) => debt))
  const groups: Pick<Frame, 'groups'> = {}
  if (by !== null) {
    const groupsOf = await groupValues(db, by as Parameters<typeof groupValues>[1])
    const inGroups = cells.flatMap((cell) =>
      groupsOf(cell.id).map((groupValue: GroupValue) => ({ ...cell, groupValue })),
    )
    groups.groups = frameGroups(await cellGroups(db, by, inGroups), (own) => ({
      rows: rowsOf(own, order),
      totals: figures(own.map(({ debt }) => debt)),
    }))
  }
  return {
    rows: rowsOf(cells, order),
    totals,
    footer: { client: 'Total', ...totals },
    ...groups,
    counted: `${counted(cells.length, 'client')} with something open`,
    notes: unratedMoneyNote(unrated, 'invoice or payment', 'invoices and payments'),
    charts: charts && cells.length > 0 ? [chartOf(totals)] : [],
  }
}

/** Who owes what. */
export const receivables = defineReport({
  name: 'receivables',
  title: 'Receivables',
  description:
    'What clients owe at the end of the day, by how late it is: what was issued and not voided by then, less what ' +
    'was paid and credited by then. Due today is not late. Instalments are late by their own days, and payments ' +
    'settle the one due first. An owner’s receivables are those of the clients that are the owner’s.',
  span: { kind: 'day' },
  takes: {
    by: CLIENT_GROUPS,
    compare: true,
    charts: true,
    sort: COLUMNS.map(({ column }) => column.key),
    filters: ['owner', 'where'],
  },
  refuses: { '--measure': 'what is owed is an amount' },
  section: { key: 'rows' },
  columns: COLUMNS,
  totals: FIGURES,
  examples: [
    'receivables',
    'receivables --as-of 2026-11-01 --by owner',
    'receivables --sort d90_plus --json',
  ],
  empty: 'Nobody owes anything.',
  frame,
})
