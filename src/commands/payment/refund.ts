import { defineCommand } from '../../cli/command.ts'
import { refund } from '../../money/payments/add.ts'
import { find } from '../../records/lookup.ts'
import { sumText } from '../invoice/fields.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import { paymentOptions, readSum } from './fields.ts'

export default defineCommand({
  description:
    'Money that you give back, out of what the client has paid or been credited and not used, the oldest first.',
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<amount>', help: 'how much' },
  ],
  options: paymentOptions,
  examples: ['payment refund harbour 50'],
  run: (context, [clientText = '', text = ''], { on, account, method, note }) =>
    context.change({ on }, async (db, moment) => {
      const { currency: book } = (await context.book()).settings
      const client = await find(db, 'client', clientText)
      const sum = readSum(text, book)
      const accountId = account === undefined ? null : (await find(db, 'bank-account', account)).id
      const values = {
        clientId: client.id,
        ...sum,
        accountId,
        method: method ?? null,
        note: note ?? null,
      }
      const payment = await refund(db, values, book.code, moment)
      await sayUnratedMoney(context, db, { table: 'payments', ids: [payment.id] })
      return {
        summary: `entered refund ${payment.id} to ${client.name}: ${sumText(sum.amount, sum.currency, book)}`,
        result: { payment: payment.id },
      }
    }),
})
