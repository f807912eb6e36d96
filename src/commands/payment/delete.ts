import { defineCommand } from '../../cli/command.ts'
import { deletePayment, findPayment } from '../../money/payments/add.ts'
import { paymentArgument, paymentNumber } from './fields.ts'

export default defineCommand({
  description:
    'For one entered by mistake: the invoices that it settled are open again, also on earlier days, and so is its booking.',
  arguments: [paymentArgument],
  options: {},
  examples: ['payment delete 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const payment = await findPayment(db, paymentNumber(text))
      const booking = await deletePayment(db, payment)
      const opened = booking === null ? '' : `; booking ${booking} is open again`
      return {
        summary: `deleted payment ${payment.id}${opened}`,
        result: { payment: payment.id, booking },
      }
    }),
})
