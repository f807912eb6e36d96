import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Db } from '../../book/store/db.ts'
import { findInvoice, isIssued } from '../../money/invoices/find.ts'
import { findPayment } from '../../money/payments/add.ts'
import { allocate, restOf, type Source } from '../../money/payments/allocate.ts'
import { advancePaidDeals } from '../../money/payments/paid-deals.ts'
import { Fault } from '../../domain/fault.ts'
import { sumText } from '../invoice/fields.ts'
import {
  allocatedResult,
  allocatedText,
  invoicesNamed,
  paidResult,
  paidText,
  paymentNumber,
  readSumIn,
} from './fields.ts'

/** A payment by its number, or a credit note by its own. */
async function sourceNamed(db: Db, text: string): Promise<Source> {
  const invoice = /^#?\d{1,9}$/.test(text.trim()) ? undefined : await findInvoice(db, text)
  if (!invoice) {
    const payment = await findPayment(db, paymentNumber(text))
    if (payment.kind === 'in') return { kind: 'payment', payment }
    throw new Fault(
      'failed',
      `payment ${payment.id} is a ${payment.kind}, not money that came in`,
      'see: funnel payment list',
    )
  }
  if (isIssued(invoice) && invoice.kind === 'credit') return { kind: 'credit', credit: invoice }
  throw new Fault(
    'usage',
    `${text} is neither a payment nor a credit note`,
    'see: funnel payment list --unallocated',
  )
}

/** How allocations name a source. */
const sourceKey = (source: Source): ['payment_id' | 'credit_id', number[]] =>
  source.kind === 'payment'
    ? ['payment_id', [source.payment.id]]
    : ['credit_id', [source.credit.id]]

export default defineCommand({
  description:
    'Uses what is left of a payment, or of a credit note, for invoices: in the order given, each up to what is open of it.',
  arguments: [
    { syntax: '<payment>', help: 'the number of the payment, or of the credit note' },
    { syntax: '<invoice...>', help: 'the invoices: 2026-0001 2026-0002' },
  ],
  options: {
    amount: option('--amount <money>', 'only so much of it'),
    acrossClients: flag('--across-clients', 'also for invoices of other clients'),
  },
  examples: ['payment allocate 1 2026-0001', 'payment allocate 1 2026-0001 --amount 100'],
  run: (context, [text = '', ...names], { amount, acrossClients }) =>
    context.change({}, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const source = await sourceNamed(db, text)
      const { currency } = source.kind === 'payment' ? source.payment : source.credit
      const most = amount === undefined ? undefined : await readSumIn(context, amount, currency)
      const how = { most, acrossClients: acrossClients ?? false }
      const done = await allocate(db, source, await invoicesNamed(db, names), how)
      const paid = await advancePaidDeals(db, ...sourceKey(source), moment)
      const rest = await restOf(db, source)
      const left = rest === 0 ? '' : `; ${sumText(rest, currency, book)} are left`
      return {
        summary: `allocated ${source.kind === 'payment' ? 'payment' : 'credit note'} ${text}${allocatedText(done, book)}${left}${paidText(paid)}`,
        result: { ...allocatedResult(done), ...paidResult(paid) },
      }
    }),
})
