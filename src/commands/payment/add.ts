import { defineCommand, flag } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { toDecimal } from '../../domain/money.ts'
import { counted } from '../../domain/text.ts'
import { listInvoices } from '../../money/invoices/load.ts'
import { addPayment } from '../../money/payments/add.ts'
import { allocate, restOf } from '../../money/payments/allocate.ts'
import { advancePaidDeals } from '../../money/payments/paid-deals.ts'
import { findInvoice } from '../../money/invoices/find.ts'
import { find } from '../../records/lookup.ts'
import { sumText } from '../invoice/fields.ts'
import { currencyOf } from '../shared/own-money.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import {
  allocatedResult,
  allocatedText,
  forOption,
  invoicesNamed,
  paidResult,
  paidText,
  paymentOptions,
  readSum,
} from './fields.ts'

export default defineCommand({
  description:
    'Money from a client. It settles the invoices named with --for, in that order, each up to what is open of it; ' +
    'what is left, or all of it without --for, is kept as credit of the client.',
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<amount>', help: 'how much: 1190, or "1000 USD" in another currency' },
  ],
  options: {
    for: forOption,
    oldest: flag('--oldest', 'for its open invoices, the one due first comes first'),
    acrossClients: flag('--across-clients', 'also for invoices of other clients'),
    ...paymentOptions,
  },
  examples: [
    'payment add harbour 1190 --for 2026-0001',
    'payment add harbour 500 --oldest --on yesterday --method cash',
  ],
  run: (context, [clientText = '', text = ''], options) =>
    context.change({ on: options.on }, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const client = await find(db, 'client', clientText)
      const sum = readSum(text, book)
      const { for: named = [], oldest, account, acrossClients, method, note } = options
      if (named.length > 0 && oldest) {
        throw new Fault('usage', '--for and --oldest cannot be used together', 'give one of them')
      }
      const payment = await addPayment(
        db,
        {
          clientId: client.id,
          kind: 'in',
          ...sum,
          accountId: account === undefined ? null : (await find(db, 'bank-account', account)).id,
          method: method ?? null,
          note: note ?? null,
        },
        book.code,
        moment,
      )
      await sayUnratedMoney(context, db, { table: 'payments', ids: [payment.id] })
      const open = (await listInvoices(db, { clientId: client.id, status: 'open' }, moment.today))
        .filter((invoice) => invoice.currency === sum.currency)
        .toSorted((a, b) => ((a.due_on ?? '') < (b.due_on ?? '') ? -1 : 1))
      const invoices = oldest
        ? await Promise.all(open.map(({ name }) => findInvoice(db, name)))
        : await invoicesNamed(db, named)
      const source = { kind: 'payment' as const, payment }
      const how = { acrossClients: acrossClients ?? false }
      const done = invoices.length === 0 ? [] : await allocate(db, source, invoices, how)
      const paid = await advancePaidDeals(db, 'payment_id', [payment.id], moment)
      const rest = await restOf(db, source)
      const kept = rest === 0 ? '' : `; ${sumText(rest, sum.currency, book)} are kept as credit`
      const numbers = open.map(({ name }) => name).join(',')
      return {
        summary: `entered payment ${payment.id} of ${client.name}: ${sumText(sum.amount, sum.currency, book)}${allocatedText(done, book)}${kept}${paidText(paid)}`,
        result: {
          payment: payment.id,
          rest: toDecimal(rest, currencyOf(sum.currency === book.code ? null : sum.currency, book)),
          ...allocatedResult(done),
          ...paidResult(paid),
        },
        next:
          done.length === 0 && open.length > 0
            ? `${counted(open.length, 'invoice')} open: funnel payment allocate ${payment.id} ${numbers}`
            : undefined,
      }
    }),
})
