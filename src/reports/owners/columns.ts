import { wilsonFormula } from '../chance.ts'
import type { ReportColumn } from '../family/declare.ts'

const FIGURES: ReportColumn[] = [
  {
    column: { key: 'opened', label: 'Opened', type: 'count' },
    compared: true,
    formula: 'deals opened in the period',
  },
  {
    column: { key: 'won', label: 'Won', type: 'count' },
    compared: true,
    formula: 'deals won in the period',
  },
  {
    column: { key: 'lost', label: 'Lost', type: 'count' },
    compared: true,
    formula: 'deals lost in the period',
  },
  {
    column: { key: 'closed', label: 'Closed', type: 'count', hidden: true },
    formula: '{won} + {lost}',
  },
  {
    column: { key: 'win_rate', label: 'Win rate', type: 'share' },
    of: ['won', 'closed'],
    compared: true,
    formula: '{won} / ({won} + {lost})',
  },
  {
    column: { key: 'interval', label: '95%', type: 'text', spoken: true },
    ...wilsonFormula('±', 'won', '{closed}'),
  },
  {
    column: { key: 'win_low', label: 'Lower', type: 'share', hidden: true },
    ...wilsonFormula('−', 'won', '{closed}'),
  },
  {
    column: { key: 'win_high', label: 'Upper', type: 'share', hidden: true },
    ...wilsonFormula('+', 'won', '{closed}'),
  },
]

const AGAINST: ReportColumn[] = [
  {
    column: { key: 'said', label: 'Against rest', type: 'text', spoken: true },
    formula:
      'Fisher’s exact test of {won} and {lost} against {rest_won} and {rest_lost}, p adjusted for all ' +
      'owners (Benjamini–Hochberg); too few under 10 closed deals',
    numbers: '{won} and {lost} against {rest_won} and {rest_lost}',
    parts: [
      { key: 'rest_won', label: 'won by all others', type: 'count' },
      { key: 'rest_lost', label: 'lost by them', type: 'count' },
    ],
  },
  {
    column: { key: 'against', label: 'Against', type: 'text', hidden: true },
    formula: 'above or below where {p_adjusted} is at most 0.10',
  },
  {
    column: { key: 'p', label: 'p', type: 'number', hidden: true },
    formula: 'Fisher’s exact test, two-sided',
  },
  {
    column: { key: 'p_adjusted', label: 'p adjusted', type: 'number', hidden: true },
    formula: 'the same, adjusted for all owners (Benjamini–Hochberg)',
  },
]

const WORK: ReportColumn[] = [
  {
    column: { key: 'profit', label: 'Profit', type: 'money', rough: true },
    compared: true,
    formula: 'profit of the deals won',
  },
  {
    column: { key: 'days_to_win', label: 'Days to win', type: 'days' },
    formula:
      'the first day since opening by which half of the wins have come (Kaplan–Meier): open deals ' +
      'count as not yet ended, lost ones as ended otherwise',
    numbers: '{came} won of {courses} under way',
    parts: [
      { key: 'came', label: 'deals won', type: 'count' },
      { key: 'courses', label: 'deals under way', type: 'count' },
    ],
  },
  {
    column: { key: 'overdue_tasks', label: 'Overdue', type: 'count' },
    formula: 'open tasks past their day at the end of the day of the report',
  },
  {
    column: { key: 'mean_deal', label: 'Mean deal', type: 'money', rough: true },
    formula: '{amount} / {valued}',
    parts: [
      { key: 'amount', label: 'amount of the deals won', type: 'money' },
      { key: 'valued', label: 'those of them with an amount', type: 'count' },
    ],
  },
  {
    column: { key: 'interactions_per_win', label: 'Contacts per win', type: 'number' },
    formula:
      '{touches} / {touched}: calls, e-mails, meetings and messages with the client between opening ' +
      'and winning, about the deal or about none',
    numbers: '{touches} / {touched}',
    parts: [
      { key: 'touches', label: 'contacts', type: 'count' },
      { key: 'touched', label: 'deals won whose days are known', type: 'count' },
    ],
  },
]

/** The columns of the report on owners. */
export const OWNER_COLUMNS: readonly ReportColumn[] = [
  {
    column: { key: 'owner', label: 'Owner', type: 'text' },
    formula: 'the salesperson of the deals',
  },
  ...FIGURES,
  ...AGAINST,
  ...WORK,
]

/** Its totals. */
export const OWNER_TOTALS: readonly ReportColumn[] = [...FIGURES, ...WORK].filter(
  ({ column }) => !column.spoken,
)
