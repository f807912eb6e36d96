import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import { formatOf, formatOptions, writeReport } from '../../cli/write-report.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { cashReport } from '../../forecast/cash/report.ts'
import { CLIENT_GROUPS } from '../../reports/receivables/clients.ts'
import { requireRates } from '../../reports/rates-needed.ts'
import { chooseOptions } from '../shared/choose-clients.ts'
import { chartOptions, filterOptions, readScope, wantsCharts } from './scope.ts'

const WEEKS = 12
const MOST_WEEKS = 52
const SEED = 1

const readWeeks = (text: string): number =>
  wholeNumber(text, {
    what: `a number of weeks up to ${MOST_WEEKS}`,
    hint: 'give a whole number, such as 8',
    most: MOST_WEEKS,
  })

const readSeed = (text: string): number =>
  wholeNumber(text, { what: 'a seed', hint: 'give a whole number, such as 7', least: 0 })

export default defineCommand({
  asOf: true,
  description:
    'What money comes in, week by week: what is due, and what is expected of open invoices by how each client pays, and ' +
    'of open deals with their tax, later by the days from a win to its invoice and its payment. The range from P10 to ' +
    'P90 should hold 8 of 10 weeks; a note says how well such forecasts did in the past. The same book and seed give ' +
    'the same figures.',
  options: {
    weeks: option('--weeks <number>', `how many weeks ahead (default: ${WEEKS})`, readWeeks),
    by: choice('--by <group>', 'all of the weeks for each group as well', CLIENT_GROUPS),
    owner: filterOptions.owner,
    ...chooseOptions,
    backtest: flag('--backtest', 'list past forecasts and what came in'),
    seed: option('--seed <number>', 'the seed of the random draws', readSeed),
    ...chartOptions,
    ...formatOptions,
  },
  examples: ['report cash', 'report cash --weeks 4 --by owner --json', 'report cash --backtest'],
  async run(context, _args, options) {
    const book = await context.book()
    const scope = await readScope(context, options)
    await requireRates(book.db, scope)
    const format = formatOf(context.globals, options)
    const report = await cashReport(book, {
      scope,
      weeks: options.weeks ?? WEEKS,
      seed: options.seed ?? SEED,
      by: options.by,
      backtest: options.backtest ?? false,
      chart: wantsCharts(context, options, format),
    })
    await writeReport(context, report, format, options)
  },
})
