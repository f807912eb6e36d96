import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { daysBetween } from '../domain/day.ts'
import { toDecimal } from '../domain/money.ts'
import type { Column, Report, Row } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { openDealsAsOf } from '../reports/deals-as-of.ts'
import { FEWEST_CLOSED } from '../domain/chance/hazards.ts'
import { chancesAsOf, type Chances } from '../reports/chances.ts'
import { meanChance } from '../reports/open/funnel.ts'
import {
  describeFilters,
  filtersHead,
  profitNote,
  profitSql,
  type Scope,
  within,
} from '../reports/scope.ts'
import { funnelStages, loadPlaces } from '../reports/stage-order.ts'
import { sum } from './model/deals-on-day.ts'

/** What is forecast. */
export type Measure = 'profit' | 'amount'

/** Open deals of one process that came into one stage on the same day, with both chances to win. Minor units. */
interface OpenStage {
  stageId: number | null
  deals: number
  value: number
  template: number | null
  own: number | null
}

/** One line of the weighted pipeline: value × chance, by template and by the book's own deals. */
interface WeightedLine {
  deals: number
  value: number
  weighted_template: number | null
  weighted_own: number | null
}

function weigh(stages: readonly OpenStage[], which: 'template' | 'own'): number | null {
  const known = stages.flatMap(({ value, [which]: chance }) =>
    chance === null ? [] : [value * chance],
  )
  return known.length === 0 ? null : Math.round(sum(known))
}

/**
 * The weighted pipeline of some stages: Σ value × chance to win.
 * 1000 at 40 % and 500 at 10 % are worth 450. Null if no stage has a chance of that kind.
 */
function weightedLine(stages: readonly OpenStage[]): WeightedLine {
  return {
    deals: sum(stages.map(({ deals }) => deals)),
    value: sum(stages.map(({ value }) => value)),
    weighted_template: weigh(stages, 'template'),
    weighted_own: weigh(stages, 'own'),
  }
}

function columns(measure: Measure): Column[] {
  const label = measure === 'profit' ? 'Profit' : 'Amount'
  return [
    { key: 'stage', label: 'Stage', type: 'text' },
    { key: 'deals', label: 'Deals', type: 'count' },
    { key: 'value', label, type: 'money' },
    { key: 'template', label: 'Template', type: 'share' },
    { key: 'weighted_template', label: 'Weighted', type: 'money', rough: true },
    { key: 'own', label: 'Own', type: 'share' },
    { key: 'weighted_own', label: 'Weighted', type: 'money', rough: true },
  ]
}

const FOOTER_KEYS = ['deals', 'value', 'weighted_template', 'weighted_own'] as const

function valueSql(measure: Measure, margin: number | null) {
  return measure === 'profit' ? profitSql(margin) : sql<number | null>`d.amount`
}

function chanceOf(stages: readonly OpenStage[], which: 'template' | 'own'): number | null {
  return meanChance(
    stages.flatMap(({ deals, [which]: value }) => (value === null ? [] : [{ value, deals }])),
  )
}

/** What the chances rest on. */
function chanceLine({ by, closed, won }: Chances): string {
  if (by === 'template') {
    return `Chances by template, an assumption: of the ${FEWEST_CLOSED} closed deals that chances of your own need, there are ${closed}.`
  }
  const how = by === 'age' ? 'by stage and days in it' : 'by stage'
  return `Own chances: ${how}, learnt from this book's closed deals (${won} of ${closed} won).`
}

/**
 * A first forecast: what the open deals are worth, each weighted by its chance to win, once by the
 * process's template and once by stage and age as learnt from the book's own closed deals.
 */
export async function weightedForecast(db: Db, scope: Scope, measure: Measure): Promise<Report> {
  const { deals, counts } = await openDealsAsOf(db, scope.asOf, scope)
  const places = await loadPlaces(db)
  const chances = await chancesAsOf(db, scope.asOf, await counts())
  const rows = await within(deals, scope)
    .select([
      'd.process_id as processId',
      'd.stage_id as stageId',
      'd.stage_since as since',
      sql<number>`count(*)`.as('deals'),
      sql<number>`count(*) - count(d.cost)`.as('withoutCost'),
      sql<number>`coalesce(sum(${valueSql(measure, scope.settings.margin)}), 0)`.as('value'),
    ])
    .groupBy(['d.process_id', 'd.stage_id', 'd.stage_since'])
    .execute()
  const open: OpenStage[] = rows.map((row) => ({
    ...row,
    own:
      chances.by === 'template'
        ? null
        : chances.of(row.processId, row.stageId, daysBetween(row.since, scope.asOf)),
    template:
      places.find((place) => place.processId === row.processId && place.stageId === row.stageId)
        ?.probability ?? null,
  }))
  const used = new Set(rows.flatMap((row) => row.stageId ?? []))
  const stages = funnelStages(places, new Set(rows.map((row) => row.processId)), used)
  const line = (name: string, stageId: number | null): Row => {
    const here = open.filter((stage) => stage.stageId === stageId)
    return {
      stage: name,
      ...weightedLine(here),
      template: chanceOf(here, 'template'),
      own: chanceOf(here, 'own'),
    }
  }
  const lines = stages
    .filter((stage) => used.has(stage.id))
    .map((stage) => line(stage.name, stage.id))
  if (open.some((stage) => stage.stageId === null)) lines.push(line('(no stages)', null))

  const totals = weightedLine(open)
  const trusted = totals.weighted_own !== null
  const mean = trusted ? totals.weighted_own : totals.weighted_template
  const { currency } = scope.settings
  const decimal = (minor: number | null): number | null =>
    minor === null ? null : toDecimal(minor, currency)
  const notes = [
    chanceLine(chances),
    'A weighted pipeline says how much, not when, and gives no range.',
    ...(measure === 'profit'
      ? profitNote(
          sum(rows.map(({ withoutCost }) => withoutCost)),
          totals.deals,
          scope.settings.margin,
        )
      : []),
  ]
  return {
    name: 'forecast',
    title: `Weighted pipeline, as of ${scope.asOf}`,
    subtitle: [
      [
        ...describeFilters(scope),
        `${counted(totals.deals, 'deal')} open`,
        measure,
        scope.settings.currency.code,
      ].join(' · '),
    ],
    currency: scope.settings.currency,
    head: {
      as_of: scope.asOf,
      measure,
      filters: filtersHead(scope),
      method: trusted ? 'weighted-own' : 'weighted-template',
      chance_by: chances.by,
      history: { closed: chances.closed, won: chances.won },
      // A weighted pipeline knows neither when money comes nor how far off it may be.
      periods: [],
      total: { mean: decimal(mean), p10: null, p50: null, p90: null },
      parts: { open: decimal(mean), new: null },
      won_so_far: null,
      backtest: null,
    },
    sections: [
      {
        key: 'stages',
        columns: columns(measure),
        rows: lines,
        footer: {
          stage: 'Total',
          ...Object.fromEntries(FOOTER_KEYS.map((key) => [key, totals[key]])),
        },
      },
    ],
    totals: { mean, ...totals },
    totalColumns: [
      { key: 'mean', label: 'Expected', type: 'money', rough: true },
      { key: 'weighted_template', label: 'By template', type: 'money', rough: true },
      { key: 'weighted_own', label: 'By own chances', type: 'money', rough: true },
    ],
    notes,
    charts: [],
    empty: 'No deal is open, so nothing is to be expected from open deals.',
  }
}
