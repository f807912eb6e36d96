import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { withColumns } from '../../export/columns.ts'
import { dealTable } from '../../export/deals.ts'
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
    'Every deal as it stands, by number. The columns are the fields of the import, which ' +
    'reads the file back. A deal without a reference is called by its number, as deal-7.',
  options: {
    ...clientOptions,
    columns: columnsOption,
    period: periodOption('only deals opened in it: 2026-Q3, last-month …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export deals', 'export deals --period 2026-Q4 --columns "client,title,amount"'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, async ({ db, settings }) => {
      const wanted = await readWanted(context, options)
      return {
        table: () => withColumns(dealTable(db, settings.currency, wanted), options.columns),
      }
    }),
})
