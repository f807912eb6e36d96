import { defineCommand, list, option } from '../../cli/command.ts'
import { pastDayOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { languageOf } from '../../documents/gather/invoice.ts'
import { parseMoney } from '../../domain/amount.ts'
import { creditInvoice } from '../../money/invoices/credit.ts'
import { findIssued } from '../../money/invoices/find.ts'
import { currencyOf } from '../shared/own-money.ts'
import { invoiceArgument, sumText } from './fields.ts'

export default defineCommand({
  description:
    'Issues a credit note, with the next number: on the whole invoice, on some of its lines, or on an amount with ' +
    'its tax. It settles what is open of the invoice; the rest is credit of the client, which funnel payment ' +
    'allocate uses and funnel payment refund gives back. This cannot be undone.',
  arguments: [invoiceArgument],
  options: {
    amount: option('--amount <money>', 'so much of it, with its tax'),
    line: list('--line <number>', 'this line of it (repeatable)'),
    reason: option('--reason <text>', 'why, as the credit note says it'),
    on: pastDayOption('--on <day>', 'the day of the credit note, if not today'),
  },
  examples: [
    'invoice credit 2026-0001 --reason "Returned"',
    'invoice credit 2026-0001 --line 2',
    'invoice credit 2026-0001 --amount 119',
  ],
  run: (context, [text = ''], { amount, line, reason, on }) =>
    context.change({ on }, async (db, moment) => {
      const { settings } = await context.book()
      const { currency: book } = settings
      const invoice = await findIssued(db, text)
      if (amount !== undefined && line !== undefined) {
        throw new Fault('usage', '--amount and --line cannot be used together', 'give one of them')
      }
      const own = currencyOf(invoice.currency === book.code ? null : invoice.currency, book)
      const language = await languageOf(db, invoice.client_id, settings.documentLanguage)
      const credited = await creditInvoice(
        db,
        invoice,
        { amount: amount === undefined ? undefined : parseMoney(amount, own), lines: line, reason },
        { numbering: { pattern: settings.invoiceNumber }, language },
        moment,
      )
      const sum = (minor: number): string => sumText(minor, invoice.currency, book)
      const rest = credited.rest === 0 ? '' : `; ${sum(credited.rest)} are credit of the client`
      return {
        summary: `issued credit note ${credited.number} on invoice ${invoice.number}: ${sum(credited.gross)}${rest}`,
        result: { invoice: credited.id, number: credited.number, corrects: invoice.number },
      }
    }),
})
