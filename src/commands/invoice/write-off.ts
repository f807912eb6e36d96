import { choice, defineCommand, option } from '../../cli/command.ts'
import { pastDayOption } from '../../cli/options.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { settleWithout } from '../../money/payments/add.ts'
import { readSumIn } from '../payment/fields.ts'
import { invoiceArgument, sumText } from './fields.ts'

export default defineCommand({
  description:
    'Settles what will not be paid, all that is open or a part: written off as lost, an early discount that was ' +
    'taken, or a fee that a bank held back.',
  arguments: [invoiceArgument, { syntax: '[amount]', help: 'only so much of it' }],
  options: {
    as: choice('--as <kind>', 'what it is; default: write-off', ['write-off', 'discount', 'fee']),
    on: pastDayOption('--on <day>', 'the day it counts from, if not today'),
    note: option('--note <text>', 'why'),
  },
  examples: [
    'invoice write-off 2026-0001 --note "Insolvent"',
    'invoice write-off 2026-0001 23.80 --as discount',
  ],
  run: (context, [text = '', amount], { as: kind = 'write-off', on, note }) =>
    context.change({ on }, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const invoice = await findIssued(db, text)
      const off =
        amount === undefined ? undefined : await readSumIn(context, amount, invoice.currency)
      const { payment, open } = await settleWithout(
        db,
        invoice,
        { kind, amount: off, note },
        book.code,
        moment,
      )
      const what = { 'write-off': '', discount: ' as a discount', fee: ' as a fee' }[kind]
      const left =
        open === 0 ? 'it is settled' : `${sumText(open, invoice.currency, book)} are still open`
      return {
        summary: `wrote off ${sumText(payment.amount, invoice.currency, book)} of invoice ${invoice.number}${what}; ${left}`,
        result: { payment: payment.id, invoice: invoice.id, number: invoice.number },
      }
    }),
})
