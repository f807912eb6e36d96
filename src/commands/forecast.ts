import { choice, defineCommand, flag, list, option } from '../cli/command.ts'
import { Fault } from '../domain/fault.ts'
import { requireRates } from '../reports/rates-needed.ts'
import type { Report } from '../domain/table.ts'
import { parseHorizon } from '../forecast/horizon.ts'
import { parseChange } from '../forecast/model/scenario.ts'
import { forecastReport } from '../forecast/periods.ts'
import { weightedForecast } from '../forecast/weighted.ts'
import { chooseOptions } from './shared/choose-clients.ts'
import { formatOf, formatOptions, writeReport } from '../cli/write-report.ts'
import { chartOptions, filterOptions, readScope, wantsCharts } from './report/scope.ts'
import { wholeNumber } from '../domain/whole-number.ts'

const SEED = 1

const readSeed = (text: string): number =>
  wholeNumber(text, { what: 'a seed', hint: 'give a whole number, such as 7', least: 0 })

/** Options that only the forecast of periods takes, as they are typed. */
const PERIOD_OPTIONS = {
  horizon: '--horizon',
  by: '--by',
  openOnly: '--open-only',
  probability: '--probability',
  whatIf: '--what-if',
  backtest: '--backtest',
  seed: '--seed',
} as const

/** @throws Fault `usage` if an option was given that another one makes meaningless. */
function refuseWith(
  other: string,
  options: Partial<Record<keyof typeof PERIOD_OPTIONS, unknown>>,
): void {
  for (const [key, flagText] of Object.entries(PERIOD_OPTIONS)) {
    if (options[key as keyof typeof PERIOD_OPTIONS] === undefined) continue
    throw new Fault('usage', `${other} knows no ${flagText}`, `leave out ${other} or ${flagText}`)
  }
}

export default defineCommand({
  asOf: true,
  description:
    'What open deals and deals yet to come will bring in, learnt from how this book’s deals ' +
    'moved. It has a range that holds the outcome in about 8 of 10 cases, and says how well ' +
    'such forecasts did in the past. Goals whose period ends within it are listed with the chance to ' +
    'reach them. The same book and seed give the same figures. --weighted ' +
    'multiplies open deals by fixed chances instead.',
  options: {
    horizon: option('--horizon <span>', 'how far ahead: 3m (the default), 90d, 12w, 1y or a day'),
    by: choice('--by <unit>', 'how it is split', ['month', 'week', 'quarter']),
    measure: choice('--measure <what>', 'what is added up', ['profit', 'amount', 'deals']),
    openOnly: flag('--open-only', 'only deals that are open now'),
    probability: choice(
      '--probability <whose>',
      'use these chances to win, however much data there is',
      ['own', 'template'],
    ),
    whatIf: list(
      '--what-if <change>',
      'win-rate=+10% (every chance to win, say from 20% to 22%), win-rate:STAGE=+10% (the ' +
        'share that passes that stage), arrivals=+20% or amount=-5%',
    ),
    backtest: flag('--backtest', 'list past forecasts and what came in'),
    explain: option<string | true>(
      '--explain [deal]',
      'explain the figures; with a deal, how it may turn out, and why',
      (text) => text,
    ),
    weighted: flag('--weighted', 'open deals times their chances, by stage'),
    seed: option('--seed <number>', 'the seed of the random draws', readSeed),
    ...filterOptions,
    ...chooseOptions,
    ...chartOptions,
    ...formatOptions,
  },
  examples: [
    'forecast',
    'forecast --horizon 12m --by quarter --measure amount --json',
    'forecast --backtest',
    'forecast --where region=North --by week',
    'forecast --what-if win-rate:proposal=+10% --what-if arrivals=+20%',
    'forecast --explain',
    'forecast --explain 1',
    'forecast --weighted',
    'forecast --horizon 12m --html forecast.html',
  ],
  async run(context, _args, options) {
    const book = await context.book()
    const scope = await readScope(context, options)
    const measure = options.measure ?? 'profit'
    if (measure !== 'deals') await requireRates(book.db, scope)
    const format = formatOf(context.globals, options)
    const write = (report: Report): Promise<void> => writeReport(context, report, format, options)
    if (options.weighted) {
      refuseWith('--weighted', options)
      if (options.explain !== undefined) {
        throw new Fault('usage', '--weighted knows no --explain', 'leave out one of them')
      }
      if (measure === 'deals') {
        throw new Fault('usage', '--weighted weighs profit or amount', 'leave out --measure deals')
      }
      await write(await weightedForecast(book.db, scope, measure))
      return
    }
    if (options.explain !== undefined && options.explain !== true) {
      refuseWith('--explain', options)
      const { explainReport } = await import('../forecast/explain.ts')
      const { findDeal } = await import('../records/lookup/deal.ts')
      const deal = await findDeal(book.db, options.explain, { wanted: 'open' })
      await write(await explainReport(book, scope, deal))
      return
    }
    await write(
      await forecastReport(book, {
        scope,
        measure,
        to: parseHorizon(options.horizon ?? '3m', scope.asOf),
        by: options.by ?? 'month',
        openOnly: options.openOnly ?? false,
        force: options.probability,
        seed: options.seed ?? SEED,
        changes: (options.whatIf ?? []).map(parseChange),
        backtest: options.backtest ?? false,
        backtestFirst: context.globals.csv ?? false,
        chart: wantsCharts(context, options, format),
        goals: true,
        explain: options.explain === true,
      }),
    )
  },
})
