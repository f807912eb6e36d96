import { defineCommand, option } from '../../cli/command.ts'
import { pastDayOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { voidInvoice } from '../../money/invoices/void.ts'
import { invoiceArgument } from './fields.ts'

export default defineCommand({
  description:
    'For an invoice that should never have been issued, and that nothing settles: from that day on nothing is owed ' +
    'on it; its number stays taken. This cannot be undone.',
  arguments: [invoiceArgument],
  options: {
    reason: option('--reason <text>', 'why'),
    on: pastDayOption('--on <day>', 'from which day, if not today'),
  },
  examples: ['invoice void 2026-0001 --reason "Wrong client"'],
  run: (context, [text = ''], { reason, on }) =>
    context.change({ on }, async (db, moment) => {
      const invoice = await findIssued(db, text)
      if (reason === undefined || reason.trim() === '') {
        const hint = `say why: funnel invoice void ${invoice.number} --reason "Wrong client"`
        throw new Fault('usage', 'a voided invoice needs a reason', hint)
      }
      await voidInvoice(db, invoice, reason, moment)
      return {
        summary: `voided invoice ${invoice.number}`,
        result: { invoice: invoice.id, number: invoice.number, voided_on: moment.on },
      }
    }),
})
