import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { withColumns } from '../../export/columns.ts'
import { historyTable } from '../../export/history.ts'
import { exportTo } from './command.ts'
import {
  clientOptions,
  columnsOption,
  fileOptions,
  formatOption,
  readWanted,
  TABLES,
} from './options.ts'

export default defineCommand({
  description:
    'What happened to deals, an event a row, with the stage and the terms as they were then. Import ' +
    'the exported deals into another book, then this history, and they have the same course there. ' +
    'Deals that came with an outcome and no history have none here.',
  options: {
    ...clientOptions,
    columns: columnsOption,
    period: periodOption('only what happened in it: 2026-Q3, last-month …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export history', 'export history --period this-month --out steps.csv'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, async ({ db, settings }) => {
      const wanted = await readWanted(context, options)
      return {
        table: () => withColumns(historyTable(db, settings.currency, wanted), options.columns),
      }
    }),
})
