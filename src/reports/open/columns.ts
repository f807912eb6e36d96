import type { ReportColumn } from '../family/declare.ts'

export const OPEN_COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'stage', label: 'Stage', type: 'text' }, formula: 'a stage' },
  {
    column: { key: 'deals', label: 'Deals', type: 'count' },
    banded: true,
    compared: true,
    formula: 'open deals in the stage now',
  },
  {
    column: { key: 'clients', label: 'Clients', type: 'count' },
    banded: ['clients'],
    compared: true,
    formula: 'distinct clients of these deals',
  },
  {
    column: { key: 'amount', label: 'Amount', type: 'money' },
    banded: ['deals', 'amount'],
    compared: true,
    formula: 'sum of their amounts',
  },
  {
    column: { key: 'profit', label: 'Profit', type: 'money' },
    banded: ['profit'],
    compared: true,
    formula: 'sum of amount − cost',
  },
  {
    column: { key: 'probability', label: 'Chance', type: 'share' },
    formula: 'mean chance to win of these deals: the one set by hand, else the one learnt',
  },
  {
    column: { key: 'set_by_hand', label: 'By hand', type: 'count', hidden: true },
    formula: 'deals whose chance was set by hand',
  },
  {
    column: { key: 'probability_learnt', label: 'Learnt', type: 'share', hidden: true },
    formula: 'mean of the chances that are learnt, also of deals whose chance was set by hand',
  },
  {
    column: { key: 'weighted', label: 'Weighted', type: 'money', rough: true },
    formula: 'sum of amount × chance to win; where all have one chance {amount} × {probability}',
    numbers: '{amount} × {probability}',
  },
  {
    column: {
      key: 'weighted_learnt',
      label: 'By learnt',
      type: 'money',
      rough: true,
      hidden: true,
    },
    formula: 'sum of amount × the chance that is learnt',
  },
  {
    column: { key: 'median_days', label: 'Median days', type: 'days' },
    formula: 'median of the days that these deals have been in the stage so far',
  },
  {
    column: { key: 'overdue', label: 'Overdue', type: 'count' },
    banded: true,
    formula: 'deals longer in the stage than its limit: stuck',
  },
]

export const OPEN_TOTALS: readonly ReportColumn[] = OPEN_COLUMNS.filter(
  ({ column: { key } }) => !['stage', 'probability', 'probability_learnt'].includes(key),
)

/** The deals themselves. */
export const DEAL_COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'deal', label: 'No.', type: 'count' }, formula: 'its number' },
  { column: { key: 'title', label: 'Deal', type: 'text' }, formula: 'its title' },
  { column: { key: 'client', label: 'Client', type: 'text' }, formula: 'whose deal it is' },
  { column: { key: 'stage', label: 'Stage', type: 'text' }, formula: 'the stage it is in' },
  {
    column: { key: 'days', label: 'Days', type: 'days' },
    formula: '{as_of} − {since}',
    parts: [{ key: 'as_of', label: 'the day of the report', type: 'day' }],
  },
  {
    column: { key: 'limit', label: 'Limit', type: 'days' },
    formula: 'days that its process allows in this stage',
  },
  { column: { key: 'stuck', label: 'Stuck', type: 'flag' }, formula: '{days} over {limit}' },
  { column: { key: 'amount', label: 'Amount', type: 'money' }, formula: 'what it is for' },
  {
    column: { key: 'probability', label: 'Chance', type: 'share' },
    formula: 'the one set by hand, else the chance to win of a deal in its stage for so many days',
  },
  {
    column: { key: 'chance_by', label: 'Chance by', type: 'text', hidden: true },
    formula: 'what the chance comes from: set (by hand), age, stage, template or own',
  },
  {
    column: { key: 'probability_learnt', label: 'Learnt', type: 'share', hidden: true },
    formula: 'the chance that is learnt',
  },
  {
    column: { key: 'weighted', label: 'Weighted', type: 'money', rough: true },
    formula: '{amount} × {probability}',
  },
  {
    column: { key: 'owner', label: 'Owner', type: 'text' },
    formula: 'the salesperson of the deal',
  },
  {
    column: { key: 'since', label: 'Since', type: 'day', hidden: true },
    formula: 'the day it entered its stage',
  },
  {
    column: { key: 'expected_close', label: 'Expected', type: 'day', hidden: true },
    formula: 'the day it should be closed by',
  },
]
