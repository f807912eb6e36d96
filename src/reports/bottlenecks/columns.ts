import type { ReportColumn } from '../family/declare.ts'

const BASE = 'the earlier period, or all other groups'

const STEP: ReportColumn[] = [
  {
    column: { key: 'where', label: 'Stage', type: 'text', spoken: true },
    formula: 'a stage, and whose deals',
  },
  { column: { key: 'stage', label: 'Stage', type: 'text', hidden: true }, formula: 'a stage' },
  {
    column: { key: 'next', label: 'Next', type: 'text', hidden: true },
    formula: 'the stage after it',
  },
  { column: { key: 'group', label: 'Group', type: 'text', hidden: true }, formula: 'whose deals' },
]

/** The columns of the report on bottlenecks. */
export const BOTTLENECK_COLUMNS: readonly ReportColumn[] = [
  ...STEP,
  {
    column: { key: 'cost', label: 'Costs', type: 'money', rough: true },
    formula: '{reached} × ({base_step} − {step}) × {beyond} × {mean_profit}',
  },
  { column: { key: 'step', label: 'Pass', type: 'share' }, formula: '{passed} / {reached}' },
  {
    column: { key: 'base_step', label: 'Base', type: 'share' },
    formula: '{base_passed} / {base_reached}',
  },
  {
    column: { key: 'said', label: 'Beyond chance', type: 'text', spoken: true },
    formula:
      'Fisher’s exact test of {passed} of {reached} against {base_passed} of {base_reached}, p adjusted ' +
      'for all cells (Benjamini–Hochberg)',
    numbers: '{passed} of {reached} against {base_passed} of {base_reached}',
  },
  {
    column: { key: 'difference', label: 'Change', type: 'points' },
    formula: '{step} − {base_step}',
  },
  {
    column: { key: 'reached', label: 'Reached', type: 'count' },
    formula: 'closed deals that reached the stage; won deals reached all',
  },
  {
    column: { key: 'passed', label: 'Passed', type: 'count', hidden: true },
    formula: 'those that reached the next stage, or were won at the last',
  },
  {
    column: { key: 'base_reached', label: 'Base reached', type: 'count' },
    formula: `the same of ${BASE}`,
  },
  {
    column: { key: 'base_passed', label: 'Base passed', type: 'count', hidden: true },
    formula: `the same of ${BASE}`,
  },
  {
    column: { key: 'low', label: 'Lower', type: 'points', hidden: true },
    formula: 'the lower end of the 95 % interval of {difference} (Newcombe)',
  },
  {
    column: { key: 'high', label: 'Upper', type: 'points', hidden: true },
    formula: 'the upper end of that interval',
  },
  {
    column: { key: 'beyond', label: 'Won beyond', type: 'share' },
    formula: '{beyond_won} / {beyond_passed}; of the base where none has passed',
    numbers: '{beyond_won} / {beyond_passed}',
    parts: [
      { key: 'beyond_won', label: 'won', type: 'count' },
      { key: 'beyond_passed', label: 'passed the stage', type: 'count' },
    ],
  },
  {
    column: { key: 'mean_profit', label: 'Mean profit', type: 'money', rough: true },
    formula: '{profit} / {valued}; of the base where none was won',
    numbers: '{profit} / {valued}',
    parts: [
      { key: 'profit', label: 'profit of the won deals', type: 'money' },
      { key: 'valued', label: 'those of them with an amount', type: 'count' },
    ],
  },
  {
    column: { key: 'p', label: 'p', type: 'number', hidden: true },
    formula: 'Fisher’s exact test, two-sided',
  },
  {
    column: { key: 'p_adjusted', label: 'p adjusted', type: 'number', hidden: true },
    formula: 'the same, adjusted for all cells (Benjamini–Hochberg)',
  },
  {
    column: { key: 'verdict', label: 'Verdict', type: 'text', hidden: true },
    formula: 'beyond chance where {p_adjusted} is at most 0.10; too few under 10 deals on a side',
  },
  {
    column: { key: 'sentence', label: 'In words', type: 'text', hidden: true },
    formula: 'the row as a sentence',
  },
]

/** Its totals. */
export const BOTTLENECK_TOTALS: readonly ReportColumn[] = [
  { column: { key: 'deals', label: 'Closed', type: 'count' }, formula: '{won} + {lost}' },
  { column: { key: 'won', label: 'Won', type: 'count' }, formula: 'deals won' },
  { column: { key: 'lost', label: 'Lost', type: 'count' }, formula: 'deals lost' },
  {
    column: { key: 'cells', label: 'Cells tested', type: 'count' },
    formula: 'rows with ten deals a side',
  },
  {
    column: { key: 'beyond_chance', label: 'Beyond chance', type: 'count' },
    formula: 'rows that differ beyond chance',
  },
]
