import type { Book } from '../book/open.ts'
import { addDays, type Day, daysBetween, toEpochDay } from '../domain/day.ts'
import type { Column, Report, Section } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { describeFilters, filtersHead, type Scope } from '../reports/scope.ts'
import { chancesSetBy } from '../reports/set-chances.ts'
import { explainedFigure } from './explain-figure.ts'
import { fan } from './fan.ts'
import { goalsAhead } from './goals-ahead.ts'
import { ACCURACY_NOTES, accuracyHead, accuracySection, backtestSection } from './honesty.ts'
import { type Unit, unitsIn, unitStart } from './horizon.ts'
import { type ForecastMeasure, type Loaded, loadLedger, selectionOf } from './load.ts'
import { type Forecast, forecast, type Outlook, type Outlooks, scenario } from './model/forecast.ts'
import type { Wish } from './model/origin.ts'
import { type Change, cutNotes, describeChange, withChanges } from './model/scenario.ts'
import type { Outcomes } from '../domain/chance/seen.ts'
import { outcomesOn, type Selection, sum } from './model/deals-on-day.ts'
import { winsIn } from './model/wins.ts'
import { tooEarly } from './new-deals-notes.ts'
import { forecastNotes } from './notes.ts'
import { exactOr, type Units, unitsOf } from './units.ts'

/** How a forecast is asked for. */
export interface ForecastRequest {
  scope: Scope
  measure: ForecastMeasure
  to: Day
  by: Unit
  openOnly: boolean
  force: 'own' | 'template' | undefined
  seed: number
  changes: readonly Change[]
  backtest: boolean
  /** The past forecasts before the coming one: for formats with room for only one table. */
  backtestFirst: boolean
  chart: boolean
  /** With the goals that are to be reached in its days. */
  goals?: boolean
  /** Say how the figures are worked out. */
  explain?: boolean
}

/** The columns; with changed conditions the split is only for programs. */
function columns(type: 'money' | 'count', changed: boolean): Column[] {
  const column = (key: string, label: string, hidden = false): Column => ({
    key,
    label,
    type,
    rough: true,
    ...(hidden ? { hidden } : {}),
  })
  return [
    { key: 'from', label: 'From', type: 'day' },
    { key: 'to', label: 'To', type: 'day' },
    column('mean', 'Expected'),
    column('p10', 'P10'),
    column('p50', 'P50', changed),
    column('p90', 'P90'),
    ...(changed
      ? [
          column('what_if', 'What if'),
          column('what_if_p10', 'P10 then'),
          column('what_if_p50', 'P50 then', true),
          column('what_if_p90', 'P90 then'),
        ]
      : []),
    column('open', 'Open', changed),
    column('new', 'New', changed),
  ]
}

/** An outlook as a row of the table. */
function cells(outlook: Outlook, tidy: (value: number) => number) {
  return {
    mean: tidy(outlook.mean),
    p10: tidy(outlook.p10),
    p50: tidy(outlook.p50),
    p90: tidy(outlook.p90),
    open: tidy(outlook.open),
    new: outlook.fresh === null ? null : tidy(outlook.fresh),
  }
}

/** The changed outlook as further cells of the same row. */
function changedCells({ mean, p10, p50, p90 }: Outlook, tidy: (value: number) => number) {
  return {
    what_if: tidy(mean),
    what_if_p10: tidy(p10),
    what_if_p50: tidy(p50),
    what_if_p90: tidy(p90),
  }
}

const BAND = ['mean', 'p10', 'p50', 'p90'] as const

/** A band for JSON, on top of what has already come. */
function band(outlook: Outlook, { exact }: Units, base = 0): Record<string, number> {
  return Object.fromEntries(BAND.map((key) => [key, exact(outlook[key] + base)]))
}

/** A forecast, with what its report shows about it. */
interface PreparedForecast {
  request: ForecastRequest
  loaded: Loaded
  selection: Selection
  periods: { from: Day; to: Day }[]
  made: Forecast
  changed: Outlooks | null
  /** The first day of the unit that the day is in, and what has been won since. */
  unitFrom: Day
  wonSoFar: number
  /** How the deals chosen were closed. */
  chosen: Outcomes
  units: Units
  /** Open deals whose chance to win was set by hand. */
  setByHand: number
}

/** The rest of the unit that the day is in, if any of it is left. */
function current({
  request,
  periods,
  made,
  unitFrom,
}: PreparedForecast): { to: Day; outlook: Outlook } | null {
  const [first, outlook] = [periods[0], made.periods[0]]
  const startOf = (day: Day): Day => unitStart(day, request.by, request.scope.settings.firstWeekday)
  return first && outlook && startOf(first.from) === unitFrom ? { to: first.to, outlook } : null
}

function subtitle(prepared: PreparedForecast): string[] {
  const { request, made, chosen, unitFrom, wonSoFar, units } = prepared
  const { asOf, settings } = request.scope
  const now = current(prepared)
  const [mean, p10, p90] = (['mean', 'p10', 'p90'] as const).map((key) =>
    units.format((now?.outlook[key] ?? 0) + wonSoFar),
  )
  return [
    [
      ...describeFilters(request.scope),
      `${counted(made.pipeline.open.value.length, 'deal')} open`,
      `${chosen.won} of ${chosen.won + chosen.lost} closed won`,
      ...(units.type === 'money' ? [settings.currency.code] : []),
    ].join(' · '),
    `won from ${unitFrom} to ${asOf}, not in the table: ${units.format(wonSoFar)}`,
    ...(now ? [`with what is to come by ${now.to}: ${mean} (P10 ${p10}, P90 ${p90})`] : []),
    ...(prepared.changed ? [`what if: ${request.changes.map(describeChange).join(', ')}`] : []),
  ]
}

