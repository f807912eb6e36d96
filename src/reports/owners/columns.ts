import type { ReportColumn } from '../family/declare.ts'

const FIGURES: ReportColumn[] = [
  {
    key: 'opened',
    label: 'Opened',
    type: 'count',
    compared: true,
    formula: 'deals opened in the period',
  },
  { key: 'won', label: 'Won', type: 'count', compared: true, formula: 'deals won in the period' },
  { key: 'lost', label: 'Lost', type: 'count', formula: 'deals lost in the period' },
  { key: 'closed', label: 'Closed', type: 'count', hidden: true, formula: '{won} + {lost}' },
  {
    key: 'win_rate',
    label: 'Win rate',
    type: 'share',
    of: ['won', 'closed'],
    compared: true,
    formula: '{won} / ({won} + {lost})',
  },
  {
    key: 'interval',
    label: '95%',
    type: 'text',
    spoken: true,
    formula: 'where the win rate lies in 19 of 20 such cases (Wilson)',
  },
  {
    key: 'win_low',
    label: 'Lower',
    type: 'share',
    hidden: true,
    formula: 'the lower end of the Wilson 95 % interval of {win_rate}',
  },
  { key: 'win_high', label: 'Upper', type: 'share', hidden: true, formula: 'its upper end' },
]

const AGAINST: ReportColumn[] = [
  {
    key: 'said',
    label: 'Against rest',
    type: 'text',
    spoken: true,
    formula:
      'Fisher’s exact test of the win rate against that of all others, its p adjusted for all owners ' +
      '(Benjamini–Hochberg); too few under 10 closed deals',
  },
  {
    key: 'against',
    label: 'Against',
    type: 'text',
    hidden: true,
    formula: 'above or below where {p_adjusted} is at most 0.10',
  },
  { key: 'p', label: 'p', type: 'number', hidden: true, formula: 'Fisher’s exact test, two-sided' },
  {
    key: 'p_adjusted',
    label: 'p adjusted',
    type: 'number',
    hidden: true,
    formula: 'the same, adjusted for all owners (Benjamini–Hochberg)',
  },
]

const WORK: ReportColumn[] = [
  {
    key: 'profit',
    label: 'Profit',
    type: 'money',
    rough: true,
    compared: true,
    formula: 'profit of the deals won',
  },
  {
    key: 'days_to_win',
    label: 'Days to win',
    type: 'days',
    formula:
      'Kaplan–Meier median of the days from opening to winning: open deals count as not yet ended, ' +
      'lost ones as ended otherwise',
  },
  {
    key: 'overdue_tasks',
    label: 'Overdue',
    type: 'count',
    formula: 'open tasks past their day at the end of the day of the report',
  },
  {
    key: 'mean_deal',
    label: 'Mean deal',
    type: 'money',
    rough: true,
    formula: 'amount of the deals won / their number, those without an amount left out',
  },
  {
    key: 'interactions_per_win',
    label: 'Contacts a win',
    type: 'number',
    formula:
      'calls, e-mails, meetings and messages with the client between opening and winning, about the ' +
      'deal or about none / deals won',
  },
]

/** The columns of the report on owners. */
export const OWNER_COLUMNS: readonly ReportColumn[] = [
  { key: 'owner', label: 'Owner', type: 'text', formula: 'the salesperson of the deals' },
  ...FIGURES,
  ...AGAINST,
  ...WORK,
]

/** Its totals. */
export const OWNER_TOTALS: readonly ReportColumn[] = [...FIGURES, ...WORK].filter(
  ({ spoken }) => !spoken,
)
