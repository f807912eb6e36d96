import type { Column } from '../domain/table.ts'
import type { ReportColumn } from './family/declare.ts'

export const OPEN_COLUMNS: readonly ReportColumn[] = [
  { key: 'stage', label: 'Stage', type: 'text', formula: 'a stage' },
  {
    key: 'deals',
    label: 'Deals',
    type: 'count',
    banded: true,
    compared: true,
    formula: 'open deals in the stage now',
  },
  {
    key: 'clients',
    label: 'Clients',
    type: 'count',
    banded: ['clients'],
    compared: true,
    formula: 'distinct clients of these deals',
  },
  {
    key: 'amount',
    label: 'Amount',
    type: 'money',
    banded: ['deals', 'amount'],
    compared: true,
    formula: 'sum of their amounts',
  },
  {
    key: 'profit',
    label: 'Profit',
    type: 'money',
    banded: ['profit'],
    compared: true,
    formula: 'sum of amount − cost',
  },
  {
    key: 'probability',
    label: 'Chance',
    type: 'share',
    formula: 'mean chance to win of these deals',
  },
  {
    key: 'weighted',
    label: 'Weighted',
    type: 'money',
    rough: true,
    formula: 'sum of amount × chance to win',
  },
  {
    key: 'median_days',
    label: 'Median days',
    type: 'days',
    formula: 'median of the days that these deals have been in the stage so far',
  },
  {
    key: 'overdue',
    label: 'Overdue',
    type: 'count',
    banded: true,
    formula: 'deals longer in the stage than its limit: stuck',
  },
]

export const OPEN_TOTALS: readonly ReportColumn[] = OPEN_COLUMNS.filter(
  ({ key }) => key !== 'stage' && key !== 'probability',
)

/** The deals themselves. */
export const DEAL_COLUMNS: readonly Column[] = [
  { key: 'deal', label: 'No.', type: 'count' },
  { key: 'title', label: 'Deal', type: 'text' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'stage', label: 'Stage', type: 'text' },
  { key: 'days', label: 'Days', type: 'days' },
  { key: 'limit', label: 'Limit', type: 'days' },
  { key: 'stuck', label: 'Stuck', type: 'flag' },
  { key: 'amount', label: 'Amount', type: 'money' },
  { key: 'probability', label: 'Chance', type: 'share' },
  { key: 'weighted', label: 'Weighted', type: 'money', rough: true },
  { key: 'owner', label: 'Owner', type: 'text' },
  { key: 'since', label: 'Since', type: 'day', hidden: true },
  { key: 'expected_close', label: 'Expected', type: 'day', hidden: true },
]
