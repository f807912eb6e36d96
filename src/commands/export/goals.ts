import { defineCommand } from '../../cli/command.ts'
import { withColumns } from '../../export/columns.ts'
import { goalTable } from '../../export/goals.ts'
import { exportTo } from './command.ts'
import { columnsOption, fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description: 'Every goal, in the order in which they were set. One without an owner is for all.',
  options: {
    columns: columnsOption('owner,measure,goal'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export goals', 'export goals --out goals.xlsx'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, ({ db, settings }) => ({
      table: async () =>
        withColumns('goals', await goalTable(db, settings.currency), options.columns),
    })),
})
