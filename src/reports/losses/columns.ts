import type { Cell, Column, Section } from '../../domain/table.ts'
import type { ReportColumn } from '../family/declare.ts'

/** What people read if no reason was given. */
export const NO_REASON = 'No reason given'

export const LOSS_COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'reason', label: 'Reason', type: 'text', none: NO_REASON },
    formula: 'the reason given for the loss',
  },
  {
    column: { key: 'deals', label: 'Deals', type: 'count' },
    banded: ['deals'],
    compared: true,
    formula: 'deals lost in the period for this reason',
  },
  {
    column: { key: 'share', label: 'Share', type: 'share' },
    of: ['deals', 'all'],
    banded: ['deals'],
    compared: true,
    shownFor: ['deals'],
    formula: '{deals} / {all}',
    parts: [{ key: 'all', label: 'all deals lost', type: 'count' }],
  },
  {
    column: { key: 'amount', label: 'Amount', type: 'money' },
    banded: ['amount'],
    compared: true,
    formula: 'what these deals were for',
  },
  {
    column: { key: 'amount_share', label: 'Amount share', type: 'share' },
    banded: ['amount'],
    compared: true,
    shownFor: ['amount'],
    formula: '{amount} / {all_amount}',
    parts: [{ key: 'all_amount', label: 'amount of all deals lost', type: 'money' }],
  },
  {
    column: { key: 'profit', label: 'Profit', type: 'money' },
    banded: ['profit'],
    measures: ['profit'],
    compared: true,
    formula: 'profit that these deals would have brought',
  },
  {
    column: { key: 'profit_share', label: 'Profit share', type: 'share' },
    banded: ['profit'],
    measures: ['profit'],
    compared: true,
    formula: '{profit} / {all_profit}',
    parts: [{ key: 'all_profit', label: 'profit of all deals lost', type: 'money' }],
  },
  { column: { key: 'trend', label: 'Trend', type: 'trend' }, formula: 'deals lost over time' },
]

export const LOSS_TOTALS: readonly ReportColumn[] = [
  { column: { key: 'deals', label: 'Lost', type: 'count' }, compared: true, formula: 'deals lost' },
  {
    column: { key: 'amount', label: 'Amount', type: 'money' },
    compared: true,
    formula: 'their amount',
  },
  {
    column: { key: 'profit', label: 'Profit', type: 'money' },
    compared: true,
    formula: 'their profit',
  },
]

export const BY_STAGE_COLUMNS: readonly Column[] = [
  { key: 'stage', label: 'Stage', type: 'text' },
  { key: 'reason', label: 'Reason', type: 'text', none: NO_REASON },
  { key: 'deals', label: 'Deals', type: 'count' },
  { key: 'amount', label: 'Amount', type: 'money' },
  { key: 'expected', label: 'Expected', type: 'number' },
  { key: 'residual', label: 'Residual', type: 'number', digits: 2 },
  { key: 'p_adjusted', label: 'p, adjusted', type: 'number', digits: 3 },
  { key: 'over', label: 'Over-represented', type: 'flag' },
]

/** What is lost for one reason at one stage, as the list shows it. */
interface LossRow {
  stage: string
  reason: string | null
  deals: number
  amount: number
  /** More than by chance; null if there is too little to tell. */
  over: boolean | null
}

/** The list of stages and reasons as people see it: a line for each stage, reasons side by side. */
export function stageTable(rows: readonly LossRow[], reasons: readonly (string | null)[]): Section {
  const stages = [...new Set(rows.map(({ stage }) => stage))]
  const columns = reasons.flatMap((reason, at): Column[] => [
    { key: `${at}-deals`, label: 'Deals', type: 'count', band: reason ?? NO_REASON },
    { key: `${at}-amount`, label: 'Amount', type: 'money', band: reason ?? NO_REASON },
  ])
  return {
    key: 'stages',
    title: 'Where they were lost',
    spoken: true,
    columns: [{ key: 'stage', label: 'Stage', type: 'text' }, ...columns],
    rows: stages.map((stage) => {
      const cells = reasons.flatMap((reason, at): [string, Cell][] => {
        const row = rows.find((one) => one.stage === stage && one.reason === reason)
        const deals = row ? `${row.deals}${row.over === true ? '*' : ''}` : '0'
        return [
          [`${at}-deals`, deals],
          [`${at}-amount`, row?.amount ?? 0],
        ]
      })
      return { stage, ...Object.fromEntries(cells) }
    }),
  }
}
