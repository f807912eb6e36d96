import type { Day } from '../domain/day.ts'
import type { Column, ColumnType, Report, Row, Section } from '../domain/table.ts'
import type { Forecast, Outlook } from './model/forecast.ts'
import type { Ledger } from './model/ledger.ts'
import { sum } from './model/deals-on-day.ts'

/** What an explained forecast is about. Values in what is forecast: minor units or deals. */
export interface ExplainedFigure {
  made: Forecast
  ledger: Ledger
  periods: readonly { from: Day; to: Day }[]
  /** Days to the last one that is forecast. */
  days: number
  type: 'money' | 'count'
  tidy: (value: number) => number
}

function column(key: string, label: string, type: ColumnType): Column {
  return { key, label, type, ...(type === 'money' ? { rough: true } : {}) }
}

/** Open deals by stage, then deals yet to come: how many, of what value, with what chance. */
function sources({ made, ledger, days, type, tidy }: ExplainedFigure): Section {
  const { chances, open, values, arrivals } = made.pipeline
  const places = [...new Set(open.place)].toSorted((a, b) => a - b)
  const rows = places.map((place): Row => {
    const here = [...open.place].flatMap((at, index) => (at === place ? [index] : []))
    const value = sum(here.map((index) => open.value[index] as number))
    const expected = sum(
      here.map(
        (index) =>
          (open.value[index] as number) * chances.aged(place, open.age[index] as number, days),
      ),
    )
    const name = ledger.places[place]?.name
    return {
      source: name ? `open in ${name}` : 'open, no stages',
      deals: here.length,
      value: tidy(value),
      chance: value === 0 ? null : expected / value,
      expected: tidy(expected),
    }
  })
  const fresh = sum(made.mixed.fresh)
  const mean = values.length === 0 ? 0 : sum(values) / values.length
  const opened = arrivals ? (arrivals.shape / arrivals.rate) * days : null
  const value = opened === null ? null : opened * mean
  const isLeftOut = fresh === 0 && arrivals !== null
  const coming: Row = {
    source: isLeftOut ? 'new deals, left out' : 'new deals',
    deals: opened === null ? null : Math.round(opened * 10) / 10,
    value: value === null ? null : tidy(value),
    chance: value === null || value === 0 ? null : fresh / value,
    expected: arrivals === null ? null : tidy(fresh),
  }
  const all = sum(made.mixed.open) + fresh
  return {
    key: 'sources',
    title: 'Where it comes from',
    columns: [
      column('source', 'Source', 'text'),
      column('deals', 'Deals', 'count'),
      column('value', type === 'money' ? 'Worth' : 'Deals if all are won', type),
      column('chance', 'Chance by the end', 'share'),
      column('expected', 'Expected', type),
    ],
    rows: [...rows, coming],
    footer: { source: 'The pipeline', expected: tidy(all) },
  }
}

/** What was mixed in each period. */
function mixing({ made, periods, type, tidy }: ExplainedFigure): Section {
  const rows = periods.map(({ to }, at): Row => {
    const pipeline = (made.mixed.open[at] as number) + (made.mixed.fresh[at] as number)
    const { weight, width } = made.lessons.periods[at] as Forecast['lessons']['total']
    return {
      to,
      from_pipeline: tidy(pipeline),
      past_wins: tidy(made.mixed.trailing[at] as number),
      pipeline_weight: weight,
      widening: width,
      mean: tidy((made.periods[at] as Outlook).mean),
    }
  })
  return {
    key: 'mixing',
    title: 'How it is mixed',
    columns: [
      column('to', 'To', 'day'),
      column('from_pipeline', 'Pipeline', type),
      column('past_wins', 'As in the last year', type),
      column('pipeline_weight', 'Weight of the pipeline', 'share'),
      { ...column('widening', 'Range widened', 'number'), digits: 2 },
      column('mean', 'Expected', type),
    ],
    rows,
  }
}

/** The figures of the first period, as put into the formulas of the table. */
function formulas(figure: ExplainedFigure): Report['explained'] {
  const { made, periods, type, tidy } = figure
  const [row] = mixing(figure).rows
  const [first, outlook, lesson] = [periods[0], made.periods[0], made.lessons.periods[0]]
  if (!row || !first || !outlook || !lesson) return undefined
  const unwidened = (end: number): number => tidy(outlook.p50 + (end - outlook.p50) / lesson.width)
  const part = (key: string, label: string): Column => column(key, label, type)
  const parts = [
    part('from_pipeline', 'pipeline'),
    part('past_wins', 'wins as in the last year'),
    column('pipeline_weight', 'weight', 'share'),
    column('other_weight', 'rest of the weight', 'share'),
    part('open_pipeline', 'open'),
    part('new_pipeline', 'new'),
    { ...column('widening', 'widening', 'number'), digits: 2 },
    part('p90_simulated', 'simulated P90'),
  ]
  const mean = '{pipeline_weight} × {from_pipeline} + {other_weight} × {past_wins}'
  const p90 = '{p50} + {widening} × ({p90_simulated} − {p50})'
  return {
    name: column('to', 'To', 'day'),
    row: {
      ...row,
      ...Object.fromEntries(
        (['p10', 'p50', 'p90', 'open'] as const).map((key) => [key, tidy(outlook[key])]),
      ),
      new: outlook.fresh === null ? null : tidy(outlook.fresh),
      other_weight: 1 - lesson.weight,
      p90_simulated: unwidened(outlook.p90),
    },
    formulas: [
      { column: part('mean', 'Expected'), formula: mean, parts },
      { column: part('p50', 'P50'), formula: 'the middle of the simulated outcomes' },
      { column: part('p90', 'P90'), formula: p90, parts },
      { column: part('p10', 'P10'), formula: 'the same downwards, but not below nothing' },
      {
        column: part('open', 'Open'),
        formula: 'Σ value of each open deal × its chance to be won in these days',
      },
      {
        column: part('new', 'New'),
        formula:
          'deals a day × chance to be won in these days × value of past wins, and the mixing',
      },
    ],
  }
}

/** How the figures of a forecast are worked out: their sources, what is mixed, and the formulas. */
export function explainedFigure(figure: ExplainedFigure): Pick<Report, 'sections' | 'explained'> {
  const explained = formulas(figure)
  return {
    sections: [sources(figure), mixing(figure)],
    ...(explained ? { explained } : {}),
  }
}
