import { defineCommand, option } from '../../cli/command.ts'
import { Ended } from '../../cli/errors.ts'
import { formatOptions } from '../../cli/write-report.ts'
import { findVariant } from '../../records/variants.ts'
import { chartOptions } from './scope.ts'
import { globalWords, requireReport } from './words.ts'

export default defineCommand({
  asOf: true,
  description: 'Options given here come after those that are kept, and win over them.',
  arguments: [{ syntax: '<kept>', help: 'its name, part of it, or its number' }],
  options: {
    period: option('--period <period>', 'another period than the one kept'),
    ...chartOptions,
    ...formatOptions,
  },
  examples: ['report run monthly', 'report run monthly --period last-quarter --json'],
  async run(context, [text = ''], { period, chart, md, html, ascii }) {
    const { db } = await context.book()
    const { words: kept } = await findVariant(db, text)
    requireReport(kept)
    const { json, csv } = context.globals
    const isOther = html !== undefined || (json ?? false) || (csv ?? false)
    const words = isOther ? kept.filter((word) => word !== '--md') : kept
    const more = [
      ...(period === undefined ? [] : ['--period', period]),
      ...(chart === undefined ? [] : [chart ? '--chart' : '--no-chart']),
      ...(md ? ['--md'] : []),
      ...(html === undefined ? [] : ['--html', html]),
      ...(ascii ? ['--ascii'] : []),
      ...globalWords(context.globals),
    ]
    const code = await context.run(['report', ...words, ...more], context.io)
    if (code !== 0) throw new Ended(code)
  },
})