function head(prepared: PreparedForecast): Report['head'] {
  const { request, made, changed, chosen, unitFrom, wonSoFar, units, setByHand } = prepared
  const { asOf, settings } = request.scope
  const { ladder } = made.hazards
  const now = current(prepared)
  return {
    as_of: asOf,
    measure: request.measure,
    currency: settings.currency.code,
    filters: filtersHead(request.scope),
    method: request.openOnly ? `${ladder}-open-only` : ladder,
    seed: request.seed,
    history: { closed: chosen.won + chosen.lost, won: chosen.won },
    total: band(made.total, units),
    ...(changed
      ? {
          what_if: {
            changes: request.changes.map(describeChange).join(', '),
            ...band(changed.total, units),
            open: units.exact(changed.total.open),
            new: exactOr(changed.total.fresh, units),
          },
        }
      : {}),
    parts: { open: units.exact(made.total.open), new: exactOr(made.total.fresh, units) },
    won_so_far: units.exact(wonSoFar),
    set_by_hand: setByHand,
    with_won: now ? { from: unitFrom, to: now.to, ...band(now.outlook, units, wonSoFar) } : null,
    mixture: {
      pipeline: Number(made.lessons.total.weight.toFixed(4)),
      widening: Number(made.lessons.total.width.toFixed(4)),
    },
    backtest: accuracyHead(made.accuracy, made.window),
  }
}

function sections({ request, periods, made, changed, units }: PreparedForecast): Section[] {
  const { type, tidy } = units
  const table: Section = {
    key: 'periods',
    columns: columns(type, changed !== null),
    rows: periods.map((period, at) => ({
      ...period,
      ...cells(made.periods[at] as Outlook, tidy),
      ...(changed ? changedCells(changed.periods[at] as Outlook, tidy) : {}),
    })),
    footer: {
      from: 'Total',
      ...cells(made.total, tidy),
      ...(changed ? changedCells(changed.total, tidy) : {}),
    },
  }
  if (!request.backtest) return [table]
  const past = [
    backtestSection(made.tested, made.window, type, tidy),
    ...(made.accuracy ? [accuracySection(made.accuracy, made.tested)] : []),
  ]
  return request.backtestFirst ? [...past, table] : [table, ...past]
}

/** Makes the forecast, and gathers what its report shows with it. */
async function prepare(book: Book, request: ForecastRequest): Promise<PreparedForecast> {
  const { scope, measure, to, by } = request
  const { asOf, settings } = scope
  const loaded = await loadLedger(book, asOf, measure)
  const { ledger } = loaded
  const day = toEpochDay(asOf)
  const periods = unitsIn(addDays(asOf, 1), to, by, settings.firstWeekday)
  const ends = periods.map((period) => daysBetween(asOf, period.to))
  const selection = await selectionOf(book, scope)
  const { seed, openOnly, force, changes } = request
  const wish: Wish = { selection, seed, openOnly, force }
  const made = forecast(ledger, day, ends, wish)
  const base = { wish, lessons: made.lessons }
  const unitFrom = unitStart(asOf, by, settings.firstWeekday)
  const set = await chancesSetBy(book.db, asOf)
  return {
    request,
    loaded,
    selection,
    periods,
    made,
    changed:
      changes.length > 0
        ? scenario(ledger, day, ends, base, withChanges(wish, changes, ledger.places))
        : null,
    unitFrom,
    wonSoFar: sum(winsIn(ledger, toEpochDay(unitFrom), day, selection).value),
    chosen: outcomesOn(ledger, day, selection),
    units: unitsOf(measure, settings),
    setByHand: made.pipeline.open.deal.filter((index) => set.has(ledger.dealId[index] as number))
      .length,
  }
}

/**
 * What open deals and deals yet to come will bring, with how well such forecasts did before, and, if
 * there is no rate of new deals yet, the reason (`early`).
 */
export async function forecastReport(
  book: Book,
  request: ForecastRequest,
): Promise<Report & { early: string | null; setByHand: number }> {
  const prepared = await prepare(book, request)
  const { scope, measure, by } = request
  const { asOf, settings } = scope
  const { loaded, made } = prepared
  const outcomes = outcomesOn(loaded.ledger, toEpochDay(asOf))
  const { type, tidy } = prepared.units
  const days = daysBetween(asOf, request.to)
  const figure = request.explain
    ? explainedFigure({ made, ledger: loaded.ledger, periods: prepared.periods, days, type, tidy })
    : null
  const goals = request.goals ? [await goalsAhead(book, { ...request, loaded })] : []
  return {
    name: 'forecast',
    title: `Forecast of ${measure}, ${addDays(asOf, 1)} … ${request.to}`,
    subtitle: subtitle(prepared),
    currency: prepared.units.type === 'money' ? settings.currency : null,
    head: head(prepared),
    sections: [...sections(prepared), ...goals, ...(figure?.sections ?? [])],
    ...(figure?.explained ? { explained: figure.explained } : {}),
    totals: null,
    totalColumns: [],
    notes: [
      ...forecastNotes({ ...request, loaded, made, outcomes, days, setByHand: prepared.setByHand }),
      ...cutNotes(request.changes, { ...made, days }, loaded.ledger.places),
      ...(request.backtest && made.accuracy ? ACCURACY_NOTES : []),
    ],
    charts: request.chart
      ? [
          fan({
            ledger: loaded.ledger,
            selection: prepared.selection,
            asOf,
            by,
            firstWeekday: settings.firstWeekday,
            measure,
            periods: prepared.periods,
            outlooks: made.periods,
            wonSoFar: prepared.wonSoFar,
          }),
        ]
      : [],
    empty: 'There is nothing to forecast.',
    early: request.openOnly ? null : tooEarly(made.stream, asOf),
    setByHand: prepared.setByHand,
  }
}
