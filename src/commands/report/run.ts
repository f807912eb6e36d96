import { choice, defineCommand, flag, option, type Values } from '../../cli/command.ts'
import { Ended } from '../../cli/errors.ts'
import { formatOptions } from '../../cli/write-report.ts'
import { findVariant } from '../../records/variants.ts'
import { GROUPINGS, MEASURES } from '../../reports/family/declare.ts'
import { chooseOptions } from '../shared/choose-clients.ts'
import { chartOptions, filterOptions } from './scope.ts'
import { globalWords, requireReport, withoutOption } from './words.ts'

/** The options that reports have in common; each report refuses those that it has no use for. */
const options = {
  period: option('--period <period>', 'instead of the saved period'),
  compare: option('--compare <compared>', 'compare with an earlier day or period'),
  by: choice('--by <group>', 'the same report for each', GROUPINGS),
  measure: choice('--measure <what>', 'what is counted', MEASURES),
  ...filterOptions,
  ...chooseOptions,
  sort: option('--sort <column>', 'the column to sort by; numbers largest first, names from A'),
  reverse: flag('--reverse', 'reverse the order'),
  explain: flag('--explain', 'explain how each column is worked out'),
  ...chartOptions,
  ...formatOptions,
}

/** Options with one value: the later of two on a command line counts. */
const SINGLE = [
  'period',
  'compare',
  'by',
  'measure',
  'process',
  'owner',
  'source',
  'segment',
  'sort',
  'html',
] as const

/** The options given here, as words of the report's own command line. */
function givenWords(given: Partial<Values<typeof options>>): string[] {
  const { where = [], chart, reverse, explain, md, ascii } = given
  return [
    ...SINGLE.flatMap((name) => (given[name] === undefined ? [] : [`--${name}`, given[name]])),
    ...where.flatMap((condition) => ['--where', condition]),
    ...(reverse ? ['--reverse'] : []),
    ...(explain ? ['--explain'] : []),
    ...(chart === undefined ? [] : [chart ? '--chart' : '--no-chart']),
    ...(md ? ['--md'] : []),
    ...(ascii ? ['--ascii'] : []),
  ]
}

export default defineCommand({
  asOf: true,
  description:
    'Options given here replace the saved ones: --where replaces all saved conditions, --sort ' +
    'the saved order. The report refuses options that it does not take.',
  arguments: [{ syntax: '<saved>', help: 'its name, part of it, or its number' }],
  options,
  examples: [
    'report run monthly',
    'report run monthly --period last-quarter --json',
    'report run monthly --by source --where region=North',
  ],
  async run(context, [text = ''], given) {
    const { db } = await context.book()
    const { words: kept } = await findVariant(db, text)
    requireReport(kept)
    const { json, csv } = context.globals
    const isOther = given.html !== undefined || (json ?? false) || (csv ?? false)
    let words: readonly string[] = isOther ? withoutOption(kept, '--md') : kept
    if (given.where) words = withoutOption(words, '--where', 'value')
    if (given.sort !== undefined) words = withoutOption(words, '--reverse')
    const more = [...givenWords(given), ...globalWords(context.globals)]
    const code = await context.run(['report', ...words, ...more], context.io)
    if (code !== 0) throw new Ended(code)
  },
})
