import type { Measure, ReportColumn } from '../family/declare.ts'

const STAGE: ReportColumn = {
  column: { key: 'stage', label: 'Stage', type: 'text' },
  formula: 'a stage',
}

/** The columns of deals, with amounts next to them, to be seen at one glance. */
const DEALS: ReportColumn[] = [
  {
    column: { key: 'reached', label: 'Reached', type: 'count' },
    banded: ['deals'],
    compared: true,
    formula: 'closed deals whose furthest stage is this or a later one; won deals reached all',
  },
  {
    column: { key: 'passed', label: 'Passed', type: 'count' },
    compared: true,
    shownFor: ['deals'],
    formula: 'those that reached the next stage, or were won at the last',
  },
  {
    column: { key: 'lost', label: 'Lost', type: 'count' },
    compared: true,
    shownFor: ['deals'],
    formula: '{reached} − {passed}',
  },
  {
    column: { key: 'step', label: 'Step', type: 'share' },
    of: ['passed', 'reached'],
    banded: true,
    compared: true,
    shownFor: ['deals'],
    formula: '{passed} / {reached}',
  },
  {
    column: { key: 'overall', label: 'Overall', type: 'share' },
    of: ['reached', 'first'],
    compared: true,
    shownFor: ['deals'],
    formula: '{reached} / {first}',
    parts: [{ key: 'first', label: 'Reached at the first stage', type: 'count' }],
  },
]

/** The columns of a measure other than deals: `amount_reached`, `amount_step` … */
function measured(
  measure: Exclude<Measure, 'deals'>,
  name: string,
  prefix: string,
): ReportColumn[] {
  const type = measure === 'clients' ? 'count' : 'money'
  const of = (what: string): string => `${prefix}_${what}`
  const only = measure === 'amount' ? {} : { measures: [measure] }
  const shown = { shownFor: [measure] }
  // What was at stake and what was lost of it say more than any share.
  const kept = measure === 'amount' ? { lasting: true } : {}
  // Amounts are part of the picture of deals too; their shares are not.
  const seen = measure === 'amount' ? { shownFor: ['deals', 'amount'] as const } : shown
  return [
    {
      column: { key: of('reached'), label: `${name} reached`, type, ...kept },
      ...only,
      ...seen,
      ...(measure === 'amount' ? {} : { banded: true }),
      compared: true,
      formula:
        measure === 'clients'
          ? 'clients with a closed deal that reached the stage'
          : `${measure} of the deals that reached the stage`,
    },
    {
      column: { key: of('passed'), label: `${name} passed`, type },
      compared: true,
      ...only,
      ...seen,
      formula:
        measure === 'clients'
          ? 'clients with a closed deal that passed the stage'
          : `${measure} of the deals that passed it`,
    },
    {
      column: { key: of('lost'), label: `${name} lost`, type, ...kept },
      compared: true,
      ...only,
      ...seen,
      formula: `{${of('reached')}} − {${of('passed')}}`,
    },
    {
      column: {
        key: of('step'),
        label: measure === 'clients' ? 'Step' : `${name} step`,
        type: 'share',
      },
      ...only,
      ...shown,
      banded: true,
      compared: true,
      ...(measure === 'clients' ? { of: [of('passed'), of('reached')] as const } : {}),
      formula: `{${of('passed')}} / {${of('reached')}}`,
    },
    {
      column: {
        key: of('overall'),
        label: measure === 'clients' ? 'Overall' : `${name} overall`,
        type: 'share',
      },
      ...only,
      ...shown,
      compared: true,
      ...(measure === 'clients' ? { of: [of('reached'), of('first')] as const } : {}),
      formula: `{${of('reached')}} / {${of('first')}}`,
      parts: [{ key: of('first'), label: `${name} reached at the first stage`, type }],
    },
  ]
}

export const CLOSED_COLUMNS: readonly ReportColumn[] = [
  STAGE,
  ...DEALS,
  ...measured('clients', 'Clients', 'clients'),
  ...measured('amount', 'Amount', 'amount'),
  ...measured('profit', 'Profit', 'profit'),
]

export const CLOSED_TOTALS: readonly ReportColumn[] = [
  {
    column: { key: 'deals', label: 'Closed', type: 'count' },
    compared: true,
    formula: '{won} + {lost}',
  },
  { column: { key: 'won', label: 'Won', type: 'count' }, compared: true, formula: 'deals won' },
  { column: { key: 'lost', label: 'Lost', type: 'count' }, compared: true, formula: 'deals lost' },
  {
    column: { key: 'win_rate', label: 'Win rate', type: 'share' },
    of: ['won', 'deals'],
    compared: true,
    formula: '{won} / ({won} + {lost})',
  },
  {
    column: { key: 'amount_won', label: 'Amount won', type: 'money' },
    compared: true,
    formula: 'amount of the deals won',
  },
  {
    column: { key: 'amount_lost', label: 'Amount lost', type: 'money' },
    compared: true,
    formula: 'amount of the deals lost',
  },
  {
    column: { key: 'profit_won', label: 'Profit won', type: 'money' },
    compared: true,
    formula: 'profit of the deals won',
  },
]
