import { wilsonFormula } from '../chance.ts'
import type { ReportColumn } from './declare.ts'

/** Deals lost, and the share that was won with its 95 % interval: of rows that have `won` and `closed`. */
export const WIN_RATE: readonly ReportColumn[] = [
  {
    column: { key: 'lost', label: 'Lost', type: 'count' },
    compared: true,
    formula: 'those that were lost in it',
  },
  {
    column: { key: 'win_rate', label: 'Win rate', type: 'share' },
    of: ['won', 'closed'],
    banded: true,
    compared: true,
    formula: '{won} / ({won} + {lost})',
  },
  {
    column: { key: 'win_low', label: 'Rate from', type: 'share' },
    ...wilsonFormula('−', 'won', '({won} + {lost})'),
  },
  {
    column: { key: 'win_high', label: 'Rate to', type: 'share' },
    ...wilsonFormula('+', 'won', '({won} + {lost})'),
  },
]
