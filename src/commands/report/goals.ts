import { defineCommand, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { formatOf, formatOptions, writeReport } from '../../cli/write-report.ts'
import { goalReport } from '../../forecast/goal-report.ts'
import { requireRates } from '../../reports/rates-needed.ts'
import { find } from '../../records/lookup.ts'

export default defineCommand({
  asOf: true,
  description:
    'What was reached of each goal that is due on the day, or in a period; the pace, which is the goal × ' +
    'working days gone / all; what each working day to come must bring; and the chance to reach it, ' +
    'from the same draws as funnel forecast. funnel goal set sets goals.',
  options: {
    period: periodOption('the goals due in these days: 2026-Q4, this-year …; default: on the day'),
    owner: option('--owner <owner>', 'only goals of this owner'),
    ...formatOptions,
  },
  examples: ['report goals', 'report goals --period 2026-Q4 --owner Ann --json'],
  async run(context, _args, options) {
    const book = await context.book()
    const { period, owner } = options
    const who = owner === undefined ? undefined : await find(book.db, 'owner', owner)
    const scope = { asOf: await context.asOf(), settings: book.settings }
    await requireRates(book.db, scope)
    const report = await goalReport(book, scope, { ownerId: who?.id, period })
    await writeReport(context, report, formatOf(context.globals, options), options)
  },
})
