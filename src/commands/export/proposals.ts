import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { proposalTable } from '../../export/proposals.ts'
import { exportTo } from './command.ts'
import { clientOptions, fileOptions, formatOption, readWanted, TABLES } from './options.ts'

export default defineCommand({
  description:
    'Every version of every proposal, with its status today, without its lines; the first one made comes first.',
  options: {
    ...clientOptions,
    period: periodOption('only those made in this period: 2026-Q3, this-month …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export proposals', 'export proposals --period 2026 --out proposals.xlsx'],
  run: (context, _args, options) =>
    exportTo(context, TABLES, options, async ({ db, settings }) => {
      const wanted = await readWanted(context, options)
      const today = await context.today()
      return { table: () => proposalTable(db, settings.currency, wanted, today) }
    }),
})
