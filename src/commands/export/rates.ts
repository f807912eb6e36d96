import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { rateTable } from '../../export/rates.ts'
import { exportTo } from './command.ts'
import { fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description:
    'Every exchange rate, newest first: how many units of a currency one unit of another (per) buys.',
  options: {
    period: periodOption('only those of these days'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export rates', 'export rates --period 2026 --out rates.csv'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, ({ db }) => ({
      table: () => rateTable(db, { period: options.period }),
    })),
})
