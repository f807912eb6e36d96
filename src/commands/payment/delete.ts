import { defineCommand } from '../../cli/command.ts'
import { deletePayment, findPayment } from '../../money/payments/add.ts'
import { paymentArgument, paymentNumber } from './fields.ts'

export default defineCommand({
  description:
    'For one entered by mistake: the invoices that it settled are open again, also on earlier days.',
  arguments: [paymentArgument],
  options: {},
  examples: ['payment delete 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const payment = await findPayment(db, paymentNumber(text))
      await deletePayment(db, payment)
      return { summary: `deleted payment ${payment.id}`, result: { payment: payment.id } }
    }),
})
