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
import { type SetChance, setChances } from '../reports/set-chances.ts'
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
  /** The one set by hand, else the book's own, else the template's. */
  used: number | null
  /** How many of them have a chance set by hand: all or none. */
  set: number
}

/** Deals that are alike, and those of them whose chance was set by hand. */
function apart(all: OpenStage, set: readonly SetChance[], measure: Measure): OpenStage[] {
  const parts = set.map(({ deals, chance, [measure]: value }) => ({
    ...all,
    deals,
    value,
    used: chance,
    set: deals,
  }))
  const deals = all.deals - sum(parts.map((part) => part.deals))
  const value = all.value - sum(parts.map((part) => part.value))
  return deals > 0 ? [{ ...all, deals, value }, ...parts] : parts
}

type Whose = 'template' | 'own' | 'used'

/** One line of the weighted pipeline: value × chance, by template, by the book's own deals, and as used. */
interface WeightedLine {
  deals: number
  value: number
  set_by_hand: number
  weighted_template: number | null
  weighted_own: number | null
  weighted: number | null
}

function weigh(stages: readonly OpenStage[], which: Whose): number | null {
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
    set_by_hand: sum(stages.map(({ set }) => set)),
    weighted_template: weigh(stages, 'template'),
    weighted_own: weigh(stages, 'own'),
    weighted: weigh(stages, 'used'),
  }
}

/** The columns; what is used is shown apart if it differs by what was set by hand. */
function columns(measure: Measure, isSet: boolean): Column[] {
  const label = measure === 'profit' ? 'Profit' : 'Amount'
  return [
    { key: 'stage', label: 'Stage', type: 'text' },
    { key: 'deals', label: 'Deals', type: 'count' },
    { key: 'value', label, type: 'money' },
    { key: 'template', label: 'Template', type: 'share' },
    { key: 'weighted_template', label: 'Weighted', type: 'money', rough: true },
    { key: 'own', label: 'Own', type: 'share' },
    { key: 'weighted_own', label: 'Weighted', type: 'money', rough: true },
    { key: 'set_by_hand', label: 'By hand', type: 'count', hidden: !isSet },
    { key: 'chance', label: 'Used', type: 'share', hidden: !isSet },
    { key: 'weighted', label: 'Weighted', type: 'money', rough: true, hidden: !isSet },
  ]
}

const FOOTER_KEYS = [
  'deals',
  'value',
  'weighted_template',
  'weighted_own',
  'set_by_hand',
  'weighted',
] as const

function chanceOf(stages: readonly OpenStage[], which: Whose): number | null {
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

function setLine(deals: number): string[] {
  if (deals === 0) return []
  return [`Set by hand, and used in their place: ${counted(deals, 'chance')}.`]
}

/**
 * A first forecast: what the open deals are worth, each weighted by its chance to win, once by the
 * process's template and once by stage and age as learnt from the book's own closed deals. A chance that
 * was set by hand goes before both.
 */
export async function weightedForecast(db: Db, scope: Scope, measure: Measure): Promise<Report> {
  const { deals, counts } = await openDealsAsOf(db, scope.asOf, scope)
  const places = await loadPlaces(db)
  const chances = await chancesAsOf(db, scope.asOf, await counts())
  const profit = profitSql(scope.settings.margin)
  const value = measure === 'profit' ? profit : sql<number | null>`d.amount`
  const setIn = await setChances(deals, scope, null, profit)
  const rows = await within(deals, scope)
    .select([
      'd.process_id as processId',
      'd.stage_id as stageId',
      'd.stage_since as stageSince',
      'd.since_known as sinceKnown',
      sql<number>`count(*)`.as('deals'),
      sql<number>`count(*) - count(d.cost)`.as('withoutCost'),
      sql<number>`coalesce(sum(${value}), 0)`.as('value'),
    ])
    .groupBy(['d.process_id', 'd.stage_id', 'd.stage_since', 'd.since_known'])
    .execute()
  const open = rows.flatMap((row): OpenStage[] => {
    const { processId, stageId } = row
    const own =
      chances.by === 'template'
        ? null
        : chances.of(processId, stageId, daysBetween(row.stageSince, scope.asOf))
    const template =
      places.find((place) => place.processId === processId && place.stageId === stageId)
        ?.probability ?? null
    const { deals: count, value: worth } = row
    const all = {
      stageId,
      deals: count,
      value: worth,
      template,
      own,
      used: own ?? template,
      set: 0,
    }
    return apart(all, setIn({ groupValue: null, ...row }), measure)
  })
  const used = new Set(rows.flatMap((row) => row.stageId ?? []))
  const stages = funnelStages(places, new Set(rows.map((row) => row.processId)), used)
  const line = (name: string, stageId: number | null): Row => {
    const here = open.filter((stage) => stage.stageId === stageId)
    return {
      stage: name,
      ...weightedLine(here),
      template: chanceOf(here, 'template'),
      own: chanceOf(here, 'own'),
      chance: chanceOf(here, 'used'),
    }
  }
  const lines = stages
    .filter((stage) => used.has(stage.id))
    .map((stage) => line(stage.name, stage.id))
  if (open.some((stage) => stage.stageId === null)) lines.push(line('(no stages)', null))

  const totals = weightedLine(open)
  const trusted = totals.weighted_own !== null
  const mean = totals.weighted
  const { currency } = scope.settings
  const decimal = (minor: number | null): number | null =>
    minor === null ? null : toDecimal(minor, currency)
  const notes = [
    chanceLine(chances),
    ...setLine(totals.set_by_hand),
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
      set_by_hand: totals.set_by_hand,
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
        columns: columns(measure, totals.set_by_hand > 0),
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
      { key: 'set_by_hand', label: 'Set by hand', type: 'count', hidden: totals.set_by_hand === 0 },
    ],
    notes,
    charts: [],
    empty: 'No deal is open, so nothing is to be expected from open deals.',
  }
}
