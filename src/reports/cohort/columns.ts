import type { Column } from '../../domain/table.ts'
import type { Measure, ReportColumn } from '../family/declare.ts'

/** The columns of one measure: of deals `reached`, of amounts `amount_reached`. */
function measured(measure: Exclude<Measure, 'clients'>): ReportColumn[] {
  const of = (key: string): string => (measure === 'deals' ? key : `${measure}_${key}`)
  const noun = measure === 'deals' ? 'deals' : `${measure} of deals`
  const [type, unit] =
    measure === 'deals' ? (['count', ''] as const) : (['money', measure] as const)
  const name = (label: string): string =>
    unit === '' ? label : `${unit.charAt(0).toUpperCase()}${unit.slice(1)} ${label.toLowerCase()}`
  const common = measure === 'profit' ? { measures: [measure] } : { shownFor: [measure] }
  return [
    {
      column: { key: of('reached'), label: name('Reached'), type },
      ...common,
      banded: [measure],
      compared: true,
      formula: `${noun} opened in the period that were won or got to this stage or a later one`,
    },
    {
      column: { key: of('passed'), label: name('Passed'), type },
      ...common,
      compared: true,
      formula: `${noun} that got to the next stage, or were won at the last`,
    },
    {
      column: { key: of('lost'), label: name('Lost'), type },
      ...common,
      banded: [measure],
      compared: true,
      formula: `${noun} lost here`,
    },
    {
      column: { key: of('open'), label: name('Open'), type },
      ...common,
      banded: [measure],
      compared: true,
      formula: `{${of('reached')}} − {${of('passed')}} − {${of('lost')}}`,
    },
    {
      column: { key: of('at_least'), label: 'At least', type: 'share' },
      ...common,
      banded: [measure],
      compared: true,
      ...(measure === 'deals' ? { of: ['passed', 'reached'] as const, open: 'open' } : {}),
      formula: `{${of('passed')}} / {${of('reached')}}`,
    },
    {
      column: { key: of('at_most'), label: 'At most', type: 'share' },
      ...common,
      banded: [measure],
      compared: true,
      formula: `({${of('passed')}} + {${of('open')}}) / {${of('reached')}}`,
    },
  ]
}

export const COHORT_COLUMNS: readonly ReportColumn[] = [
  { column: { key: 'stage', label: 'Stage', type: 'text' }, formula: 'a stage' },
  ...measured('deals'),
  ...measured('amount'),
  ...measured('profit'),
]

export const COHORT_TOTALS: readonly ReportColumn[] = [
  {
    column: { key: 'deals', label: 'Opened', type: 'count' },
    compared: true,
    formula: 'deals opened',
  },
  {
    column: { key: 'won', label: 'Won', type: 'count' },
    compared: true,
    formula: 'those won so far',
  },
  {
    column: { key: 'lost', label: 'Lost', type: 'count' },
    compared: true,
    formula: 'those lost so far',
  },
  {
    column: { key: 'open', label: 'Open', type: 'count' },
    compared: true,
    formula: 'those still open',
  },
  {
    column: { key: 'at_least', label: 'Won at least', type: 'share' },
    of: ['won', 'deals'],
    open: 'open',
    compared: true,
    formula: '{won} / {deals}',
  },
  {
    column: { key: 'at_most', label: 'Won at most', type: 'share' },
    compared: true,
    formula: '({won} + {open}) / {deals}',
  },
  {
    column: { key: 'amount', label: 'Amount', type: 'money' },
    compared: true,
    formula: 'amount of the deals opened',
  },
  {
    column: { key: 'amount_won', label: 'Amount won', type: 'money' },
    compared: true,
    formula: 'amount of those won',
  },
]

export const MONTH_COLUMNS: readonly Column[] = [
  { key: 'month', label: 'Opened in', type: 'text' },
  ...COHORT_TOTALS.map(({ column: { key, label, type } }) => ({
    key,
    label: key === 'deals' ? 'Deals' : label,
    type,
  })),
]
