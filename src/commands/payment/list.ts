import { defineCommand, flag, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { toDecimal } from '../../domain/money.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { listPayments } from '../../money/payments/load.ts'
import { find } from '../../records/lookup.ts'
import { chooseOptions, readChoice } from '../shared/choose-clients.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'paid_on', label: 'Paid', type: 'day' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'kind', label: 'Kind', type: 'text' },
  { key: 'amount_text', label: 'Amount', type: 'text', spoken: true, lasting: true, whole: true },
  { key: 'amount', label: 'Amount', type: 'number', hidden: true },
  { key: 'currency', label: 'Currency', type: 'text', hidden: true },
  { key: 'settles', label: 'Settles', type: 'text', optional: true },
  { key: 'rest_text', label: 'Left', type: 'text', optional: true, spoken: true, whole: true },
  { key: 'rest', label: 'Left', type: 'number', hidden: true },
  { key: 'method', label: 'Method', type: 'text', optional: true },
  { key: 'account', label: 'Account', type: 'text', optional: true },
  { key: 'booking', label: 'Booking', type: 'count', optional: true },
  { key: 'note', label: 'Note', type: 'text', hidden: true },
  { key: 'ref', label: 'Ref', type: 'text', hidden: true },
  { key: 'client_id', label: 'Client no.', type: 'count', hidden: true },
]

export default defineCommand({
  options: {
    client: option('--client <client>', 'only those of this client'),
    unallocated: flag('--unallocated', 'only money of which something has not been used'),
    period: periodOption('only those paid in these days'),
    ...chooseOptions,
  },
  examples: ['payment list', 'payment list --client harbour --json', 'payment list --unallocated'],
  async run(context, _args, options) {
    const { db, settings } = await context.book()
    const book = settings.currency
    const { client, unallocated, period } = options
    const choice = await readChoice(context, options)
    const payments = await listPayments(db, {
      clientId: client === undefined ? undefined : (await find(db, 'client', client)).id,
      clients: choice.test,
      period,
      unallocated,
    })
    const rows = payments.map((payment) => {
      const own = currencyOf(payment.currency === book.code ? null : payment.currency, book)
      return {
        ...payment,
        amount: toDecimal(payment.amount, own),
        amount_text: moneyText(payment.amount, own),
        rest: toDecimal(payment.rest, own),
        rest_text: payment.rest === 0 ? null : moneyText(payment.rest, own),
      }
    })
    await context.print({
      ...listReport(
        'payments',
        `Payments (${rows.length})`,
        { key: 'payments', columns: COLUMNS, rows },
        {
          empty: 'No payments; funnel payment add CLIENT AMOUNT --for INVOICE enters one.',
        },
      ),
      subtitle: choice.described,
    })
  },
})
