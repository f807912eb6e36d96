import { defineCommand, flag, option } from '../../cli/command.ts'
import { counted } from '../../domain/text.ts'
import { importRates, type RatesImported } from '../../import/rates/index.ts'
import { firstReasons } from '../../import/reasons.ts'
import { currencyOption } from '../shared/currency.ts'
import { OPTIONS, readFormats } from './options.ts'
import { sayRejected } from './refusals.ts'
import { withFile } from './spool.ts'
import { readCount } from '../../cli/options.ts'

function textOf(name: string, { read, rates, rejected, rejects, notes }: RatesImported): string {
  const said = [
    `${name}: ${counted(read, 'row')} read`,
    `${counted(rates.added, 'rate')} added, ${rates.changed} changed`,
  ]
  const refused = rejected === 0 ? [] : [`${counted(rejected, 'row')} rejected`]
  return [`${[...said, ...refused].join('; ')}.`, ...notes, ...firstReasons(rejects)].join('\n')
}

export default defineCommand({
  description:
    'Exchange rates by day: the history of the European Central Bank (eurofxref-hist.csv, or its .zip), a CSV ' +
    'file of its data portal, or any table with the columns date, currency and rate. Rates of the bank ' +
    'are kept as they are, for one EUR; in a book of another currency, both rates of a day make one. ' +
    'Importing a file again changes nothing; a rate that differs replaces that of its day.',
  arguments: [{ syntax: '<file>', help: 'CSV, ZIP, XLSX or ODS; - reads stdin' }],
  options: {
    per: currencyOption(
      '--per <currency>',
      'what the rates are for one of: by default EUR for a column a currency, else the book’s',
    ),
    dateFormat: OPTIONS.dateFormat,
    decimal: OPTIONS.decimal,
    encoding: OPTIONS.encoding,
    sheet: OPTIONS.sheet,
    dryRun: flag('--dry-run', 'say what would happen, and change nothing'),
    maxRejects: option('--max-rejects <n>', 'import nothing if more rows are rejected', (text) =>
      text.trim() === '0' ? 0 : readCount(text),
    ),
  },
  examples: ['import rates eurofxref-hist.csv', 'import rates rates.csv --dry-run --json'],
  run: (context, [file = ''], { dryRun = false, maxRejects = null, ...options }) =>
    withFile(context, file, async (source) => {
      let result: RatesImported | undefined
      await context.change({ dryRun }, async (_, { today }) => {
        const { store, settings } = await context.book()
        const formats = { ...readFormats(options), localDay: settings.locale?.day }
        const how = { ...options, book: settings.currency.code, formats, today, maxRejects }
        result = await importRates(store, source, how)
        const { rejects, ...counts } = result
        return {
          summary: `imported rates from ${source.name}: ${result.rates.added} new, ${result.rates.changed} changed`,
          text: textOf(source.name, result),
          result: {
            file: source.name,
            ...counts,
            rejects: rejects.map(({ row, reason }) => ({ row, reason })),
            left_out: [],
          },
        }
      })
      if (dryRun || !result) return
      const { rejected: rows, read: of, rejects } = result
      const hint = 'write days as 2026-11-23 and rates as 1.0856; --json lists all rejected rows'
      sayRejected(context, { rows, of, reasons: firstReasons(rejects), hint })
    }),
})
