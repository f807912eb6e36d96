import { defineCommand, option } from '../../cli/command.ts'
import { dueOption } from '../../cli/options.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { holdInvoice, releaseInvoice } from '../../money/invoices/hold.ts'
import { invoiceArgument } from './fields.ts'

export const hold = defineCommand({
  description:
    'For what is disputed, or was given time: no reminders until then. It is owed all the same.',
  arguments: [invoiceArgument],
  options: {
    until: dueOption(
      '--until <day>',
      'the last day of it; without it, until funnel invoice release',
    ),
    reason: option('--reason <text>', 'why'),
  },
  examples: ['invoice hold 2026-0001 --until +2w --reason "Waiting for a part"'],
  run: (context, [text = ''], { until, reason }) =>
    context.change({}, async (db, moment) => {
      const invoice = await findIssued(db, text)
      await holdInvoice(db, invoice, { until: until ?? null, reason: reason ?? null }, moment)
      const end = until === undefined ? '' : ` until ${until}`
      return {
        summary: `invoice ${invoice.number} is on hold${end}`,
        result: { invoice: invoice.id, number: invoice.number, hold_until: until ?? null },
      }
    }),
})

export const release = defineCommand({
  arguments: [invoiceArgument],
  options: {},
  examples: ['invoice release 2026-0001'],
  run: (context, [text = '']) =>
    context.change({}, async (db, moment) => {
      const invoice = await findIssued(db, text)
      await releaseInvoice(db, invoice, moment)
      return {
        summary: `invoice ${invoice.number} is not on hold any more`,
        result: { invoice: invoice.id, number: invoice.number },
      }
    }),
})
