import { defineCommand } from '../../cli/command.ts'
import { withColumns } from '../../export/columns.ts'
import { priceTable } from '../../export/prices.ts'
import { exportTo } from './command.ts'
import { columnsOption, fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description:
    'Every price of a product for a price list, a quantity or some time, by product, list and quantity. ' +
    'A product’s own price is in funnel export products.',
  options: {
    columns: columnsOption('product,price-list,price'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export prices', 'export prices --out prices.xlsx'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, ({ db, settings }) => ({
      table: async () =>
        withColumns('prices', await priceTable(db, settings.currency), options.columns),
    })),
})
