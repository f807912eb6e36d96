import { readFileSync } from 'node:fs'
import path from 'node:path'
import { MEASURES } from '../check/measures.ts'
import { type Checked, checkNotes, checkReport, runChecks } from '../check/report.ts'
import { parseThreshold, parseThresholds, type Threshold } from '../check/threshold.ts'
import { defineCommand, flag, list, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { toFile } from '../cli/write-out.ts'
import { Fault } from '../domain/fault.ts'
import type { Currency } from '../domain/money.ts'
import { requireRates } from '../reports/rates-needed.ts'
import { chooseOptions } from './shared/choose-clients.ts'
import { readScope, scopeOptions } from './report/scope.ts'

const NAMES = Object.entries(MEASURES)
  .map(([name, { about, span }]) => `${name}${span === 'needed' ? '/SPAN' : ''} (${about})`)
  .join(', ')

function readFile(context: Context, name: string): string {
  try {
    return readFileSync(path.resolve(context.io.cwd, name), 'utf8')
  } catch (error) {
    throw new Fault('usage', `${name} cannot be read`, 'name a file of thresholds', error)
  }
}

/** `coverage=3` of `--min` is `coverage>=3`. */
function bounded(text: string, named: '--min' | '--max'): string {
  if (!/^[\w.-]+\s*=/.test(text)) {
    throw new Fault('usage', `${named} takes a measure and a value`, `such as ${named} open=5`)
  }
  return text.replace(/\s*=\s*/, named === '--min' ? '>=' : '<=')
}

/**
 * The thresholds of a command line: those of its file first.
 * @throws Fault `usage` if one cannot be read, or there are none.
 */
export function thresholdsOf(
  context: Context,
  args: readonly string[],
  {
    min = [],
    max = [],
    file,
  }: {
    min?: string[] | undefined
    max?: string[] | undefined
    file?: string | undefined
  },
  currency: Currency,
): Threshold[] {
  const named = [
    ...args,
    ...min.map((text) => bounded(text, '--min')),
    ...max.map((text) => bounded(text, '--max')),
  ].map((text) => parseThreshold(text, currency))
  const filed = file === undefined ? [] : parseThresholds(readFile(context, file), file, currency)
  const thresholds = [...filed, ...named]
  if (thresholds.length > 0) return thresholds
  throw new Fault('usage', 'there is nothing to check', 'give thresholds, such as --max stuck=4')
}

/** How an unmet check is written: `stuck<=4 (is 6)`. */
function describe({ check, is }: Checked): string {
  return `${check} (is ${is})`
}

/** Does a check need the amounts of open deals? */
function countsMoney({ measure }: Threshold): boolean {
  return MEASURES[measure]?.kind === 'money' || measure === 'coverage' || measure === 'pace'
}

export default defineCommand({
  asOf: true,
  description:
    'Compares figures with thresholds and exits with 1 if one is not met. A threshold is a ' +
    'measure, >= <= > < or =, and a value: "stuck<=4", "new-leads>=5/week", "win-rate>=20%". ' +
    'In a file, write one per line; # starts a comment. /day, /week, /month, /quarter and ' +
    '/year are the last 1, 7, 30, 91 and 365 days; for a forecast, the next ones (default: a ' +
    `quarter). What cannot be measured counts as not met. Measures: ${NAMES}.`,
  arguments: [
    { syntax: '[threshold...]', help: 'in quotes, as the shell takes a bare > for itself' },
  ],
  options: {
    min: list('--min <measure=value>', 'at least this value (repeatable; needs no quotes)'),
    max: list('--max <measure=value>', 'at most this value (repeatable)'),
    file: option('--file <file>', 'thresholds from a file'),
    junit: option('--junit <file>', 'write the results as JUnit XML too, for CI'),
    allowUnknown: flag('--allow-unknown', 'what cannot be measured counts as met'),
    process: scopeOptions.process,
    owner: scopeOptions.owner,
    source: scopeOptions.source,
    ...chooseOptions,
  },
  examples: [
    'check --max stuck=4 --max overdue=5 --max no-next-step=0',
    'check "open>=1" "new-clients>=1/year" --json',
    'check --min win-rate=20% --allow-unknown --junit checks.xml',
  ],
  async run(context, args, options) {
    const book = await context.book()
    const { currency } = book.settings
    const thresholds = thresholdsOf(context, args, options, currency)
    const of = { book, scope: await readScope(context, options), today: await context.today() }
    if (thresholds.some(countsMoney)) await requireRates(book.db, of.scope)
    const { quiet, json, csv } = context.globals
    // Output for programs does not follow the locale.
    const { code, digits } = currency
    const shown = json || csv ? { code, digits } : currency
    const checked = await runChecks(thresholds, of, options.allowUnknown ?? false, shown)
    if (options.junit !== undefined) {
      const { toJunit } = await import('../render/junit.ts')
      const cases = checked.map((each) => ({
        name: each.check,
        failure: each.met ? null : describe(each),
      }))
      await toFile(context, options.junit, [toJunit('funnel check', cases)])
    }
    if (!quiet || json || csv) {
      await context.print(checkReport(checked, of, await checkNotes(thresholds, of)))
    }
    const broken = checked.filter(({ met }) => !met)
    if (broken.length === 0) return
    throw new Fault(
      'failed',
      `${broken.length} of ${checked.length} checks not met: ${broken.map(describe).join(', ')}`,
    )
  },
})
