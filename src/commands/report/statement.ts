import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { formatOf, formatOptions, writeReport } from '../../cli/write-report.ts'
import { parsePeriod } from '../../domain/period.ts'
import { loadCompany } from '../../records/firm/company.ts'
import { find } from '../../records/lookup.ts'
import { statementReport } from '../../reports/statement/index.ts'
import { currencyOption } from '../shared/currency.ts'

export default defineCommand({
  asOf: true,
  description:
    'What a client was billed and what it paid, line by line, with the balance after each. What was billed and given ' +
    'back is debit; what was paid, credited, voided or written off is credit. The balance is that of funnel report ' +
    'receivables on the same day. An account in several currencies has a statement in each.',
  arguments: [{ syntax: '<client>', help: 'name, part of it, or number' }],
  options: {
    period: periodOption('the lines of these days; default: last-365d'),
    currency: currencyOption(
      '--currency <code>',
      'the account in this currency; default: the book’s',
    ),
    ...formatOptions,
  },
  examples: [
    'report statement harbour',
    'report statement harbour --period 2026-Q3 --html statement.html',
    'report statement harbour --period all --json',
  ],
  async run(context, [text = ''], options) {
    const { db, settings } = await context.book()
    const asOf = await context.asOf()
    const report = await statementReport(db, {
      client: await find(db, 'client', text),
      company: (await loadCompany(db)).name,
      asOf,
      period: options.period ?? parsePeriod('last-365d', asOf, settings.firstWeekday),
      currency: options.currency,
      book: settings.currency,
    })
    await writeReport(context, report, formatOf(context.globals, options), options)
  },
})
