import { defineCommand } from '../../cli/command.ts'
import { withColumns } from '../../export/columns.ts'
import { productTable } from '../../export/products.ts'
import { exportTo } from './command.ts'
import { columnsOption, fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description: 'Every product, also retired ones, in the order in which they were entered.',
  options: {
    columns: columnsOption('code,name,price'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export products', 'export products --out products.xlsx'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, ({ db, settings }) => ({
      table: async () =>
        withColumns('products', await productTable(db, settings.currency), options.columns),
    })),
})
