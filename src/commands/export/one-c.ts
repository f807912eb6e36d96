import path from 'node:path'
import { choice, defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { writeOut } from '../../cli/write-out.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { oneCClients, oneCInvoices, oneCPayments } from '../../export/one-c.ts'
import { exportTo } from './command.ts'
import { fileOptions, formatOption, TABLES } from './options.ts'

export default defineCommand({
  description:
    'Payments as 1CClientBankExchange 1.03, which 1C:Accounting loads as a statement of the bank: those of bank ' +
    'accounts that have a number. With --what clients or invoices a table in Russian, for 1C’s loader of tables. ' +
    'A client’s INN and KPP are its tax number: 7701234567/770101001.',
  options: {
    what: choice('--what <records>', 'default: payments', ['payments', 'clients', 'invoices']),
    period: periodOption('only payments or invoices of these days: 2026-Q3, last-month …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: [
    'export 1c --out kl_to_1c.txt --period last-month',
    'export 1c --what invoices --out invoices.xlsx',
    'export 1c --what clients --out clients.xlsx',
  ],
  async run(context, _args, { what = 'payments', period, ...options }) {
    if (what === 'clients' && period) {
      throw new Fault('usage', '--period is for payments and invoices', 'leave it out')
    }
    if (what !== 'payments') {
      return exportTo(context, TABLES, options, ({ db }) => ({
        table: () => (what === 'clients' ? oneCClients(db) : oneCInvoices(db, period)),
      }))
    }
    const { out, ...asTable } = options
    const extension = path.extname(out ?? '').toLowerCase()
    const isTable = Object.values(asTable).some((value) => value !== undefined)
    if (isTable || (extension !== '' && extension !== '.txt')) {
      const hint = 'name the file .txt; export payments writes them as a table'
      throw new Fault('usage', 'payments for 1C are a text file of its own kind', hint)
    }
    const { db, store } = await context.book()
    const today = await context.today()
    return store.reading(async () => {
      const file = await oneCPayments(db, today, period)
      const { oneCFile } = await import('../../render/one-c.ts')
      await writeOut(context, [oneCFile(file)], out)
      if (file.payments.length > 0) return
      context.say(
        `${counted(0, 'payment')} of a bank account with a number; see: funnel bank account list`,
      )
    })
  },
})
