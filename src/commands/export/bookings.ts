import { defineCommand, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { bookingTable } from '../../export/bookings.ts'
import { withColumns } from '../../export/columns.ts'
import { findId } from '../../records/lookup.ts'
import { exportTo } from './command.ts'
import { columnsOption, fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description:
    'Bookings of your bank accounts, in the order in which they came in. The columns are the fields of ' +
    'funnel bank import, so the file can be imported again; what was ignored is open then.',
  options: {
    account: option('--account <bank-account>', 'only those of this account'),
    period: periodOption('only those booked on these days: 2026-Q3, last-month …'),
    columns: columnsOption('booked,amount,party'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export bookings', 'export bookings --account House --period last-month'],
  run: (context, _args, { account, period, ...options }) =>
    exportTo(context, TABLES, options, ({ db }) => ({
      table: async () => {
        const accountId = await findId(db, 'bank-account', account)
        return withColumns('bookings', bookingTable(db, { accountId, period }), options.columns)
      },
    })),
})
