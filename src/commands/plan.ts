import { defineCommand, option } from '../cli/command.ts'
import { moneyOption } from '../cli/options.ts'
import { dayOf, partsOf } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { BY, parseHorizon } from '../forecast/horizon.ts'
import { requireRates } from '../reports/rates-needed.ts'
import { planReport, type Target } from '../forecast/plan.ts'
import { chosenProcess } from '../records/default-process.ts'
import { chooseOptions } from './shared/choose-clients.ts'
import { filterOptions, readScope } from './report/scope.ts'
import { wholeNumber } from '../domain/whole-number.ts'

const CONFIDENCE = 0.8

const readWins = (text: string): number =>
  wholeNumber(text, {
    what: 'a number of wins',
    hint: 'give a whole number, such as 10',
    most: 999_999,
  })

/** Below this, a bare number is more likely a mistaken share than a percentage. */
const LEAST_BARE_PERCENT = 10

/**
 * Reads `0.8`, `80%` and `80` as 0.8.
 * @throws Fault `usage` if it is not a share, or may be either: 1 and 1.5.
 */
function readConfidence(text: string): number {
  const match = /^(\d{0,3}(?:\.\d+)?)\s*(%?)$/.exec(text.trim())
  const number = match?.[1] ? Number(match[1]) : NaN
  const isPercent = match?.[2] === '%' || number >= LEAST_BARE_PERCENT
  const confidence = isPercent ? number / 100 : number
  if (confidence > 0 && confidence < 1) return confidence
  throw new Fault(
    'usage',
    `“${text}” is not a confidence`,
    'give a share between 0 and 1, or a percentage with its sign: 0.8 or 80%',
  )
}

/** The one target that was given. */
function targetOf(options: {
  wins?: number | undefined
  profit?: number | undefined
  amount?: number | undefined
}): Target {
  const targets: Target[] = []
  if (options.wins !== undefined) targets.push({ of: 'wins', count: options.wins })
  if (options.profit !== undefined) targets.push({ of: 'profit', minor: options.profit })
  if (options.amount !== undefined) targets.push({ of: 'amount', minor: options.amount })
  const [target, ...others] = targets
  if (target && others.length === 0) return target
  throw new Fault(
    'usage',
    'a plan has one target',
    'give --wins 10, --profit 50000 or --amount 90000',
  )
}

export default defineCommand({
  asOf: true,
  description:
    'How many leads it takes to reach a target by a day, and how many deals in each stage: on ' +
    'average, and with the confidence you want, less what the deals now open will bring in.',
  options: {
    wins: option('--wins <count>', 'how many deals to win', readWins),
    profit: moneyOption('--profit <money>', 'the profit to win'),
    amount: moneyOption('--amount <money>', 'the amount to win'),
    by: option('--by <day>', 'by when: a day, 3m or 12w; default: the end of the year'),
    confidence: option(
      '--confidence <share>',
      'how sure to be: 0.8 (the default) or 80%',
      readConfidence,
    ),
    ...filterOptions,
    ...chooseOptions,
  },
  examples: ['plan --wins 10', 'plan --profit 50000 --by 2027-06-30 --confidence 0.9 --json'],
  async run(context, _args, options) {
    const book = await context.book()
    const scope = await readScope(context, options)
    await requireRates(book.db, scope)
    const by = dayOf(partsOf(scope.asOf).year, 12, 31)
    await context.print(
      await planReport(book, {
        scope,
        target: targetOf(options),
        by: parseHorizon(options.by ?? (by > scope.asOf ? by : '1y'), scope.asOf, BY),
        confidence: options.confidence ?? CONFIDENCE,
        usual: (await chosenProcess(book.db))?.id,
      }),
    )
  },
})
