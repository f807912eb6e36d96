import type { ReportColumn } from '../family/declare.ts'

/** The columns of the report on velocity. */
export const VELOCITY_COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'stage', label: 'Stage', type: 'text' }, formula: 'a stage' },
  {
    column: { key: 'visits', label: 'Visits', type: 'count' },
    formula: 'stays of a deal in the stage, in the period or a part of it',
  },
  {
    column: { key: 'left', label: 'Left', type: 'count' },
    formula: 'those that ended in the period',
  },
  {
    column: { key: 'median_days', label: 'Median days', type: 'days' },
    banded: true,
    compared: true,
    formula:
      'the first day by which half have left (Kaplan–Meier): stays that go on count as not yet ended',
    numbers: '{left} left of {visits}',
  },
  {
    column: { key: 'p90_days', label: 'P90 days', type: 'days' },
    compared: true,
    formula:
      'the first day by which nine of ten have left (Kaplan–Meier): stays that go on count as not yet ended',
    numbers: '{left} left of {visits}',
  },
]

/** Its totals. */
export const VELOCITY_TOTALS: readonly ReportColumn[] = [
  { column: { key: 'won', label: 'Won', type: 'count' }, compared: true, formula: 'deals won' },
  { column: { key: 'lost', label: 'Lost', type: 'count' }, formula: 'deals lost' },
  {
    column: { key: 'won_per_month', label: 'Won a month', type: 'number' },
    compared: true,
    formula: '{won} / months of the period',
  },
  {
    column: { key: 'days_to_win', label: 'Days to win, median', type: 'days' },
    compared: true,
    formula:
      'Kaplan–Meier median of the days from opening to winning: open deals count as not yet ended, ' +
      'lost ones as ended otherwise',
  },
  {
    column: { key: 'p90_to_win', label: 'P90', type: 'days' },
    compared: true,
    formula: 'the same, by which nine of ten wins have come',
  },
  {
    column: { key: 'open', label: 'Open', type: 'count' },
    formula: 'deals open at the period’s end',
  },
  {
    column: { key: 'mean_deal', label: 'Mean deal', type: 'money', rough: true },
    formula: 'amount of the deals won / their number, those without an amount left out',
  },
  {
    column: { key: 'win_rate', label: 'Win rate', type: 'share' },
    formula: '{won} / ({won} + {lost})',
  },
  {
    column: { key: 'velocity', label: 'Sales velocity a day', type: 'money', rough: true },
    compared: true,
    formula: '{open} × {mean_deal} × {win_rate} / {days_to_win}',
  },
]
