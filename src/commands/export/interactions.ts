import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { withColumns } from '../../export/columns.ts'
import { interactionTable } from '../../export/interactions.ts'
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
    'Calls, e-mails, meetings and messages, in the order in which they were entered. The columns ' +
    'are the fields of the import, which reads the file back.',
  options: {
    ...clientOptions,
    columns: columnsOption,
    period: periodOption('only those of these days: 2026-Q3, last-month …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export interactions', 'export interactions --period last-30d'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, async ({ db }) => {
      const wanted = await readWanted(context, options)
      return {
        table: () => withColumns(interactionTable(db, wanted), options.columns),
      }
    }),
})
